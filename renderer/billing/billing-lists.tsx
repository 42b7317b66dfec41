import type { TFunction } from 'i18next';
import { Lock } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { localTime } from '../../shared/kernel/time.ts';
import { useTranslation } from 'react-i18next';
import type { BillingDesk } from '../../shared/billing/desk-view.ts';
import { Button } from '../ui/button.tsx';
import styles from './billing.module.css';
import { useMoney } from './use-money.ts';

export type OpenBill = ({ encounterId: string } | { invoiceId: string }) & { patientId: string };

/** The three lists. Up and down move through all rows as one, Enter opens. */
export function BillingLists({
  desk,
  openId,
  onOpen,
  onCloseDay,
}: {
  desk: BillingDesk;
  openId: string | null;
  onOpen: (open: OpenBill) => void;
  onCloseDay: () => void;
}) {
  const { t } = useTranslation('billing');
  const { money, bare, clock, when } = useMoney();
  const rows = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const all = [...(rows.current?.querySelectorAll<HTMLElement>('button[data-row]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
  };
  const ids = [...desk.unbilled, ...desk.unpaid, ...desk.paid].map(({ encounterId, ...row }) => [
    encounterId,
    'invoiceId' in row ? row.invoiceId : null,
  ]);
  // One tab stop for all rows: the open one, else the first.
  const stopAt = Math.max(
    0,
    ids.findIndex((pair) => pair.includes(openId)),
  );
  const sum = (amountMinor: number): string => bare(amountMinor, desk.currency);
  return (
    <nav className={styles.lists} aria-label={t('title')}>
      <header className={styles.listsHead}>
        <h1>{t('title')}</h1>
        <Button icon={<Lock size={14} aria-hidden="true" />} keyCap="Alt+C" onClick={onCloseDay}>
          {t('closeDay')}
        </Button>
      </header>
      {desk.held !== 'held' && (
        <p className={styles.unknown} role="status">
          {t(desk.held === 'loading' ? 'held.loading' : 'held.no')}
        </p>
      )}
      <div className={styles.rows} ref={rows} onKeyDown={move}>
        <Section title={t('lists.unbilled')} count={desk.unbilled.length}>
          {desk.unbilled.map((row, at) => (
            <Row
              isStop={at === stopAt}
              key={row.encounterId}
              name={row.name}
              isOpen={row.encounterId === openId}
              onOpen={() => onOpen({ encounterId: row.encounterId, patientId: row.patientId })}
              amount={sum(row.amountMinor)}
              second={[
                row.more > 0 ? `${row.service} ${t('lists.more', { count: row.more })}` : row.service,
                row.practitioner,
              ]}
              aside={
                row.missingPrice
                  ? t('lists.noPrice')
                  : localTime(row.doneAtUtc, desk.zone).day === desk.day
                    ? clock(row.doneAtUtc)
                    : when(row.doneAtUtc)
              }
              tone={row.missingPrice ? 'amber' : undefined}
            />
          ))}
        </Section>
        <Section title={t('lists.unpaid')} count={desk.unpaid.length}>
          {desk.unpaid.map((row, at) => (
            <Row
              isStop={at + desk.unbilled.length === stopAt}
              key={row.invoiceId}
              name={row.name}
              isOpen={row.encounterId === openId || row.invoiceId === openId}
              onOpen={() =>
                onOpen(
                  row.encounterId && row.balanceMinor > 0
                    ? { encounterId: row.encounterId, patientId: row.patientId }
                    : { invoiceId: row.invoiceId, patientId: row.patientId },
                )
              }
              amount={sum(row.balanceMinor)}
              second={[
                t('lists.invoice', { number: row.number }),
                row.paidMinor > 0 && row.balanceMinor > 0 ? t('lists.partPaid') : '',
              ]}
              aside={
                row.balanceMinor < 0
                  ? t('lists.toGiveBack')
                  : row.daysOpen > 0
                    ? t('lists.daysOpen', { count: row.daysOpen })
                    : t('lists.today')
              }
              tone={row.balanceMinor < 0 || row.daysOpen > 0 ? 'amber' : undefined}
            />
          ))}
        </Section>
        <Section title={t('lists.paid')} count={desk.paid.length}>
          {desk.paid.map((row, at) => (
            <Row
              isStop={at + desk.unbilled.length + desk.unpaid.length === stopAt}
              key={row.paymentId}
              name={row.name}
              isOpen={row.encounterId === openId || row.invoiceId === openId}
              onOpen={() =>
                onOpen({
                  ...(row.encounterId ? { encounterId: row.encounterId } : { invoiceId: row.invoiceId }),
                  patientId: row.patientId,
                })
              }
              amount={sum(row.amountMinor)}
              second={[paidWords(row, t), row.receiptNumber]}
              aside={clock(row.takenAtUtc)}
            />
          ))}
        </Section>
        {desk.cut && <p className={styles.padded}>{t('lists.cut')}</p>}
      </div>
      <footer className={styles.listsFoot}>
        <span>{t('lists.takenToday', { count: desk.paid.length })}</span>
        <b>{money(desk.takenTodayMinor, desk.currency)}</b>
      </footer>
    </nav>
  );
}

/** What kind of entry it is, in words. */
function paidWords({ method, amountMinor }: BillingDesk['paid'][number], t: TFunction<'billing'>): string {
  if (amountMinor > 0) return t(`pay.method.${method}`);
  return t(method === 'credit' ? 'list.creditOut' : 'list.refundOf');
}

function Section({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <section aria-label={title}>
      <h2>
        {title} {count}
      </h2>
      {children}
    </section>
  );
}

function Row(props: {
  name: { written: string; latin: string };
  isStop: boolean;
  isOpen: boolean;
  onOpen: () => void;
  amount: string;
  second: string[];
  aside: string;
  tone?: 'amber' | undefined;
}) {
  const { name } = props;
  return (
    <button
      type="button"
      data-row=""
      tabIndex={props.isStop ? 0 : -1}
      className={styles.row}
      aria-current={props.isOpen || undefined}
      onClick={props.onOpen}
    >
      <span className={styles.name} title={name.written}>
        <bdi>{name.written}</bdi>
        {name.latin !== '' && (
          <>
            {' '}
            <bdi className={styles.small}>{name.latin}</bdi>
          </>
        )}
      </span>
      <span className={styles.amount}>{props.amount}</span>
      <span className={styles.second}>{props.second.filter((part) => part !== '').join(' · ')}</span>
      <span className={styles.second} data-status={props.tone}>
        {props.aside}
      </span>
    </button>
  );
}
