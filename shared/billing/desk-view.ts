import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { coreScope, scheduleScopes } from '../kernel/scopes.ts';
import { addMinutes, dayBounds, daysBetween, localTime } from '../kernel/time.ts';
import { defineView } from '../kernel/view.ts';
import type { Location } from '../organizations/schema.ts';
import { displayName } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { currentStep } from '../waiting-room/schema.ts';
import { openInvoicesAt, UNCOUNTED_DAYS } from './balance-facts.ts';
import { holdsAll, reckoningOf, userName } from './bill-facts.ts';
import { lineOfService, standing, workOutLine } from './rules.ts';
import type { Invoice, Payment } from './schema.ts';

/** How far back visits without an invoice are looked for; what is owed is known however old it is. */
const DESK_DAYS = UNCOUNTED_DAYS;
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
  /** Money that came in today less what was given back; what credits paid is not in it. */
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
  kinds: ['encounter', 'invoice', 'payment', 'invoiceBalance', 'patient', 'service', 'location', 'user'],
  read: async (reader, { locationId }, { nowUtc }) => {
    const location = await reader.get<Location>('location', locationId);
    const reckoning = await reckoningOf(reader);
    if (!location || !reckoning) return null;
    const { day } = localTime(nowUtc, location.zone);
    const today = dayBounds(day, location.zone);
    const sinceUtc = addMinutes(today.fromUtc, -DESK_DAYS * 24 * 60);
    const range = { from: `${locationId}/${sinceUtc}`, to: `${locationId}/${today.toUtc}` };
    const done = todayFirst(await unbilledVisits(reader, range), (visit) => currentStep(visit).atUtc, today.fromUtc);
    const owed = todayFirst(await openInvoicesAt(reader, locationId, nowUtc), (one) => one.issuedAtUtc, today.fromUtc);
    const since = { from: `${locationId}/${today.fromUtc}`, to: range.to };
    const taken = (await reader.find<Payment>('payment', 'byTaken', since)).toReversed();
    const names = namesFrom(reader);
    const unbilled: UnbilledRow[] = [];
    for (const visit of done.slice(0, MAX_ROWS))
      unbilled.push(await unbilledRow(reader, visit, names, reckoning.rounding));
    const unpaid: UnpaidRow[] = [];
    for (const one of owed.slice(0, MAX_ROWS))
      unpaid.push({
        invoiceId: one.id,
        encounterId: one.encounterId,
        patientId: one.patientId,
        name: await names(one.patientId),
        number: one.number,
        issuedAtUtc: one.issuedAtUtc,
        daysOpen: daysBetween(localTime(one.issuedAtUtc, location.zone).day, day),
        balanceMinor: one.balanceMinor,
        paidMinor: one.paidMinor,
      });
    const paid: PaidRow[] = [];
    for (const one of taken.slice(0, MAX_ROWS))
      paid.push({
        paymentId: one.id,
        invoiceId: one.invoiceId,
        encounterId: (await reader.get<Invoice>('invoice', one.invoiceId))?.encounterId ?? null,
        patientId: one.patientId,
        name: await names(one.patientId),
        receiptNumber: one.receiptNumber,
        method: one.method,
        amountMinor: one.amountMinor,
        takenAtUtc: one.takenAtUtc,
      });
    const money = taken.filter((one) => one.method !== 'credit');
    return {
      held: await holdsAll(reader, [coreScope, ...scheduleScopes(locationId, sinceUtc, today.toUtc)]),
      day,
      zone: location.zone,
      currency: reckoning.currency,
      unbilled,
      unpaid,
      paid,
      takenTodayMinor: money.reduce((sum, one) => sum + one.amountMinor + one.cashRoundingMinor, 0),
      cut: done.length > MAX_ROWS || owed.length > MAX_ROWS || taken.length > MAX_ROWS,
    };
  },
});

/** Visits that are done and have services and no standing invoice. */
async function unbilledVisits(reader: Reader, range: { from: string; to: string }): Promise<Encounter[]> {
  const visits = await reader.find<Encounter>('encounter', 'byOpened', range);
  const unbilled: Encounter[] = [];
  for (const visit of visits) {
    if (!isDone(visit) || visit.services.length === 0) continue;
    const invoices = await reader.find<Invoice>('invoice', 'byEncounter', exactly(visit.id));
    if (!standing(invoices)) unbilled.push(visit);
  }
  return unbilled;
}

function todayFirst<T>(rows: readonly T[], atUtcOf: (row: T) => string, todayFromUtc: string): T[] {
  const byTime = rows.toSorted((a, b) => (atUtcOf(a) < atUtcOf(b) ? -1 : 1));
  const isToday = (row: T): boolean => atUtcOf(row) >= todayFromUtc;
  return [...byTime.filter(isToday), ...byTime.filter((row) => !isToday(row)).toReversed()];
}

const isDone = (visit: Encounter): boolean => ['review', 'completed'].includes(currentStep(visit).stage);

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
