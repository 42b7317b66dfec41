import { Printer, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillPatient, InvoiceState, PaymentLine, Reckoning } from '../../shared/billing/bill-facts.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { usePaper } from '../papers/use-paper.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import styles from './billing.module.css';
import { MoneyField } from './money-field.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { useMoney } from './use-money.ts';

type Props = { states: readonly InvoiceState[]; patient: BillPatient; locationId: string; reckoning: Reckoning };

/** What was paid and given back, each with its receipt; a wrong payment is refunded, never deleted. */
export function PaymentList({ states, patient, locationId }: Props) {
  const { t } = useTranslation('billing');
  const lines = states.flatMap((state) => state.payments);
  const [refunding, setRefunding] = useState<PaymentLine | null>(null);
  return (
    <Card title={t('list.title')}>
      {lines.length === 0 && <p className={`${styles.padded} ${styles.small}`}>{t('list.none')}</p>}
      {lines.map((line) => (
        <Entry key={line.payment.id} line={line} onRefund={() => setRefunding(line)} />
      ))}
      {refunding && (
        <RefundDialog line={refunding} patient={patient} locationId={locationId} onClose={() => setRefunding(null)} />
      )}
    </Card>
  );
}

function Entry({ line, onRefund }: { line: PaymentLine; onRefund: () => void }) {
  const { t } = useTranslation('billing');
  const { bare, money, when } = useMoney();
  const { may } = useSession();
  const paper = usePaper();
  const { payment, refundableMinor } = line;
  const isRefund = payment.refundsPaymentId !== null;
  const receipt = t('list.print', { number: payment.receiptNumber });
  return (
    <div className={styles.entry}>
      <div className={styles.entryHead}>
        <span>
          {isRefund && `${t('list.refundOf')} · `}
          {t(`pay.method.${payment.method}`)}
        </span>
        <span>{money(payment.amountMinor, payment.currency)}</span>
      </div>
      <div className={styles.small}>{t('list.by', { name: line.takenByName, when: when(payment.takenAtUtc) })}</div>
      {payment.changeMinor > 0 && (
        <div className={styles.small}>
          {t('list.cash', {
            given: bare(payment.tenderedMinor, payment.currency),
            change: bare(payment.changeMinor, payment.currency),
          })}
        </div>
      )}
      {payment.reason !== null && (
        <div className={styles.small} dir="auto">
          {payment.reason}
        </div>
      )}
      <div className={styles.entryButtons}>
        <Button
          size="toolbar"
          icon={<Printer size={14} aria-hidden="true" />}
          onClick={() => void paper.show({ template: 'receipt', id: payment.id, title: receipt })}
        >
          {receipt}
        </Button>
        {refundableMinor > 0 && may('billing.charge') && (
          <Button size="toolbar" kind="quiet" icon={<Undo2 size={14} aria-hidden="true" />} onClick={onRefund}>
            {t('list.refund')}
          </Button>
        )}
        {!isRefund && refundableMinor === 0 && <span className={styles.small}>{t('list.refunded')}</span>}
      </div>
    </div>
  );
}

function RefundDialog({
  line,
  patient,
  locationId,
  onClose,
}: {
  line: PaymentLine;
  patient: BillPatient;
  locationId: string;
  onClose: () => void;
}) {
  const { t } = useTranslation('billing');
  const { money, locale } = useMoney();
  const { run, isRunning } = useCommand();
  const paper = usePaper();
  const { payment, refundableMinor } = line;
  const [amountMinor, setAmount] = useState<number | null>(refundableMinor);
  const wrong = amountMinor === null || amountMinor < 1 || amountMinor > refundableMinor;
  const words = { amount: money(amountMinor ?? 0, payment.currency), name: patient.name.written };
  const wrongWords = t('refund.wrong', { left: money(refundableMinor, payment.currency) });
  const refund = async (reason: string): Promise<void> => {
    const input = { paymentId: payment.id, amountMinor, locationId };
    const answer = await run('billing/refund-payment', input, { seen: {}, reason, done: t('refund.done', words) });
    if (!answer.ok) return;
    onClose();
    const refundId = answer.written.find((one) => one.kind === 'payment')?.id;
    if (refundId) void paper.print({ template: 'receipt', id: refundId });
  };
  return (
    <ReasonDialog
      title={t('refund.title')}
      notes={[t('refund.why')]}
      doIt={t('refund.do', words)}
      blocked={wrong ? wrongWords : null}
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
    </ReasonDialog>
  );
}
