import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { amountMinorSchema, currencySchema } from '../kernel/money.ts';
import { coreScope, patientScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';

/**
 * What is open on one invoice, kept by the server and known to every station: a debt is found by its balance, however old it is
 * and wherever it is paid (BILL-9). Its id is the invoice's. It is there exactly while the balance is not zero.
 */
export const invoiceBalanceSchema = z.strictObject({
  id: idSchema,
  patientId: idSchema,
  encounterId: idSchema.nullable(),
  locationId: idSchema,
  number: z.string().min(1).max(20),
  issuedAtUtc: instantSchema,
  currency: currencySchema,
  totalMinor: amountMinorSchema,
  isVoided: z.boolean(),
  paidMinor: amountMinorSchema,
  /** Above zero: owed. Below: a credit of the patient. */
  balanceMinor: amountMinorSchema,
  /** The newest entries that `paidMinor` counts: what a station holds beside them is added to it. */
  entryIds: z.array(idSchema).max(200),
});
export type InvoiceBalance = z.infer<typeof invoiceBalanceSchema>;

export const invoiceBalanceKind = defineKind<InvoiceBalance>({
  kind: 'invoiceBalance',
  schema: invoiceBalanceSchema,
  collection: 'billing',
  merge: 'serverOnly',
  units: {
    balance: [
      'patientId',
      'encounterId',
      'locationId',
      'number',
      'issuedAtUtc',
      'currency',
      'totalMinor',
      'isVoided',
      'paidMinor',
      'balanceMinor',
      'entryIds',
    ],
  },
  phi: true,
  scopes: (balance) => [coreScope, patientScope(balance.patientId)],
  keys: {
    byLocation: (balance) => [`${balance.locationId}/${balance.issuedAtUtc}`],
    byPatient: (balance) => [`${balance.patientId}/${balance.issuedAtUtc}`],
  },
});
