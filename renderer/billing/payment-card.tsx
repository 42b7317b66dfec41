import { Banknote, CreditCard, Landmark, User } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillPatient, Credit, InvoiceState, Reckoning } from '../../shared/billing/bill-facts.ts';
import { likelyTendered } from '../../shared/billing/cash-rules.ts';
import { cashPayable } from '../../shared/billing/rules.ts';
import type { Payment } from '../../shared/billing/schema.ts';
import { useHotkey } from '../ui/hotkeys.ts';
import { useCommand } from '../bridge/use-command.ts';
import { useSession } from '../bridge/use-session.ts';
import { usePaper } from '../papers/use-paper.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import styles from './billing.module.css';
import { ChangeBack } from './change-back.tsx';
import { CreditRow } from './credit-row.tsx';
import { MoneyField } from './money-field.tsx';
import { useMoney } from './use-money.ts';

const icons = { cash: Banknote, card: CreditCard, transfer: Landmark };
type MoneyMethod = keyof typeof icons & Payment['method'];
type Props = {
  state: InvoiceState;
  patient: BillPatient;
  reckoning: Reckoning;
  credits: readonly Credit[];
  locationId: string;
};

/** Takes one payment; less than is owed leaves the rest for the next. F2, F3, F4 choose the way, Enter takes it. */
export function PaymentCard({ state, patient, reckoning, credits, locationId }: Props) {
  const { t } = useTranslation('billing');
  const { money, bare, locale } = useMoney();
  const { may } = useSession();
  const { run, isRunning } = useCommand();
  const paper = usePaper();
  const form = useRef<HTMLFormElement>(null);
  const owedMinor = state.balanceMinor;
  const { currency } = state.invoice;
  const [method, setMethod] = useState<MoneyMethod>('cash');
  const [amountMinor, setAmount] = useState<number | null>(owedMinor);
  const [givenMinor, setGiven] = useState<number | null>(null);
  const amount = amountMinor ?? 0;
  const isCash = method === 'cash';
  const { payableMinor, roundingMinor } =
    isCash && amount === owedMinor
      ? cashPayable(amount, reckoning.cashRoundingMinor, reckoning.rounding)
      : { payableMinor: amount, roundingMinor: 0 };
  const tendered = isCash ? (givenMinor ?? payableMinor) : amount;
  const amountWrong = amountMinor === null || amountMinor < 1 || amountMinor > owedMinor;
  const tooLittle = isCash && tendered < payableMinor;
  const choose = (next: MoneyMethod): void => {
    setMethod(next);
    // After the field is there.
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLInputElement>(`[name=${next === 'cash' ? 'given' : 'amount'}]`)?.focus(),
    );
  };
  useHotkey('F2', t('pay.method.cash'), () => choose('cash'), { group: t('pay.title'), inFields: true });
  useHotkey('F3', t('pay.method.card'), () => choose('card'), { group: t('pay.title'), inFields: true });
  useHotkey('F4', t('pay.method.transfer'), () => choose('transfer'), { group: t('pay.title'), inFields: true });
  useEffect(() => form.current?.querySelector<HTMLInputElement>('[name=given]')?.focus(), []);
  const blocked = !may('billing.charge')
    ? t('draft.mayNot')
    : amountWrong
      ? t('pay.amountWrong')
      : tooLittle
        ? t('pay.givenWrong')
        : isRunning
          ? ''
          : null;
  const take = async (): Promise<void> => {
    if (blocked !== null) return;
    const settles = amount === owedMinor;
    const bill = { invoiceId: state.invoice.id, locationId, method };
    const input = { ...bill, amountMinor: amount, tenderedMinor: tendered, settles };
    const done = t('pay.done', { amount: money(payableMinor, currency), name: patient.name.written });
    const answer = await run('billing/take-payment', input, { seen: {}, done });
    const paymentId = answer.ok ? answer.written.find((one) => one.kind === 'payment')?.id : undefined;
    if (paymentId) void paper.print({ template: 'receipt', id: paymentId });
  };
  return (
    <Card
      title={t('pay.title')}
      aside={amount < owedMinor ? t('pay.rest', { amount: money(owedMinor - amount, currency) }) : undefined}
    >
      {!state.isKnown && (
        <p className={styles.unknown} role="status">
          {t('pay.unknown')}
        </p>
      )}
      {may('billing.charge') &&
        credits
          .filter((one) => one.invoiceId !== state.invoice.id)
          .map((one) => (
            <CreditRow
              key={one.invoiceId}
              credit={one}
              owed={{ invoiceId: state.invoice.id, amountMinor: owedMinor, currency }}
              name={patient.name.written}
              locationId={locationId}
            />
          ))}
      <form
        ref={form}
        className={styles.pay}
        onSubmit={(event) => {
          event.preventDefault();
          void take();
        }}
      >
        <div className={styles.methods} role="group" aria-label={t('pay.methods')}>
          {(['cash', 'card', 'transfer'] as const).map((one, at) => {
            const Icon = icons[one];
            return (
              <Button
                key={one}
                size="main"
                aria-pressed={method === one}
                icon={<Icon size={15} aria-hidden="true" />}
                keyCap={`F${at + 2}`}
                onClick={() => choose(one)}
              >
                {t(`pay.method.${one}`)}
              </Button>
            );
          })}
        </div>
        <div className={styles.fields}>
          <MoneyField
            label={t('pay.amount')}
            name="amount"
            value={amountMinor}
            onChange={setAmount}
            currency={currency}
            locale={locale}
            wrongWords={t('pay.amountWrong')}
            isWrong={amountWrong}
          />
          {isCash && (
            <MoneyField
              label={t('pay.given')}
              name="given"
              value={givenMinor ?? payableMinor}
              onChange={setGiven}
              currency={currency}
              locale={locale}
              wrongWords={t('pay.givenWrong')}
              isWrong={tooLittle}
              hint={
                roundingMinor === 0
                  ? `${t('pay.cashToPay')} ${bare(payableMinor, currency)}`
                  : `${t('pay.cashToPay')} ${bare(payableMinor, currency)}, ${t('pay.cashRounding', { amount: bare(roundingMinor, currency) })}`
              }
            />
          )}
        </div>
        {isCash && !amountWrong && (
          <>
            <div className={styles.likely} role="group" aria-label={t('pay.likely')}>
              {likelyTendered(payableMinor).map((sum) => (
                <Button key={sum} size="toolbar" aria-pressed={sum === tendered} onClick={() => setGiven(sum)}>
                  {bare(sum, currency)}
                </Button>
              ))}
            </div>
            <ChangeBack changeMinor={tendered - payableMinor} currency={currency} />
          </>
        )}
        <div className={`${styles.entryHead} ${styles.takes}`}>
          <span className={styles.small}>
            <User size={13} aria-hidden="true" /> {t('pay.takes', { amount: money(payableMinor, currency) })}{' '}
            <b>
              <bdi>{patient.name.written}</bdi>
            </b>
          </span>
          <Button kind="main" size="main" type="submit" keyCap="Enter" disabledReason={blocked}>
            {t('pay.take')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
