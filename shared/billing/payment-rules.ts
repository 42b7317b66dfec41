/** What must hold of money that comes in and goes out (BILL-3, BILL-4, BILL-8), whatever other stations took meanwhile. */
import type { Change } from '../kernel/command.ts';
import { changesOf, defineRule } from '../kernel/command.ts';
import type { Known, Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Settlement } from './balance-facts.ts';
import { settlementOf } from './balance-facts.ts';
import type { DrawerState } from './drawer-facts.ts';
import { drawerState } from './drawer-facts.ts';
import { checkPayment, drawerMinor } from './rules.ts';
import type { Location } from '../organizations/schema.ts';
import type { Invoice, Payment } from './schema.ts';

/** Entries that a change makes. */
const entriesOf = (change: Pick<Change, 'docs'>): Payment[] =>
  changesOf<Payment>(change, 'payment').flatMap(({ after }) => after ?? []);

/** BILL-3, BILL-4, BILL-8: an entry's own arithmetic. */
export const paymentRule = defineRule<unknown, null>({
  gather: async () => null,
  check: (change) => entriesOf(change).flatMap(checkPayment),
});

type Settled = { payment: Payment; invoice: Invoice | undefined; settlement: Known<Settlement> | undefined };

/** How the invoice of an entry stands without it. */
async function gatherSettled(reader: Reader, payment: Payment, nowUtc: string): Promise<Settled> {
  const invoice = await reader.get<Invoice>('invoice', payment.invoiceId);
  const settlement = invoice && (await settlementOf(reader, invoice, nowUtc, payment.id));
  return { payment, invoice, settlement };
}

/**
 * BILL-3: no more is taken than is owed, and cash is rounded only where it closes the invoice. Where this station does not know
 * what was paid, the money is taken all the same, and the server says whether it was too much.
 */
export const owedRule = defineRule<unknown, Settled[]>({
  gather: (reader, change, { nowUtc }) =>
    Promise.all(
      entriesOf(change)
        .filter((one) => one.amountMinor > 0)
        .map((one) => gatherSettled(reader, one, nowUtc)),
    ),
  check: (_change, found) => found.flatMap(checkOwed),
});

function checkOwed({ payment, settlement }: Settled): Violation[] {
  if (!settlement?.known) return [];
  const { owedMinor } = settlement.value;
  const { amountMinor, cashRoundingMinor, currency } = payment;
  const params = { amountMinor, owedMinor, currency };
  if (amountMinor > owedMinor) return [violation('BILL-3', 'more-than-owed', { field: 'amountMinor', params })];
  return cashRoundingMinor !== 0 && amountMinor < owedMinor
    ? [violation('BILL-3', 'rest-stays-open', { field: 'amountMinor', params })]
    : [];
}

type RefundFacts = Settled & { refunded: Payment | undefined; refunds: Payment[] };

/**
 * BILL-4: no more is given back of a payment than came in by it, nor of an invoice than stands on it, and by the way it came. What
 * this station does not know it does not give back: the server is asked.
 */
export const refundRule = defineRule<unknown, RefundFacts[]>({
  gather: (reader, change, { nowUtc }) =>
    Promise.all(
      entriesOf(change).flatMap((one) =>
        one.refundsPaymentId ? [gatherRefund(reader, one, one.refundsPaymentId, nowUtc)] : [],
      ),
    ),
  check: (_change, found) => found.flatMap(checkRefund),
});

async function gatherRefund(reader: Reader, refund: Payment, refundedId: string, nowUtc: string): Promise<RefundFacts> {
  const refunds = await reader.find<Payment>('payment', 'byRefunded', exactly(refundedId));
  return {
    ...(await gatherSettled(reader, refund, nowUtc)),
    refunded: await reader.get<Payment>('payment', refundedId),
    refunds: refunds.filter((one) => one.id !== refund.id),
  };
}

function checkRefund({ payment: refund, settlement, refunded, refunds }: RefundFacts): Violation[] {
  if (!refunded || !settlement) return [violation('BILL-4', 'no-payment')];
  if (!settlement.known) return [violation('BILL-4', 'ask-server')];
  if (refund.method !== refunded.method && refunded.method !== 'credit')
    return [violation('BILL-4', 'other-way', { field: 'method' })];
  const outMinor = -(refund.amountMinor + refunds.reduce((sum, one) => sum + one.amountMinor, 0));
  const params = { outMinor, paidMinor: refunded.amountMinor, currency: refund.currency };
  if (outMinor > refunded.amountMinor)
    return [violation('BILL-4', 'more-out-than-in', { field: 'amountMinor', params })];
  // What was paid may have been used elsewhere since, as a credit.
  const leftMinor = settlement.value.paidMinor;
  return -refund.amountMinor > leftMinor
    ? [
        violation('BILL-4', 'more-than-paid', {
          field: 'amountMinor',
          params: { leftMinor, currency: refund.currency },
        }),
      ]
    : [];
}

/** BILL-8: a credit is used for the same patient, and no more than there is. */
export const creditRule = defineRule<unknown, Settled[]>({
  gather: (reader, change, { nowUtc }) =>
    Promise.all(
      entriesOf(change)
        .filter((one) => one.method === 'credit')
        .map((one) => gatherSettled(reader, one, nowUtc)),
    ),
  check: (_change, found) => {
    const [first] = found;
    const isOne = found.every(
      ({ invoice }) =>
        invoice?.patientId === first?.invoice?.patientId && invoice?.currency === first?.invoice?.currency,
    );
    return isOne ? found.flatMap(checkCreditUsed) : [violation('BILL-8', 'bill-of-other-patient')];
  },
});

function checkCreditUsed({ payment, settlement }: Settled): Violation[] {
  if (payment.amountMinor > 0) return [];
  if (!settlement?.known) return [violation('BILL-8', 'ask-server')];
  const creditMinor = Math.max(0, -settlement.value.owedMinor);
  const outMinor = -payment.amountMinor;
  const params = { outMinor, creditMinor, currency: payment.currency };
  return outMinor > creditMinor ? [violation('BILL-8', 'more-than-credit', { field: 'amountMinor', params })] : [];
}

type RefundInput = { confirmsShortDrawer?: boolean | undefined };
type Drawn = { payment: Payment; drawer: Known<DrawerState> | undefined };

/** BILL-11: what takes the drawer below zero is asked about: the money can't have come out of it. Law 1 did not ask. */
export const shortDrawerRule = defineRule<RefundInput, Drawn[]>({
  gather: (reader, change, { station }) =>
    Promise.all(
      entriesOf(change).map(async (payment) => {
        const location = await reader.get<Location>('location', payment.locationId);
        return { payment, drawer: location && (await drawerState(reader, station.code, location)) };
      }),
    ),
  check: (change, found, { lawVersion }) =>
    found.flatMap(({ payment, drawer }) => {
      const outMinor = -drawerMinor(payment);
      if (lawVersion === 1 || !drawer?.known || outMinor <= drawer.value.cashMinor || change.input.confirmsShortDrawer)
        return [];
      const params = { cashMinor: drawer.value.cashMinor, outMinor, currency: payment.currency };
      return [violation('BILL-11', 'drawer-short', { field: 'confirmsShortDrawer', params })];
    }),
});
