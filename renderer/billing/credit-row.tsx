import { useTranslation } from 'react-i18next';
import type { Credit } from '../../shared/billing/bill-facts.ts';
import { useCommand } from '../bridge/use-command.ts';
import { Button } from '../ui/button.tsx';
import styles from './billing.module.css';
import { useMoney } from './use-money.ts';

/** What another invoice has to the patient's credit: one press pays with it what it can. */
export function CreditRow(props: {
  credit: Credit;
  owed: { invoiceId: string; amountMinor: number; currency: string };
  name: string;
  locationId: string;
}) {
  const { credit, owed, name, locationId } = props;
  const { t } = useTranslation('billing');
  const { money } = useMoney();
  const { run, isRunning } = useCommand();
  const amountMinor = Math.min(credit.amountMinor, owed.amountMinor);
  const pay = (): void => {
    const input = { fromInvoiceId: credit.invoiceId, toInvoiceId: owed.invoiceId, amountMinor, locationId };
    const done = t('pay.creditUsed', { amount: money(amountMinor, owed.currency), name });
    void run('billing/use-credit', input, { seen: {}, done });
  };
  return (
    <div className={styles.creditRow}>
      <span>{t('pay.credit', { amount: money(credit.amountMinor, owed.currency), number: credit.number })}</span>
      <Button size="toolbar" disabledReason={isRunning ? '' : null} onClick={pay}>
        {t('pay.useCredit', { amount: money(amountMinor, owed.currency) })}
      </Button>
    </div>
  );
}
