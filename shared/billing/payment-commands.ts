import { z } from 'zod';
import { changesOf, defineCommand, defineRule } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { amountMinorSchema } from '../kernel/money.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { fail, ok } from '../kernel/result.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Organization } from '../organizations/schema.ts';
import { balanceOf, cashPayable, checkPayment } from './rules.ts';
import type { Invoice, Payment } from './schema.ts';

export type PaymentFacts = {
  organization: Organization | undefined;
  invoice: Invoice | undefined;
  payments: Payment[];
  voided: boolean;
};

export async function gatherPayments(reader: Reader, invoiceId: string): Promise<PaymentFacts> {
  const organizations = await reader.find<Organization>('organization', 'all', { prefix: '' });
  return {
    organization: organizations[0],
    invoice: await reader.get<Invoice>('invoice', invoiceId),
    payments: await reader.find<Payment>('payment', 'byInvoice', { prefix: `${invoiceId}/` }),
    voided: (await reader.count('invoice', 'byVoided', exactly(invoiceId))) > 0,
  };
}

const payInput = z.strictObject({
  invoiceId: idSchema,
  locationId: idSchema,
  method: z.enum(['cash', 'card', 'transfer']),
  amountMinor: amountMinorSchema.min(1),
  /** Cash handed over; ignored for other methods. */
  tenderedMinor: amountMinorSchema.min(0),
});

/** BILL-3, BILL-4: a payment's own arithmetic. */
const paymentRule = defineRule<unknown, null>({
  gather: async () => null,
  check: (change) => changesOf<Payment>(change, 'payment').flatMap(({ after }) => (after ? checkPayment(after) : [])),
});

/** BILL-3: no more is taken than is owed. */
const owedRule = defineRule<z.infer<typeof payInput>, PaymentFacts>({
  gather: (reader, change) => gatherPayments(reader, change.input.invoiceId),
  check: (change, facts) =>
    changesOf<Payment>(change, 'payment').flatMap(({ after }) => (after ? checkOwed(after, facts) : [])),
});

/** Takes money for an invoice, in part or whole (BILL-3); the receipt's number is of this station's series. */
export const takePayment = defineCommand<z.infer<typeof payInput>, PaymentFacts>({
  name: 'billing/take-payment',
  input: payInput,
  permission: 'billing.charge',
  nature: 'record',
  writes: { payment: 'all' },
  undo: { none: 'a wrong payment is refunded with a reason' },
  gather: (reader, input) => gatherPayments(reader, input.invoiceId),
  decide: (input, { organization, invoice, payments, voided }, context) => {
    if (!invoice || !organization || voided) return fail([violation('BILL-3', 'no-invoice')]);
    const owed = balanceOf(invoice, payments, voided);
    if (input.amountMinor > owed)
      return fail([violation('BILL-3', 'more-than-owed', { field: 'amountMinor', params: { owedMinor: owed } })]);
    const cash = input.method === 'cash';
    const closes = input.amountMinor === owed;
    const { payableMinor, roundingMinor } =
      cash && closes
        ? cashPayable(input.amountMinor, organization.cashRoundingMinor, organization.rounding)
        : { payableMinor: input.amountMinor, roundingMinor: 0 };
    const tenderedMinor = cash ? input.tenderedMinor : input.amountMinor;
    const next: Payment = {
      id: context.newId(),
      receiptNumber: context.nextNumber('receipt'),
      invoiceId: invoice.id,
      patientId: invoice.patientId,
      locationId: input.locationId,
      method: input.method,
      amountMinor: input.amountMinor,
      cashRoundingMinor: roundingMinor,
      tenderedMinor,
      changeMinor: cash ? tenderedMinor - payableMinor : 0,
      currency: invoice.currency,
      takenBy: context.author.id,
      takenAtUtc: context.nowUtc,
      refundsPaymentId: null,
      reason: null,
    };
    return ok([{ kind: 'payment', id: next.id, next }]);
  },
  rules: [paymentRule, owedRule],
});

/** Two stations that were apart may both have taken the money: both entries stand, and a person gives one back. */
function checkOwed(payment: Payment, { invoice, payments, voided }: PaymentFacts): Violation[] {
  if (!invoice) return [];
  const owedMinor = balanceOf(
    invoice,
    payments.filter((one) => one.id !== payment.id),
    voided,
  );
  return payment.amountMinor > owedMinor ? [violation('BILL-3', 'more-than-owed', { params: { owedMinor } })] : [];
}

const refundInput = z.strictObject({
  paymentId: idSchema,
  amountMinor: amountMinorSchema.min(1),
  locationId: idSchema,
});
type RefundFacts = { organization: Organization | undefined; payment: Payment | undefined; refunds: Payment[] };

/** Gives money back: an entry of its own, with a reason; the payment stays (BILL-4). */
export const refundPayment = defineCommand<z.infer<typeof refundInput>, RefundFacts>({
  name: 'billing/refund-payment',
  needsProof: 'always',
  input: refundInput,
  permission: 'billing.charge',
  nature: 'record',
  writes: { payment: 'all' },
  undo: { none: 'a refund is an entry of its own' },
  needsReason: true,
  gather: async (reader, input) => ({
    organization: (await reader.find<Organization>('organization', 'all', { prefix: '' }))[0],
    payment: await reader.get<Payment>('payment', input.paymentId),
    refunds: await reader.find<Payment>('payment', 'byRefunded', exactly(input.paymentId)),
  }),
  decide: (input, { organization, payment, refunds }, context) => {
    if (!organization || !payment || payment.refundsPaymentId) return fail([violation('BILL-4', 'no-payment')]);
    const left = payment.amountMinor + refunds.reduce((sum, one) => sum + one.amountMinor, 0);
    if (input.amountMinor > left)
      return fail([violation('BILL-4', 'more-than-paid', { field: 'amountMinor', params: { leftMinor: left } })]);
    const amountMinor = -input.amountMinor;
    const cashRoundingMinor = refundRounding(payment, amountMinor, organization);
    const next: Payment = {
      ...payment,
      id: context.newId(),
      receiptNumber: context.nextNumber('receipt'),
      locationId: input.locationId,
      amountMinor,
      cashRoundingMinor,
      tenderedMinor: amountMinor + cashRoundingMinor,
      changeMinor: 0,
      takenBy: context.author.id,
      takenAtUtc: context.nowUtc,
      refundsPaymentId: payment.id,
      reason: context.reason,
    };
    return ok([{ kind: 'payment', id: next.id, next }]);
  },
  rules: [paymentRule],
});

/** A payment given back whole gives back the cash that was taken; a part is rounded to what coins can pay. */
function refundRounding(payment: Payment, amountMinor: number, organization: Organization): number {
  if (payment.method !== 'cash') return 0;
  if (-amountMinor === payment.amountMinor) return payment.cashRoundingMinor === 0 ? 0 : -payment.cashRoundingMinor;
  return cashPayable(amountMinor, organization.cashRoundingMinor, organization.rounding).roundingMinor;
}
