import { Printer, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillPatient, InvoiceState, PaymentLine, Reckoning } from '../../shared/billing/bill-facts.ts';
import { useSession } from '../bridge/use-session.ts';
import { usePaper } from '../papers/use-paper.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import styles from './billing.module.css';
import { RefundDialog } from './refund-dialog.tsx';
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
  const isOut = payment.amountMinor < 0;
  const receipt = t('list.print', { number: payment.receiptNumber });
  return (
    <div className={styles.entry}>
      <div className={styles.entryHead}>
        <span>
          {isOut && `${t(payment.method === 'credit' ? 'list.creditOut' : 'list.refundOf')} · `}
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
        {!isOut && refundableMinor === 0 && <span className={styles.small}>{t('list.refunded')}</span>}
      </div>
    </div>
  );
}
