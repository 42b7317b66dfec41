import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { amountMinorSchema, currencySchema, roundingSchema } from '../kernel/money.ts';
import { patientScope, scheduleScope } from '../kernel/scopes.ts';
import { daySchema, instantSchema } from '../kernel/time.ts';

/** One line: price copied at the time, tax worked out and named per line. */
export const invoiceLineSchema = z.strictObject({
  serviceId: idSchema.nullable(),
  name: z.string().min(1).max(120),
  quantity: z.int().min(1).max(99),
  unitPriceMinor: amountMinorSchema,
  /** Taken off price times quantity; negative only in an entry that takes an invoice back. */
  discountMinor: amountMinorSchema,
  taxBasisPoints: z.int().min(0).max(10_000),
  taxName: z.string().max(20),
  taxInclusive: z.boolean(),
  /** Without tax, tax, and with tax: worked out by `rules.ts`, checked again by the server. */
  netMinor: amountMinorSchema,
  taxMinor: amountMinorSchema,
  grossMinor: amountMinorSchema,
});
export type InvoiceLine = z.infer<typeof invoiceLineSchema>;

/** An issued invoice: it never changes; a void is a new entry. Its number is of the issuing station's series. */
export const invoiceSchema = z.strictObject({
  id: idSchema,
  number: z.string().min(1).max(20),
  patientId: idSchema,
  payerPatientId: idSchema.nullable(),
  coverage: z.string().max(120),
  encounterId: idSchema.nullable(),
  locationId: idSchema,
  issuedBy: idSchema,
  issuedAtUtc: instantSchema,
  currency: currencySchema,
  rounding: roundingSchema,
  lines: z.array(invoiceLineSchema).min(1).max(60),
  totalMinor: amountMinorSchema,
  /** Set when this entry takes back another: amounts are negative. */
  voidsInvoiceId: idSchema.nullable(),
  /** Why it takes back another, or why a large discount was given. */
  reason: z.string().max(2000).nullable(),
});
export type Invoice = z.infer<typeof invoiceSchema>;

/** Ways in which money comes in and is given back. */
export const moneyMethodSchema = z.enum(['cash', 'card', 'transfer']);
/** Ways in which an invoice is paid: by money, or by a credit that stands on another invoice of the patient. */
export const paymentMethodSchema = z.enum(['cash', 'card', 'transfer', 'credit']);
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

/**
 * Money in or out. A refund is an entry of its own with a negative amount, naming what it refunds, with a reason. A credit that
 * is used is two entries: a negative one on the invoice that it stood on, a positive one on the invoice that it pays. The series
 * of its receipt number is that of the station that took it, and so names the drawer.
 */
export const paymentSchema = z.strictObject({
  id: idSchema,
  receiptNumber: z.string().min(1).max(20),
  invoiceId: idSchema,
  patientId: idSchema,
  locationId: idSchema,
  method: paymentMethodSchema,
  /** What counts against the invoice, cash rounding included. */
  amountMinor: amountMinorSchema,
  /** Cash only: by how much the payable amount was rounded (may be negative), handed over, and handed back. */
  cashRoundingMinor: amountMinorSchema,
  tenderedMinor: amountMinorSchema,
  changeMinor: amountMinorSchema,
  currency: currencySchema,
  takenBy: idSchema,
  takenAtUtc: instantSchema,
  refundsPaymentId: idSchema.nullable(),
  reason: z.string().max(2000).nullable(),
  /** Of a credit entry: the invoice that the other entry stands on. */
  creditInvoiceId: idSchema.optional(),
});
export type Payment = z.infer<typeof paymentSchema>;

/** What went through one drawer on one calendar day by one method. */
export const daySumSchema = z.strictObject({
  day: daySchema,
  method: paymentMethodSchema,
  count: z.int().min(1),
  /** In less out, as it was handed over; of credits: what was paid by them. */
  amountMinor: amountMinorSchema,
  /** Counters of the first and last receipt. */
  first: z.int().min(1),
  last: z.int().min(1),
});
export type DaySum = z.infer<typeof daySumSchema>;

/** What a count says of its drawer and of what was still open around it (BILL-6, BILL-10). */
export const countedDrawerSchema = z.strictObject({
  /** The drawer: the code of the station, which begins the number of each receipt of it. */
  code: z.string().min(1).max(10),
  /** It counts the receipts above the first counter, up to the second. */
  afterNumber: z.int().min(0),
  throughNumber: z.int().min(0),
  /** Entries of days before the one that is closed. */
  late: z.array(daySumSchema).max(400),
  /** Other drawers of the location with entries that no count has counted. */
  others: z
    .array(
      z.strictObject({
        code: z.string().min(1).max(10),
        count: z.int().min(1),
        cashMinor: amountMinorSchema,
        sinceDay: daySchema,
      }),
    )
    .max(100),
  /** Credits of patients that stand on this location's invoices. */
  creditMinor: amountMinorSchema,
});

/** A cashier's signed count of one drawer. The figures of appointments and revenue are the day's and the location's. */
export const dayCloseSchema = z.strictObject({
  id: idSchema,
  locationId: idSchema,
  stationId: idSchema,
  day: daySchema,
  closedAtUtc: instantSchema,
  closedBy: idSchema,
  currency: currencySchema,
  openingCashMinor: amountMinorSchema,
  expectedCashMinor: amountMinorSchema,
  countedCashMinor: amountMinorSchema,
  /** What the count counts, by method. */
  byMethod: z.array(z.strictObject({ method: paymentMethodSchema, count: z.int(), amountMinor: amountMinorSchema })),
  revenueMinor: amountMinorSchema,
  appointments: z.strictObject({ booked: z.int(), completed: z.int(), cancelled: z.int(), noShow: z.int() }),
  note: z.string().max(2000),
  /** Absent from closes of law 1, which counted a location by the minute. */
  drawer: countedDrawerSchema.optional(),
});
export type DayClose = z.infer<typeof dayCloseSchema>;

export const invoiceKind = defineKind<Invoice>({
  kind: 'invoice',
  schema: invoiceSchema,
  collection: 'billing',
  merge: 'append',
  units: {
    invoice: [
      'number',
      'patientId',
      'payerPatientId',
      'coverage',
      'encounterId',
      'locationId',
      'issuedBy',
      'issuedAtUtc',
      'currency',
      'rounding',
      'lines',
      'totalMinor',
      'voidsInvoiceId',
      'reason',
    ],
  },
  phi: true,
  scopes: (invoice) => [scheduleScope(invoice.locationId, invoice.issuedAtUtc), patientScope(invoice.patientId)],
  keys: {
    byIssued: (invoice) => [`${invoice.locationId}/${invoice.issuedAtUtc}`],
    byPatient: (invoice) => [`${invoice.patientId}/${invoice.issuedAtUtc}`],
    byEncounter: (invoice) => (invoice.encounterId ? [invoice.encounterId] : []),
    byVoided: (invoice) => (invoice.voidsInvoiceId ? [invoice.voidsInvoiceId] : []),
    byPayer: (invoice) => (invoice.payerPatientId ? [invoice.payerPatientId] : []),
  },
  references: [
    { kind: 'patient', key: 'byPatient' },
    { kind: 'patient', key: 'byPayer' },
    { kind: 'encounter', key: 'byEncounter' },
    { kind: 'invoice', key: 'byVoided' },
  ],
  locks: (invoice) => [
    `bill/${invoice.voidsInvoiceId ?? invoice.id}`,
    ...(invoice.encounterId ? [`bill/${invoice.encounterId}`] : []),
  ],
});

export const paymentKind = defineKind<Payment>({
  kind: 'payment',
  schema: paymentSchema,
  collection: 'billing',
  merge: 'append',
  units: {
    payment: [
      'receiptNumber',
      'invoiceId',
      'patientId',
      'locationId',
      'method',
      'amountMinor',
      'cashRoundingMinor',
      'tenderedMinor',
      'changeMinor',
      'currency',
      'takenBy',
      'takenAtUtc',
      'refundsPaymentId',
      'reason',
      'creditInvoiceId',
    ],
  },
  phi: true,
  scopes: (payment) => [scheduleScope(payment.locationId, payment.takenAtUtc), patientScope(payment.patientId)],
  keys: {
    byTaken: (payment) => [`${payment.locationId}/${payment.takenAtUtc}`],
    byInvoice: (payment) => [`${payment.invoiceId}/${payment.takenAtUtc}`],
    byPatient: (payment) => [`${payment.patientId}/${payment.takenAtUtc}`],
    byRefunded: (payment) => (payment.refundsPaymentId ? [payment.refundsPaymentId] : []),
  },
  references: [
    { kind: 'patient', key: 'byPatient' },
    { kind: 'invoice', key: 'byInvoice' },
    { kind: 'payment', key: 'byRefunded' },
  ],
  locks: (payment) => [`bill/${payment.invoiceId}`],
});

export const dayCloseKind = defineKind<DayClose>({
  kind: 'dayClose',
  schema: dayCloseSchema,
  collection: 'billing',
  merge: 'append',
  units: {
    close: [
      'locationId',
      'stationId',
      'day',
      'closedAtUtc',
      'closedBy',
      'currency',
      'openingCashMinor',
      'expectedCashMinor',
      'countedCashMinor',
      'byMethod',
      'revenueMinor',
      'appointments',
      'note',
      'drawer',
    ],
  },
  phi: false,
  scopes: (close) => [scheduleScope(close.locationId, close.closedAtUtc)],
  keys: { byDay: (close) => [`${close.locationId}/${close.day}/${close.closedAtUtc}`] },
});
