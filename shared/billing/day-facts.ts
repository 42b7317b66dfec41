/** What one day came to at a location, and what the drawer should hold: the same for the screen, the law and the paper. */
import type { Reader } from '../kernel/reader.ts';
import { dayBounds } from '../kernel/time.ts';
import type { Location, Organization } from '../organizations/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { currentStep } from '../waiting-room/schema.ts';
import { drawerMinor } from './rules.ts';
import type { DayClose, Invoice, Payment } from './schema.ts';

export const paymentMethods = ['cash', 'card', 'transfer'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

export type DayFigures = {
  day: string;
  zone: string;
  currency: string;
  appointments: DayClose['appointments'];
  /** Visits without a booking. */
  walkIns: number;
  /** Invoices issued, less those taken back. */
  revenueMinor: number;
  discountsMinor: number;
  taxesMinor: number;
  /** Given back, as a positive amount; `byMethod` is already less it. */
  refundsMinor: number;
  byMethod: Array<{ method: PaymentMethod; count: number; amountMinor: number }>;
  /** What the last close counted; zero when this drawer was never counted. */
  openingCashMinor: number;
  /** Cash in less cash given back since that count (without one: since the day began). */
  cashMovedMinor: number;
  expectedCashMinor: number;
  /** Signed counts of this day, oldest first. */
  closes: DayClose[];
  lastClose: DayClose | null;
};

/** The figures of a calendar day of a location; null where the location is not known here. */
export async function dayFigures(reader: Reader, locationId: string, day: string): Promise<DayFigures | null> {
  const location = await reader.get<Location>('location', locationId);
  const [organization] = await reader.find<Organization>('organization', 'all', { prefix: '' });
  if (!location || !organization) return null;
  const { fromUtc, toUtc } = dayBounds(day, location.zone);
  const within = { from: `${locationId}/${fromUtc}`, to: `${locationId}/${toUtc}` };
  const invoices = await reader.find<Invoice>('invoice', 'byIssued', within);
  const payments = await reader.find<Payment>('payment', 'byTaken', within);
  const lastClose = await lastCloseThrough(reader, locationId, day);
  const since = lastClose
    ? await reader.find<Payment>('payment', 'byTaken', {
        from: `${locationId}/${lastClose.closedAtUtc}`,
        to: `${locationId}/${toUtc}`,
      })
    : payments;
  const openingCashMinor = lastClose?.countedCashMinor ?? 0;
  const cashMovedMinor = sumOf(since, drawerMinor);
  const visits = await reader.find<Encounter>('encounter', 'byOpened', within);
  return {
    day,
    zone: location.zone,
    currency: organization.currency,
    appointments: countAppointments(await reader.find<Appointment>('appointment', 'byStart', within), visits),
    walkIns: visits.filter((visit) => visit.appointmentId === null).length,
    revenueMinor: sumOf(invoices, (one) => one.totalMinor),
    discountsMinor: sumOf(invoices, (one) => sumOf(one.lines, (line) => line.discountMinor)),
    taxesMinor: sumOf(invoices, (one) => sumOf(one.lines, (line) => line.taxMinor)),
    refundsMinor: -sumOf(payments, (one) => Math.min(0, one.amountMinor)) || 0,
    byMethod: paymentMethods.map((method) => {
      const own = payments.filter((one) => one.method === method);
      return { method, count: own.length, amountMinor: sumOf(own, (one) => one.amountMinor + one.cashRoundingMinor) };
    }),
    openingCashMinor,
    cashMovedMinor,
    expectedCashMinor: openingCashMinor + cashMovedMinor,
    closes: await reader.find<DayClose>('dayClose', 'byDay', { prefix: `${locationId}/${day}/` }),
    lastClose,
  };
}

async function lastCloseThrough(reader: Reader, locationId: string, day: string): Promise<DayClose | null> {
  // '0' follows '/', so the range ends after every close of the day itself.
  const range = { from: `${locationId}/`, to: `${locationId}/${day}0` };
  const [last] = await reader.find<DayClose>('dayClose', 'byDay', range, { reverse: true, limit: 1 });
  return last ?? null;
}

function countAppointments(
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
