import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillPatient, PaymentLine } from '../../shared/billing/bill-facts.ts';
import { moneyMethodSchema } from '../../shared/billing/schema.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { useCommand } from '../bridge/use-command.ts';
import { usePaper } from '../papers/use-paper.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Select } from '../ui/select.tsx';
import { useViolationWords } from '../ui/violation-words.ts';
import styles from './billing.module.css';
import { MoneyField } from './money-field.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { useMoney } from './use-money.ts';

type Props = { line: PaymentLine; patient: BillPatient; locationId: string; onClose: () => void };

/** Gives back one payment, whole or in part; what the law says against it stands in the dialog. */
export function RefundDialog({ line, patient, locationId, onClose }: Props) {
  const { t } = useTranslation('billing');
  const { money, locale } = useMoney();
  const { run, isRunning } = useCommand();
  const say = useViolationWords();
  const paper = usePaper();
  const { payment, refundableMinor } = line;
  const [amountMinor, setAmount] = useState<number | null>(refundableMinor);
  const [method, setMethod] = useState<string>('cash');
  const [against, setAgainst] = useState<Violation[]>([]);
  const [confirms, setConfirms] = useState(false);
  const isShort = against.some((one) => one.code === 'drawer-short');
  const wrong = amountMinor === null || amountMinor < 1 || amountMinor > refundableMinor;
  const words = { amount: money(amountMinor ?? 0, payment.currency), name: patient.name.written };
  const wrongWords = t('refund.wrong', { left: money(refundableMinor, payment.currency) });
  const refund = async (reason: string): Promise<void> => {
    const input = {
      paymentId: payment.id,
      amountMinor,
      locationId,
      ...(payment.method === 'credit' && { method }),
      ...(confirms && { confirmsShortDrawer: true }),
    };
    const done = t('refund.done', words);
    const answer = await run('billing/refund-payment', input, { seen: {}, reason, done, refusal: 'inline' });
    if (!answer.ok) return setAgainst(answer.violations);
    onClose();
    const refundId = answer.written.find((one) => one.kind === 'payment')?.id;
    if (refundId) void paper.print({ template: 'receipt', id: refundId });
  };
  return (
    <ReasonDialog
      title={t('refund.title')}
      notes={[t('refund.why')]}
      doIt={t('refund.do', words)}
      blocked={wrong ? wrongWords : isShort && !confirms ? t('refund.shortConfirm') : null}
      isRunning={isRunning}
      onReason={(reason) => void refund(reason)}
      onClose={onClose}
    >
      <MoneyField
        label={t('refund.amount')}
        value={amountMinor}
        onChange={setAmount}
        currency={payment.currency}
        locale={locale}
        wrongWords={wrongWords}
        isWrong={wrong}
      />
      {payment.method === 'credit' && (
        <Select
          label={t('refund.how')}
          value={method}
          onChange={setMethod}
          options={moneyMethodSchema.options.map((value) => ({ value, label: t(`pay.method.${value}`) }))}
        />
      )}
      {against.map((one) => (
        <p key={one.code} className={styles.unknown} role="alert">
          {say(one)}
        </p>
      ))}
      {isShort && (
        <Checkbox checked={confirms} onChange={setConfirms}>
          {t('refund.shortConfirm')}
        </Checkbox>
      )}
    </ReasonDialog>
  );
}
