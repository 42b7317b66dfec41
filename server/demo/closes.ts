/** The counts of past days: each location counted the drawer of its evening, as a clinic that closes its day. */
import { countAppointments } from '../../shared/billing/day-facts.ts';
import { addEntry, byMethod, cashIn, receiptOf } from '../../shared/billing/drawer-facts.ts';
import type { DayClose, DaySum, Payment } from '../../shared/billing/schema.ts';
import { derivedId } from '../../shared/kernel/id.ts';
import { addMinutes, localTime } from '../../shared/kernel/time.ts';
import type { Location } from '../../shared/organizations/schema.ts';
import type { Bill } from './bills.ts';
import type { Outcome } from './visits.ts';

export type CloseMaker = {
  currency: string;
  cashierId: string;
  /** The station whose series the demo's receipts are of. */
  stationId: string;
  nowUtc: string;
};

/** One count a day and location, of every day before today that took money. */
export function makeCloses(
  maker: CloseMaker,
  locations: readonly Location[],
  { bills, outcomes }: { bills: readonly Bill[]; outcomes: readonly Outcome[] },
): DayClose[] {
  return locations.flatMap((location) => {
    const here = <T extends { locationId: string }>(one: T | null): T[] =>
      one?.locationId === location.id ? [one] : [];
    const today = localTime(maker.nowUtc, location.zone).day;
    const payments = Map.groupBy(
      bills.flatMap(({ payment }) => here(payment)),
      (one) => localTime(one.takenAtUtc, location.zone).day,
    );
    const invoices = bills.flatMap(({ invoice }) => here(invoice));
    const appointments = outcomes.flatMap(({ appointment }) => here(appointment));
    const visits = outcomes.flatMap(({ encounter }) => here(encounter));
    const days = [...payments.keys()].filter((day) => day < today).toSorted();
    let before: DayClose | undefined;
    return days.map((day) => {
      const isOn = (atUtc: string): boolean => localTime(atUtc, location.zone).day === day;
      const onDay = {
        appointments: countAppointments(
          appointments.filter((one) => isOn(one.startsAtUtc)),
          visits.filter((one) => isOn(one.openedAtUtc)),
        ),
        revenueMinor: invoices.filter((one) => isOn(one.issuedAtUtc)).reduce((total, one) => total + one.totalMinor, 0),
      };
      before = countDay(maker, { location, day, payments: payments.get(day) ?? [], onDay, before });
      return before;
    });
  });
}

type Evening = {
  location: Location;
  day: string;
  payments: readonly Payment[];
  onDay: Pick<DayClose, 'appointments' | 'revenueMinor'>;
  before: DayClose | undefined;
};

/** A count that is right: what lies in the drawer is what went through it. */
function countDay(maker: CloseMaker, { location, day, payments, onDay, before }: Evening): DayClose {
  const sums = payments.reduce<DaySum[]>((all, one) => addEntry(all, one, location.zone), []);
  const last = payments.toSorted((a, b) => (a.takenAtUtc < b.takenAtUtc ? -1 : 1)).at(-1);
  if (!last) throw new Error('a day without a payment is not counted');
  const openingCashMinor = before?.countedCashMinor ?? 0;
  const cashMinor = openingCashMinor + cashIn(sums);
  return {
    id: derivedId(last.id, 4),
    locationId: location.id,
    stationId: maker.stationId,
    day,
    closedAtUtc: addMinutes(last.takenAtUtc, 25),
    closedBy: maker.cashierId,
    currency: maker.currency,
    openingCashMinor,
    expectedCashMinor: cashMinor,
    countedCashMinor: cashMinor,
    byMethod: byMethod(sums),
    ...onDay,
    note: '',
    drawer: {
      code: receiptOf(last).code,
      afterNumber: before?.drawer?.throughNumber ?? 0,
      throughNumber: Math.max(...payments.map((one) => receiptOf(one).counter)),
      late: [],
      others: [],
      creditMinor: 0,
    },
  };
}
