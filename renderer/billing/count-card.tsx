import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingDay } from '../../shared/billing/day-view.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { usePaper } from '../papers/use-paper.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextArea } from '../ui/text-field.tsx';
import styles from './billing.module.css';
import { Figure } from './figure.tsx';
import { MoneyField } from './money-field.tsx';
import { useMoney } from './use-money.ts';

/** Counts this station's drawer: what should lie in it, what does, why it differs, and the signature. */
export function CountCard({ day, locationId, words }: { day: BillingDay; locationId: string; words: string }) {
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
