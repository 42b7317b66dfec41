import { z } from 'zod';
import { amountMinorSchema, currencySchema, roundingSchema } from '../kernel/money.ts';
import { daySchema, instantSchema } from '../kernel/time.ts';
import { documentHeadSchema, documentPatientSchema, personNameSchema, shortTextSchema, siteSchema } from './parts.ts';

const taxModeSchema = z.enum(['inclusive', 'exclusive', 'none']);
const ratePercentSchema = z.string().regex(/^\d{1,3}(\.\d{1,4})?$/);
export const paymentMethodSchema = z.enum(['cash', 'card', 'transfer', 'credit', 'qris', 'insurance', 'otherMethod']);

const lineSchema = z.object({
  description: shortTextSchema,
  /** The same in the patient's language, printed beneath. */
  patientDescription: shortTextSchema.optional(),
  /** Who and when, or the like. */
  detail: z.string().max(300).optional(),
  quantity: z.number().positive().max(1e6),
  unitPriceMinor: amountMinorSchema,
  /** What the line comes to as shown: with the tax in it when `inclusive`, without when `exclusive`. */
  amountMinor: amountMinorSchema,
  taxMode: taxModeSchema,
  taxName: z.string().max(60).optional(),
  taxRatePercent: ratePercentSchema.optional(),
});

const moneyLines = {
  lines: z.array(lineSchema).min(1).max(1000),
  /** Sum of the lines' amounts. */
  subtotalMinor: amountMinorSchema,
  discounts: z.array(z.object({ name: shortTextSchema, amountMinor: amountMinorSchema.max(0) })).max(50),
  taxes: z
    .array(
      z.object({
        name: shortTextSchema,
        ratePercent: ratePercentSchema,
        mode: z.enum(['inclusive', 'exclusive']),
        baseMinor: amountMinorSchema,
        taxMinor: amountMinorSchema,
      }),
    )
    .max(20),
  roundingRule: roundingSchema,
  cashRounding: z.object({ stepMinor: z.int().positive(), amountMinor: amountMinorSchema }).optional(),
  totalMinor: amountMinorSchema,
  payments: z
    .array(
      z.object({
        method: paymentMethodSchema,
        reference: z.string().max(60).optional(),
        paidAtUtc: instantSchema,
        /** What counts towards the bill: what was given less the change. */
        amountMinor: amountMinorSchema.min(0),
        givenMinor: amountMinorSchema.min(0).optional(),
        changeMinor: amountMinorSchema.min(0).optional(),
      }),
    )
    .max(200),
  refunds: z
    .array(
      z.object({
        number: z.string().max(32),
        method: paymentMethodSchema,
        refundedAtUtc: instantSchema,
        amountMinor: amountMinorSchema.min(0),
        reason: shortTextSchema,
      }),
    )
    .max(200),
  /** Total less payments plus refunds; below zero it is a credit. */
  balanceMinor: amountMinorSchema,
};

const billShape = z.object({
  site: siteSchema,
  head: documentHeadSchema,
  patient: documentPatientSchema,
  payerName: personNameSchema.optional(),
  currency: currencySchema,
  /** Language of the patient, set beside the clinic's on every label. */
  patientLanguage: z.enum(['en', 'id']).optional(),
  cashierName: personNameSchema.optional(),
  ...moneyLines,
});
export type BillData = z.infer<typeof billShape>;

export const invoiceSchema = withRightSums(
  billShape.extend({ issuedDay: daySchema, dueDay: daySchema.optional(), visitedAtUtc: instantSchema.optional() }),
);
export type InvoiceData = z.infer<typeof invoiceSchema>;

export const receiptSchema = withRightSums(
  billShape.extend({
    paper: z.enum(['A4', 'A5']),
    issuedAtUtc: instantSchema,
    invoiceNumber: z.string().max(32).optional(),
    isCopy: z.boolean(),
  }),
);
export type ReceiptData = z.infer<typeof receiptSchema>;

/** A paper whose figures do not add up is not printed: the sums are checked at the door. */
function withRightSums<T extends z.ZodType<BillData>>(schema: T): T {
  return schema.superRefine((bill, context) => {
    const sum = (amounts: readonly { amountMinor: number }[]): number =>
      amounts.reduce((total, { amountMinor }) => total + amountMinor, 0);
    const addedTax = bill.taxes
      .filter((tax) => tax.mode === 'exclusive')
      .reduce((total, tax) => total + tax.taxMinor, 0);
    const total = bill.subtotalMinor + sum(bill.discounts) + addedTax + (bill.cashRounding?.amountMinor ?? 0);
    const balance = bill.totalMinor - sum(bill.payments) + sum(bill.refunds);
    const wrong = (path: string): void =>
      context.addIssue({ code: 'custom', path: [path], message: 'does not add up' });
    if (bill.subtotalMinor !== sum(bill.lines)) wrong('subtotalMinor');
    if (bill.totalMinor !== total) wrong('totalMinor');
    if (bill.balanceMinor !== balance) wrong('balanceMinor');
    bill.payments.forEach((payment, index) => {
      const { givenMinor, changeMinor = 0, amountMinor } = payment;
      if (givenMinor !== undefined && givenMinor - changeMinor !== amountMinor)
        context.addIssue({ code: 'custom', path: ['payments', index], message: 'does not add up' });
    });
  });
}
