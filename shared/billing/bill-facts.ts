/** What the billing views share: names, and how far one invoice is paid. */
import type { Holding, Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { displayName } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { User } from '../users/schema.ts';
import { permissionsOf } from '../access/permissions.ts';
import type { Organization } from '../organizations/schema.ts';
import type { Rounding } from '../kernel/money.ts';
import { openInvoicesOf, settlementOf } from './balance-facts.ts';
import { balanceOf, cashPayable } from './rules.ts';
import type { Invoice, Payment } from './schema.ts';

export type BillPatient = {
  id: string;
  name: { written: string; latin: string };
  recordNumber: string;
  sex: Patient['sex'];
  birthDate: string | null;
  language: string;
};
export const billPatient = (patient: Patient): BillPatient => ({
  id: patient.id,
  name: displayName(patient),
  recordNumber: patient.recordNumber,
  sex: patient.sex,
  birthDate: patient.birthDate,
  language: patient.language,
});

/** How an organization reckons: what screens need to show the same figures as the law. */
export type Reckoning = { currency: string; rounding: Rounding; cashRoundingMinor: number };

export async function reckoningOf(reader: Reader): Promise<Reckoning | null> {
  const [organization] = await reader.find<Organization>('organization', 'all', { prefix: '' });
  if (!organization) return null;
  const { currency, rounding, cashRoundingMinor } = organization;
  return { currency, rounding, cashRoundingMinor };
}

/** The worst of several: one scope that is not here makes the whole unknown. */
export async function holdsAll(reader: Reader, scopes: readonly string[]): Promise<Holding> {
  const states: Holding[] = [];
  for (const scope of scopes) states.push(await reader.holds(scope));
  return states.includes('no') ? 'no' : states.includes('loading') ? 'loading' : 'held';
}

export type PaymentLine = {
  payment: Payment;
  takenByName: string;
  /** What of it can still be given back; zero for a refund. */
  refundableMinor: number;
};

export type InvoiceState = {
  invoice: Invoice;
  issuedByName: string;
  /** The entry that took it back, if any. */
  voidedBy: Invoice | null;
  /** Those that are here, oldest first, refunds among them. */
  payments: PaymentLine[];
  /** Whether all that was paid on it is known here; else the figures are what this station holds. */
  isKnown: boolean;
  /** Owed; below zero where a voided invoice was paid and the money is still to be given back. */
  balanceMinor: number;
  /** What the balance comes to in cash. */
  cashPayableMinor: number;
};

/** An invoice with what was paid on it. */
export async function invoiceState(
  reader: Reader,
  invoice: Invoice,
  reckoning: Reckoning,
  nowUtc: string,
): Promise<InvoiceState> {
  const payments = await reader.find<Payment>('payment', 'byInvoice', { prefix: `${invoice.id}/` });
  const [voidedBy] = await reader.find<Invoice>('invoice', 'byVoided', exactly(invoice.id));
  const settlement = await settlementOf(reader, invoice, nowUtc);
  const balanceMinor = settlement.known
    ? settlement.value.owedMinor
    : balanceOf(invoice, payments, voidedBy !== undefined);
  const paidMinor = payments.reduce((sum, one) => sum + one.amountMinor, 0);
  const lines: PaymentLine[] = [];
  for (const payment of payments) {
    const back = payments.filter((one) => one.refundsPaymentId === payment.id);
    const left = payment.amountMinor + back.reduce((sum, one) => sum + one.amountMinor, 0);
    lines.push({
      payment,
      takenByName: await userName(reader, payment.takenBy),
      // What was paid may have been used elsewhere since, as a credit.
      refundableMinor: payment.amountMinor > 0 ? Math.max(0, Math.min(left, paidMinor)) : 0,
    });
  }
  return {
    invoice,
    issuedByName: await userName(reader, invoice.issuedBy),
    voidedBy: voidedBy ?? null,
    payments: lines,
    isKnown: settlement.known,
    balanceMinor,
    cashPayableMinor: cashPayable(balanceMinor, reckoning.cashRoundingMinor, reckoning.rounding).payableMinor,
  };
}

/** What stands to a patient's credit on another invoice, and can pay this one. */
export type Credit = { invoiceId: string; number: string; amountMinor: number };

/** The credits of a patient in one currency, the oldest first; none where this station does not know them. */
export async function creditsOf(reader: Reader, patientId: string, currency: string): Promise<Credit[]> {
  const open = await openInvoicesOf(reader, patientId);
  if (!open.known) return [];
  return open.value
    .filter((one) => one.balanceMinor < 0 && one.currency === currency)
    .map((one) => ({ invoiceId: one.id, number: one.number, amountMinor: -one.balanceMinor }));
}

export async function userName(reader: Reader, id: string | null): Promise<string> {
  return (id && (await reader.get<User>('user', id))?.name) || '';
}

/** Who may put a price to a service: said to whoever may not. */
export async function namesOfPricers(reader: Reader): Promise<string[]> {
  const users = await reader.find<User>('user', 'all', { prefix: '' });
  return users.filter((one) => one.active && permissionsOf(one.roles).has('settings.write')).map((one) => one.name);
}
