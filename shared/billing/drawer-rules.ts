/** BILL-10 over a whole store: every payment is in exactly one count of its drawer, or in none yet. */
import { cashIn, addEntry, receiptOf } from './drawer-facts.ts';
import type { DayClose, DaySum, Payment } from './schema.ts';

export type DrawerFault = {
  fault: 'counted-twice' | 'left-out' | 'opening' | 'expected';
  /** `K2` at which location. */
  code: string;
  locationId: string;
  /** The payment or the count that is wrong. */
  id: string;
};

type Count = { close: DayClose; after: number; through: number };

/**
 * What is wrong with the drawers of a store that has caught up: a receipt in two counts or passed over by all, a count that does not
 * start from the one before it, one whose expected cash is not what its receipts come to. Counts of law 1 are not looked at.
 */
export function checkDrawers(payments: readonly Payment[], closes: readonly DayClose[]): DrawerFault[] {
  const drawerOf = (locationId: string, code: string): string => `${locationId}/${code}`;
  const counted = closes.flatMap((close): Count[] =>
    close.drawer ? [{ close, after: close.drawer.afterNumber, through: close.drawer.throughNumber }] : [],
  );
  const countsOf = Map.groupBy(counted, ({ close }) => drawerOf(close.locationId, close.drawer?.code ?? ''));
  const paymentsOf = Map.groupBy(payments, (one) => drawerOf(one.locationId, receiptOf(one).code));
  return [...countsOf].flatMap(([key, counts]) => {
    const inOrder = counts.toSorted(
      (a, b) => a.through - b.through || (a.close.closedAtUtc < b.close.closedAtUtc ? -1 : 1),
    );
    return checkDrawer(inOrder, paymentsOf.get(key) ?? []);
  });
}

function checkDrawer(counts: readonly Count[], payments: readonly Payment[]): DrawerFault[] {
  const [first] = counts;
  const last = counts.at(-1);
  if (!first || !last) return [];
  const { locationId } = first.close;
  const code = first.close.drawer?.code ?? '';
  const faulty = (fault: DrawerFault['fault'], id: string): DrawerFault => ({ fault, code, locationId, id });
  const ofPayments = payments.flatMap((payment) => {
    const { counter } = receiptOf(payment);
    const times = counts.filter((one) => counter > one.after && counter <= one.through).length;
    if (times > 1) return [faulty('counted-twice', payment.id)];
    return times === 0 && counter > first.after && counter <= last.through ? [faulty('left-out', payment.id)] : [];
  });
  const ofCounts = counts.flatMap((count, at) => {
    const before = counts[at - 1];
    const { close } = count;
    if (before && before.close.countedCashMinor !== close.openingCashMinor) return [faulty('opening', close.id)];
    const sums = payments
      .filter((one) => receiptOf(one).counter > count.after && receiptOf(one).counter <= count.through)
      .reduce<DaySum[]>((all, one) => addEntry(all, one, 'UTC'), []);
    return close.expectedCashMinor === close.openingCashMinor + cashIn(sums) ? [] : [faulty('expected', close.id)];
  });
  return [...ofPayments, ...ofCounts];
}
