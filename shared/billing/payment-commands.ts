import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { amountMinorSchema } from '../kernel/money.ts';
import type { Known, Reader } from '../kernel/reader.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { Location, Organization } from '../organizations/schema.ts';
import type { Settlement } from './balance-facts.ts';
import { settlementOf } from './balance-facts.ts';
import { owedRule, paymentRule, refundRule, shortDrawerRule } from './payment-rules.ts';
import { cashPayable } from './rules.ts';
import type { Invoice, Payment } from './schema.ts';
import { moneyMethodSchema } from './schema.ts';

const positiveMinor = amountMinorSchema.min(1);

type PlaceFacts = { organization: Organization | undefined; location: Location | undefined };

async function gatherPlace(reader: Reader, locationId: string): Promise<PlaceFacts> {
  return {
    organization: (await reader.find<Organization>('organization', 'all', { prefix: '' }))[0],
    location: await reader.get<Location>('location', locationId),
  };
}

const payInput = z.strictObject({
  invoiceId: idSchema,
  locationId: idSchema,
  method: moneyMethodSchema,
  amountMinor: positiveMinor,
  /** Cash handed over; ignored for other methods. */
  tenderedMinor: amountMinorSchema.min(0),
  /** That this is the whole rest, as the person was shown it: cash is then rounded. Sets of law 1 do not say. */
  settles: z.boolean().optional(),
});
type Pay = z.infer<typeof payInput>;
type PayFacts = PlaceFacts & { invoice: Invoice | undefined; settlement: Known<Settlement> | undefined };

/** Takes money for an invoice, in part or whole (BILL-3); the receipt's number is of this station's series. */
export const takePayment = defineCommand<Pay, PayFacts>({
  name: 'billing/take-payment',
  input: payInput,
  permission: 'billing.charge',
  nature: 'record',
  writes: { payment: 'all' },
  undo: { none: 'a wrong payment is refunded with a reason' },
  gather: async (reader, input, { nowUtc }) => {
    const invoice = await reader.get<Invoice>('invoice', input.invoiceId);
    const settlement = invoice && (await settlementOf(reader, invoice, nowUtc));
    return { ...(await gatherPlace(reader, input.locationId)), invoice, settlement };
  },
  decide: (input, { organization, location, invoice, settlement }, context) => {
    if (!invoice || invoice.voidsInvoiceId || !organization) return fail([violation('BILL-3', 'no-invoice')]);
    if (!location) return fail([violation('BILL-3', 'no-location', { field: 'locationId' })]);
    const cash = input.method === 'cash';
    const settles = input.settles ?? (settlement?.known === true && settlement.value.owedMinor === input.amountMinor);
    const { payableMinor, roundingMinor } =
      cash && settles
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

const refundInput = z.strictObject({
  paymentId: idSchema,
  amountMinor: positiveMinor,
  locationId: idSchema,
  /** How it is given back; without it, as it came in (cash, where a credit was used). */
  method: moneyMethodSchema.optional(),
  /** That the person knows that the drawer does not hold it. */
  confirmsShortDrawer: z.boolean().optional(),
});
type Refund = z.infer<typeof refundInput>;
type RefundFacts = PlaceFacts & { payment: Payment | undefined };

/** Gives money back: an entry of its own, with a reason; the payment stays (BILL-4). */
export const refundPayment = defineCommand<Refund, RefundFacts>({
  name: 'billing/refund-payment',
  needsProof: 'always',
  input: refundInput,
  permission: 'billing.charge',
  nature: 'record',
  writes: { payment: 'all' },
  undo: { none: 'a refund is an entry of its own' },
  needsReason: true,
  gather: async (reader, input) => ({
    ...(await gatherPlace(reader, input.locationId)),
    payment: await reader.get<Payment>('payment', input.paymentId),
  }),
  decide: (input, { organization, location, payment }, context) => {
    if (!organization || !payment || payment.amountMinor <= 0) return fail([violation('BILL-4', 'no-payment')]);
    if (!location) return fail([violation('BILL-4', 'no-location', { field: 'locationId' })]);
    const amountMinor = -input.amountMinor;
    const method = input.method ?? (payment.method === 'credit' ? 'cash' : payment.method);
    const cashRoundingMinor = method === 'cash' ? refundRounding(payment, amountMinor, organization) : 0;
    const next: Payment = {
      id: context.newId(),
      receiptNumber: context.nextNumber('receipt'),
      invoiceId: payment.invoiceId,
      patientId: payment.patientId,
      locationId: input.locationId,
      method,
      amountMinor,
      cashRoundingMinor,
      tenderedMinor: amountMinor + cashRoundingMinor,
      changeMinor: 0,
      currency: payment.currency,
      takenBy: context.author.id,
      takenAtUtc: context.nowUtc,
      refundsPaymentId: payment.id,
      reason: context.reason,
    };
    return ok([{ kind: 'payment', id: next.id, next }]);
  },
  rules: [paymentRule, refundRule, shortDrawerRule],
});

/** A payment given back whole gives back the cash that was taken; a part is rounded to what coins can pay. */
function refundRounding(payment: Payment, amountMinor: number, organization: Organization): number {
  if (payment.method === 'cash' && -amountMinor === payment.amountMinor)
    return payment.cashRoundingMinor === 0 ? 0 : -payment.cashRoundingMinor;
  return cashPayable(amountMinor, organization.cashRoundingMinor, organization.rounding).roundingMinor;
}
