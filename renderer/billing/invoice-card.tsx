import { Ban, Printer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillPatient, InvoiceState } from '../../shared/billing/bill-facts.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { usePaper } from '../papers/use-paper.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Chip } from '../ui/chip.tsx';
import styles from './billing.module.css';
import { sumsOf } from './draft-lines.ts';
import { InvoiceSums } from './invoice-sums.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';
import { useMoney } from './use-money.ts';

/** An issued invoice: it can be printed and voided, never changed. */
export function InvoiceCard({ state, patient }: { state: InvoiceState; patient: BillPatient }) {
  const { t } = useTranslation('billing');
  const { bare, money, when } = useMoney();
  const { may } = useSession();
  const { run, isRunning } = useCommand();
  const paper = usePaper();
  const [isVoiding, setVoiding] = useState(false);
  const { invoice, voidedBy, balanceMinor } = state;
  const paidMinor = (voidedBy ? 0 : invoice.totalMinor) - balanceMinor;
  const voidIt = async (reason: string): Promise<void> => {
    const done = t('void.done', { number: invoice.number });
    const answer = await run('billing/void-invoice', { invoiceId: invoice.id }, { seen: {}, reason, done });
    if (answer.ok) setVoiding(false);
  };
  return (
    <Card
      title={t('invoice.title', { number: invoice.number })}
      note={t('invoice.issued', { when: when(invoice.issuedAtUtc), name: state.issuedByName })}
      aside={
        balanceMinor === 0 && !voidedBy ? (
          <Chip tone="ok">{t('invoice.settled')}</Chip>
        ) : voidedBy ? (
          <Chip tone="red">{voidedBy.number}</Chip>
        ) : undefined
      }
      {...(voidedBy && { tone: 'red' as const })}
    >
      {voidedBy && (
        <p className={styles.padded}>
          {t('invoice.voided', { when: when(voidedBy.issuedAtUtc), reason: voidedBy.reason ?? '' })}
        </p>
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('draft.service')}</th>
            <th scope="col" className={styles.number}>
              {t('draft.quantity')}
            </th>
            <th scope="col" className={styles.number}>
              {t('draft.price')}
            </th>
            <th scope="col" className={styles.number}>
              {t('draft.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {invoice.lines.map((line, at) => (
            <tr key={at}>
              <td className={styles.serviceName} dir="auto">
                {line.name}
              </td>
              <td className={styles.number}>{line.quantity}</td>
              <td className={styles.number}>{bare(line.unitPriceMinor, invoice.currency)}</td>
              <td className={`${styles.number} ${styles.strong}`}>
                {bare(line.unitPriceMinor * line.quantity, invoice.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <InvoiceSums
        sums={sumsOf(invoice.lines, invoice.rounding)}
        currency={invoice.currency}
        rounding={invoice.rounding}
      />
      {paidMinor !== 0 && (
        <div className={styles.sums}>
          <div className={styles.sum}>
            <span>{t('invoice.paid')}</span>
            <span>{bare(paidMinor, invoice.currency)}</span>
          </div>
          <div className={styles.sum}>
            <b>{t(balanceMinor < 0 ? 'invoice.credit' : 'invoice.balance')}</b>
            <b>{money(Math.abs(balanceMinor), invoice.currency)}</b>
          </div>
        </div>
      )}
      <div className={styles.foot}>
        {!voidedBy && invoice.voidsInvoiceId === null && (
          <Button
            kind="quiet"
            icon={<Ban size={15} aria-hidden="true" />}
            disabledReason={may('billing.charge') ? null : t('draft.mayNot')}
            onClick={() => setVoiding(true)}
          >
            {t('invoice.void')}
          </Button>
        )}
        <Button
          icon={<Printer size={15} aria-hidden="true" />}
          onClick={() =>
            void paper.show({
              template: 'invoice',
              id: invoice.id,
              title: t('invoice.title', { number: invoice.number }),
            })
          }
        >
          {t('invoice.print')}
        </Button>
      </div>
      {isVoiding && (
        <ReasonDialog
          title={t('void.title', { number: invoice.number })}
          notes={[
            t('void.why'),
            paidMinor > 0 ? t('void.paidFirst', { amount: money(paidMinor, invoice.currency) }) : '',
          ]}
          doIt={t('void.do', { name: patient.name.written })}
          isRunning={isRunning}
          onReason={(reason) => void voidIt(reason)}
          onClose={() => setVoiding(false)}
        />
      )}
    </Card>
  );
}
