import { useTranslation } from 'react-i18next';
import type { BillingDay } from '../../shared/billing/day-view.ts';
import { receiptNumberOf } from '../../shared/billing/drawer-facts.ts';
import { useView } from '../bridge/use-view.ts';
import { usePaper } from '../papers/use-paper.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatDay } from '../ui/day-format.ts';
import { ErrorState, NotPermitted, Skeleton } from '../ui/states.tsx';
import styles from './billing.module.css';
import { CountCard } from './count-card.tsx';
import { Figure } from './figure.tsx';
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
