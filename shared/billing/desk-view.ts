import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { scheduleScopes } from '../kernel/scopes.ts';
import { addMinutes, dayBounds, daysBetween, localTime } from '../kernel/time.ts';
import { defineView } from '../kernel/view.ts';
import type { Location } from '../organizations/schema.ts';
import type { Patient } from '../people/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { currentStep } from '../waiting-room/schema.ts';
import { holdsAll, reckoningOf, userName } from './bill-facts.ts';
import { displayName } from '../people/names.ts';
import { workOutLine } from './rules.ts';
import type { Invoice, Payment } from './schema.ts';
import { lineOfService } from './commands.ts';

/** How far back visits without an invoice and invoices without their money are looked for. */
export const DESK_DAYS = 31;
const MAX_ROWS = 200;

type Name = { written: string; latin: string };
export type UnbilledRow = {
  encounterId: string;
  patientId: string;
  name: Name;
  /** The first service, and how many more. */
  service: string;
  more: number;
  practitioner: string;
  doneAtUtc: string;
  stage: 'review' | 'completed';
  /** What the prices that are known come to. */
  amountMinor: number;
  missingPrice: boolean;
};
export type UnpaidRow = {
  invoiceId: string;
  encounterId: string | null;
  patientId: string;
  name: Name;
  number: string;
  issuedAtUtc: string;
  /** Midnights of the location since it was issued. */
  daysOpen: number;
  balanceMinor: number;
  paidMinor: number;
};
export type PaidRow = {
  paymentId: string;
  invoiceId: string;
  encounterId: string | null;
  patientId: string;
  name: Name;
  receiptNumber: string;
  method: Payment['method'];
  amountMinor: number;
  takenAtUtc: string;
};
export type BillingDesk = {
  held: Holding;
  day: string;
  zone: string;
  currency: string;
  unbilled: UnbilledRow[];
  unpaid: UnpaidRow[];
  paid: PaidRow[];
  takenTodayMinor: number;
  /** There were more than are shown. */
  cut: boolean;
};

/**
 * The cashier's lists: done and not billed, unpaid, taken today (newest first). Who was done today stands at the desk now, so today
 * comes first, in the order they were done; then the days before, the last one first.
 */
export const billingDesk = defineView<{ locationId: string }, BillingDesk | null>({
  name: 'billing/desk',
  params: z.strictObject({ locationId: idSchema }),
  permission: 'billing.view',
  kinds: ['encounter', 'invoice', 'payment', 'patient', 'service', 'location', 'user'],
  read: async (reader, { locationId }, { nowUtc }) => {
    const location = await reader.get<Location>('location', locationId);
    const reckoning = await reckoningOf(reader);
    if (!location || !reckoning) return null;
    const { day } = localTime(nowUtc, location.zone);
    const today = dayBounds(day, location.zone);
    const sinceUtc = addMinutes(today.fromUtc, -DESK_DAYS * 24 * 60);
    const range = { from: `${locationId}/${sinceUtc}`, to: `${locationId}/${today.toUtc}` };
    const invoices = await reader.find<Invoice>('invoice', 'byIssued', range);
    const payments = await reader.find<Payment>('payment', 'byTaken', range);
    const voided = new Set(invoices.map((one) => one.voidsInvoiceId));
    const standing = invoices.filter((one) => one.voidsInvoiceId === null && !voided.has(one.id));
    const visits = await reader.find<Encounter>('encounter', 'byOpened', range);
    const billed = new Set(standing.map((one) => one.encounterId));
    const done = todayFirst(
      visits.filter((visit) => isDone(visit) && visit.services.length > 0 && !billed.has(visit.id)),
      (visit) => currentStep(visit).atUtc,
      today.fromUtc,
    );
    const owed = todayFirst(owedInvoices(invoices, voided, payments), (one) => one.invoice.issuedAtUtc, today.fromUtc);
    const taken = payments.filter((one) => one.takenAtUtc >= today.fromUtc).toReversed();
    const names = namesFrom(reader);
    const unbilled: UnbilledRow[] = [];
    for (const visit of done.slice(0, MAX_ROWS))
      unbilled.push(await unbilledRow(reader, visit, names, reckoning.rounding));
    const unpaid: UnpaidRow[] = [];
    for (const { invoice, balanceMinor } of owed.slice(0, MAX_ROWS))
      unpaid.push({
        invoiceId: invoice.id,
        encounterId: invoice.encounterId,
        patientId: invoice.patientId,
        name: await names(invoice.patientId),
        number: invoice.number,
        issuedAtUtc: invoice.issuedAtUtc,
        daysOpen: daysBetween(localTime(invoice.issuedAtUtc, location.zone).day, day),
        balanceMinor,
        paidMinor: (voided.has(invoice.id) ? 0 : invoice.totalMinor) - balanceMinor,
      });
    const encounterOf = new Map(invoices.map((one) => [one.id, one.encounterId]));
    const paid: PaidRow[] = [];
    for (const one of taken.slice(0, MAX_ROWS))
      paid.push({
        paymentId: one.id,
        invoiceId: one.invoiceId,
        encounterId: encounterOf.get(one.invoiceId) ?? null,
        patientId: one.patientId,
        name: await names(one.patientId),
        receiptNumber: one.receiptNumber,
        method: one.method,
        amountMinor: one.amountMinor,
        takenAtUtc: one.takenAtUtc,
      });
    return {
      held: await holdsAll(reader, scheduleScopes(locationId, sinceUtc, today.toUtc)),
      day,
      zone: location.zone,
      currency: reckoning.currency,
      unbilled,
      unpaid,
      paid,
      takenTodayMinor: taken.reduce((sum, one) => sum + one.amountMinor + one.cashRoundingMinor, 0),
      cut: done.length > MAX_ROWS || owed.length > MAX_ROWS || taken.length > MAX_ROWS,
    };
  },
});

function todayFirst<T>(rows: readonly T[], atUtcOf: (row: T) => string, todayFromUtc: string): T[] {
  const byTime = rows.toSorted((a, b) => (atUtcOf(a) < atUtcOf(b) ? -1 : 1));
  const isToday = (row: T): boolean => atUtcOf(row) >= todayFromUtc;
  return [...byTime.filter(isToday), ...byTime.filter((row) => !isToday(row)).toReversed()];
}

const isDone = (visit: Encounter): boolean => ['review', 'completed'].includes(currentStep(visit).stage);

function owedInvoices(
  invoices: readonly Invoice[],
  voided: ReadonlySet<string | null>,
  payments: readonly Payment[],
): Array<{ invoice: Invoice; balanceMinor: number }> {
  const paidOn = new Map<string, number>();
  for (const one of payments) paidOn.set(one.invoiceId, (paidOn.get(one.invoiceId) ?? 0) + one.amountMinor);
  return invoices
    .filter((one) => one.voidsInvoiceId === null)
    .map((invoice) => ({
      invoice,
      balanceMinor: (voided.has(invoice.id) ? 0 : invoice.totalMinor) - (paidOn.get(invoice.id) ?? 0),
    }))
    .filter((one) => one.balanceMinor !== 0);
}

function namesFrom(reader: Reader): (patientId: string) => Promise<Name> {
  const known = new Map<string, Name>();
  return async (patientId) => {
    const before = known.get(patientId);
    if (before) return before;
    const patient = await reader.get<Patient>('patient', patientId);
    const name = patient ? displayName(patient) : { written: '', latin: '' };
    known.set(patientId, name);
    return name;
  };
}

async function unbilledRow(
  reader: Reader,
  visit: Encounter,
  names: (patientId: string) => Promise<Name>,
  rounding: 'half-up' | 'half-even',
): Promise<UnbilledRow> {
  let amountMinor = 0;
  let missingPrice = false;
  let first = '';
  for (const { serviceId, quantity } of visit.services) {
    const service = await reader.get<Service>('service', serviceId);
    first ||= service?.name ?? '';
    const line = service && lineOfService(service, quantity);
    if (line) amountMinor += workOutLine(line, rounding).grossMinor;
    else missingPrice = true;
  }
  const step = currentStep(visit);
  return {
    encounterId: visit.id,
    patientId: visit.patientId,
    name: await names(visit.patientId),
    service: first,
    more: visit.services.length - 1,
    practitioner: await userName(reader, visit.practitionerId),
    doneAtUtc: step.atUtc,
    stage: step.stage === 'completed' ? 'completed' : 'review',
    amountMinor,
    missingPrice,
  };
}
