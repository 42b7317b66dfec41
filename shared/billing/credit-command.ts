import { z } from 'zod';
import type { CommandContext } from '../kernel/command.ts';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { amountMinorSchema } from '../kernel/money.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { Location } from '../organizations/schema.ts';
import { creditRule, owedRule, paymentRule } from './payment-rules.ts';
import type { Invoice, Payment } from './schema.ts';

const input = z.strictObject({
  /** The invoice that the credit stands on: voided, or paid twice. */
  fromInvoiceId: idSchema,
  toInvoiceId: idSchema,
  amountMinor: amountMinorSchema.min(1),
  locationId: idSchema,
});
type UseCredit = z.infer<typeof input>;
type CreditFacts = { location: Location | undefined; from: Invoice | undefined; to: Invoice | undefined };

/** One of the two entries of a credit that is used; no money moves. */
function creditEntry(
  invoice: Invoice,
  other: Invoice,
  { amountMinor, locationId }: Pick<UseCredit, 'amountMinor' | 'locationId'>,
  context: CommandContext,
): Payment {
  return {
    id: context.newId(),
    receiptNumber: context.nextNumber('receipt'),
    invoiceId: invoice.id,
    patientId: invoice.patientId,
    locationId,
    method: 'credit',
    amountMinor,
    cashRoundingMinor: 0,
    tenderedMinor: amountMinor,
    changeMinor: 0,
    currency: invoice.currency,
    takenBy: context.author.id,
    takenAtUtc: context.nowUtc,
    refundsPaymentId: null,
    reason: null,
    creditInvoiceId: other.id,
  };
}

/** Pays an invoice with a credit that stands on another one of the same patient (BILL-8): two entries that come to nothing. */
export const useCredit = defineCommand<UseCredit, CreditFacts>({
  name: 'billing/use-credit',
  input,
  permission: 'billing.charge',
  nature: 'record',
  writes: { payment: 'all' },
  undo: { none: 'its entries are on receipts; a credit that was used wrongly is given back from where it went' },
  gather: async (reader, given) => ({
    location: await reader.get<Location>('location', given.locationId),
    from: await reader.get<Invoice>('invoice', given.fromInvoiceId),
    to: await reader.get<Invoice>('invoice', given.toInvoiceId),
  }),
  decide: (given, { location, from, to }, context) => {
    if (!from || !to || from.voidsInvoiceId || to.voidsInvoiceId) return fail([violation('BILL-8', 'no-invoice')]);
    if (!location) return fail([violation('BILL-8', 'no-location', { field: 'locationId' })]);
    const out = creditEntry(from, to, { ...given, amountMinor: -given.amountMinor }, context);
    const paid = creditEntry(to, from, given, context);
    return ok([out, paid].map((next) => ({ kind: 'payment', id: next.id, next })));
  },
  rules: [paymentRule, owedRule, creditRule],
});
