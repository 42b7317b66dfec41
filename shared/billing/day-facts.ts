/** What one day came to at a location: the same for the screen, the law and the printed document. */
import type { Known, Reader } from '../kernel/reader.ts';
import { exactly, known, unknown } from '../kernel/reader.ts';
import { scheduleScopes } from '../kernel/scopes.ts';
import { dayBounds } from '../kernel/time.ts';
import type { Location } from '../organizations/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { currentStep } from '../waiting-room/schema.ts';
import type { DayClose, Invoice, Payment } from './schema.ts';

export type DayFigures = {
  appointments: DayClose['appointments'];
  /** Visits without a booking. */
  walkIns: number;
  /** Invoices issued, less those taken back. */
  revenueMinor: number;
  discountsMinor: number;
  taxesMinor: number;
  /** Given back, as a positive amount. */
  refundsMinor: number;
};

type Range = { fromUtc: string; toUtc: string };

/** The figures of a calendar day of a location; unknown while this station does not hold all of it. */
export async function dayFigures(
  reader: Reader,
  location: Pick<Location, 'id' | 'zone'>,
  day: string,
): Promise<Known<DayFigures>> {
  const { fromUtc, toUtc } = dayBounds(day, location.zone);
  for (const scope of scheduleScopes(location.id, fromUtc, toUtc))
    if ((await reader.holds(scope)) !== 'held') return unknown(scope);
  return known(await figuresWithin(reader, location.id, { fromUtc, toUtc }));
}

/** The same figures between two instants, of what is here. */
export async function figuresWithin(
  reader: Reader,
  locationId: string,
  { fromUtc, toUtc }: Range,
): Promise<DayFigures> {
  const within = { from: `${locationId}/${fromUtc}`, to: `${locationId}/${toUtc}` };
  const invoices = await withoutSecondVoids(reader, await reader.find<Invoice>('invoice', 'byIssued', within));
  const payments = await reader.find<Payment>('payment', 'byTaken', within);
  const visits = await reader.find<Encounter>('encounter', 'byOpened', within);
  return {
    appointments: countAppointments(await reader.find<Appointment>('appointment', 'byStart', within), visits),
    walkIns: visits.filter((visit) => visit.appointmentId === null).length,
    revenueMinor: sumOf(invoices, (one) => one.totalMinor),
    discountsMinor: sumOf(invoices, (one) => sumOf(one.lines, (line) => line.discountMinor)),
    taxesMinor: sumOf(invoices, (one) => sumOf(one.lines, (line) => line.taxMinor)),
    refundsMinor: -sumOf(payments, (one) => (one.refundsPaymentId ? one.amountMinor : 0)) || 0,
  };
}

/** Two places that were apart may void one invoice twice: both entries stand, and its amount is taken off once. */
async function withoutSecondVoids(reader: Reader, invoices: readonly Invoice[]): Promise<Invoice[]> {
  const counted: Invoice[] = [];
  for (const one of invoices) {
    const voids = one.voidsInvoiceId
      ? await reader.find<Invoice>('invoice', 'byVoided', exactly(one.voidsInvoiceId))
      : [one];
    const keyOf = (entry: Invoice): string => `${entry.issuedAtUtc} ${entry.id}`;
    const [first] = voids.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    if (!first || first.id === one.id) counted.push(one);
  }
  return counted;
}

/** How the bookings of a day went. */
export function countAppointments(
  appointments: readonly Appointment[],
  visits: readonly Encounter[],
): DayClose['appointments'] {
  const completed = visits.filter((visit) => currentStep(visit).stage === 'completed').length;
  const inState = (status: Appointment['status']): number => appointments.filter((one) => one.status === status).length;
  return { booked: inState('booked'), completed, cancelled: inState('cancelled'), noShow: inState('no_show') };
}

function sumOf<T>(list: readonly T[], amountOf: (one: T) => number): number {
  return list.reduce((sum, one) => sum + amountOf(one), 0);
}
