import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingDay } from '../../shared/billing/day-view.ts';
import { receiptNumberOf } from '../../shared/billing/drawer-facts.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { useView } from '../bridge/use-view.ts';
import { usePaper } from '../papers/use-paper.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatDay } from '../ui/day-format.ts';
import { ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import { TextArea } from '../ui/text-field.tsx';
import styles from './billing.module.css';
import { MoneyField } from './money-field.tsx';
import { useMoney } from './use-money.ts';

type Props = { locationId: string; today: string; unbilled: number; onLeave: () => void };

/** Counts and signs a day: what came in by method, what the drawer should hold, what it holds, and why it differs. */
export function DayClosePage({ locationId, today, unbilled, onLeave }: Props) {
  const { t, i18n } = useTranslation('billing');
  const view = useView('billing/day', { locationId, day: today });
  const day = formatDay(today, i18n.language);
  return (
    <>
      <header className={styles.dayHead}>
        <h2>{t('day.title', { day })}</h2>
        {unbilled > 0 && <span className={styles.small}>{t('day.openUnbilled', { count: unbilled })}</span>}
        <Button onClick={onLeave}>{t('day.back')}</Button>
      </header>
      {view.state === 'not-permitted' && <NotPermitted />}
      {view.state === 'loading' && <Skeleton isSlow={view.isSlow} rows={8} />}
      {view.state === 'error' && (
        <ErrorState title={t('error.title')} why={t('error.why')} code={view.code} onRetry={view.retry} />
      )}
      {view.state === 'ready' && view.value?.known && (
        <DayFigures day={view.value} locationId={locationId} words={day} />
      )}
      {view.state === 'ready' && !view.value?.known && (
        <p className={styles.unknown} role="status">
          {t(view.value ? 'day.unknown' : 'error.noLocation')}
        </p>
      )}
    </>
  );
}

function DayFigures({ day, locationId, words }: { day: BillingDay; locationId: string; words: string }) {
  const { t } = useTranslation('billing');
  const { money } = useMoney();
  const sum = (amountMinor: number): string => money(amountMinor, day.currency);
  const { appointments } = day.figures;
  return (
    <div className={styles.day}>
      <div className={styles.column}>
        <CountCard key={day.drawer.cashMinor} day={day} locationId={locationId} words={words} />
        <Closes day={day} />
      </div>
      <div className={styles.column}>
        <Uncounted day={day} />
        <Card title={t('day.location')} padded>
          <Figure label={t('day.booked')} value={String(appointments.booked)} />
          <Figure label={t('day.walkIns')} value={String(day.figures.walkIns)} />
          <Figure label={t('day.completed')} value={String(appointments.completed)} />
          <Figure label={t('day.noShow')} value={String(appointments.noShow)} />
          <Figure label={t('day.cancelled')} value={String(appointments.cancelled)} />
          <Figure label={t('day.invoiced')} value={sum(day.figures.revenueMinor)} />
          <Figure label={t('day.discounts')} value={sum(day.figures.discountsMinor)} />
          <Figure label={t('day.taxes')} value={sum(day.figures.taxesMinor)} />
          <Figure label={t('day.refunds')} value={sum(day.figures.refundsMinor)} />
          {day.creditMinor !== 0 && <Figure label={t('day.credits')} value={sum(day.creditMinor)} />}
        </Card>
      </div>
    </div>
  );
}

/** What this drawer took that no count has counted, what of it is of earlier days, and the other drawers that are open. */
function Uncounted({ day }: { day: BillingDay }) {
  const { t, i18n } = useTranslation('billing');
  const { money } = useMoney();
  const sum = (amountMinor: number): string => money(amountMinor, day.currency);
  const { code } = day.drawer;
  return (
    <>
      <Card title={t('day.payments')} note={t('day.drawer', { code })} padded>
        {day.byMethod.map((one) => (
          <Figure
            key={one.method}
            label={`${t(`pay.method.${one.method}`)}, ${t('day.count', { count: one.count })}`}
            value={sum(one.amountMinor)}
          />
        ))}
      </Card>
      {day.late.length > 0 && (
        <Card title={t('day.late')} padded tone="amber">
          {day.late.map((one) => (
            <Figure
              key={`${one.day} ${one.method}`}
              label={t('day.lateLine', {
                count: one.count,
                day: formatDay(one.day, i18n.language),
                method: t(`pay.method.${one.method}`),
                first: receiptNumberOf(code, one.first),
                last: receiptNumberOf(code, one.last),
              })}
              value={sum(one.amountMinor)}
            />
          ))}
        </Card>
      )}
      {day.others.length > 0 && (
        <Card title={t('day.others')} padded>
          {day.others.map((one) => (
            <Figure
              key={one.code}
              label={t('day.otherLine', {
                count: one.count,
                name: one.stationName,
                code: one.code,
                day: formatDay(one.sinceDay, i18n.language),
              })}
              value={sum(one.cashMinor)}
            />
          ))}
        </Card>
      )}
    </>
  );
}

/** The counts of this day that were signed. */
function Closes({ day }: { day: BillingDay }) {
  const { t } = useTranslation('billing');
  const { money, when } = useMoney();
  const paper = usePaper();
  if (day.closes.length === 0) return null;
  return (
    <Card title={t('day.earlier')}>
      {day.closes.map(({ close, closedByName }) => (
        <div key={close.id} className={styles.entry}>
          <div className={styles.small}>
            {close.drawer && `${t('day.drawer', { code: close.drawer.code })} · `}
            {t('day.closed', {
              name: closedByName,
              when: when(close.closedAtUtc),
              counted: money(close.countedCashMinor, close.currency),
              expected: money(close.expectedCashMinor, close.currency),
            })}
          </div>
          {close.note !== '' && (
            <div className={styles.small} dir="auto">
              {close.note}
            </div>
          )}
          <div className={styles.entryButtons}>
            <Button size="toolbar" onClick={() => void paper.show({ template: 'day-close', id: close.id })}>
              {t('day.print')}
            </Button>
          </div>
        </div>
      ))}
    </Card>
  );
}

function CountCard({ day, locationId, words }: { day: BillingDay; locationId: string; words: string }) {
  const { t } = useTranslation('billing');
  const { money, locale, when } = useMoney();
  const { may } = useSession();
  const { run, isRunning } = useCommand();
  const paper = usePaper();
  const [countedMinor, setCounted] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const sum = (amountMinor: number): string => money(amountMinor, day.currency);
  const { cashMinor: expectedCashMinor, openingCashMinor } = day.drawer;
  const difference = countedMinor === null ? null : countedMinor - expectedCashMinor;
  const blocked = !may('billing.close')
    ? t('day.mayNot')
    : countedMinor === null || countedMinor < 0
      ? t('day.countFirst')
      : difference !== 0 && note.trim() === ''
        ? t('day.noteMissing')
        : isRunning
          ? ''
          : null;
  const sign = async (): Promise<void> => {
    if (blocked !== null) return;
    const counted = { countedCashMinor: countedMinor, expectedCashMinor, note: note.trim() };
    const input = { locationId, day: day.day, ...counted };
    const answer = await run('billing/close-day', input, { seen: {}, done: t('day.signed') });
    const closeId = answer.ok ? answer.written[0]?.id : undefined;
    if (closeId) void paper.show({ template: 'day-close', id: closeId });
  };
  const last = day.lastClose;
  return (
    <Card title={t('day.cash')} note={t('day.drawer', { code: day.drawer.code })} padded>
      <form
        className={styles.dialogForm}
        onSubmit={(event) => {
          event.preventDefault();
          void sign();
        }}
      >
        <div>
          <Figure label={t('day.opening')} value={sum(openingCashMinor)} />
          <p className={styles.small}>
            {last
              ? t('day.openingWhen', { name: last.closedByName, when: when(last.closedAtUtc) })
              : t('day.openingNever')}
          </p>
          <Figure label={t('day.moved')} value={sum(day.cashMovedMinor)} />
          <div className={styles.entryHead}>
            <span>{t('day.expected')}</span>
            <span>{sum(expectedCashMinor)}</span>
          </div>
        </div>
        <MoneyField
          label={t('day.counted')}
          value={countedMinor}
          onChange={setCounted}
          currency={day.currency}
          locale={locale}
          wrongWords={t('day.countedWrong')}
          isWrong={countedMinor !== null && countedMinor < 0}
          autoFocus
        />
        {difference !== null && (
          <output className={styles.entryHead} data-status={difference === 0 ? 'ok' : 'amber'}>
            <span>{t('day.difference')}</span>
            <span style={{ color: 'var(--status-text)' }}>
              {difference === 0
                ? t('day.right')
                : t(difference > 0 ? 'day.over' : 'day.short', { amount: sum(Math.abs(difference)) })}
            </span>
          </output>
        )}
        {difference !== null && difference !== 0 && (
          <TextArea label={t('day.note')} value={note} onChange={setNote} maxLength={2000} />
        )}
        <div className={styles.dialogButtons}>
          <Button kind="main" size="main" type="submit" disabledReason={blocked}>
            {t('day.sign', { day: words })}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className={styles.sum}>
      <span>{label}</span>
      <span>{value}</span>
    </div>
  );
}
