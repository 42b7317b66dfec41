/** What lies in the drawer of a station, and what of it no count has counted (BILL-10). */
import type { Known, Reader } from '../kernel/reader.ts';
import { exactly, known, unknown } from '../kernel/reader.ts';
import { coreScope } from '../kernel/scopes.ts';
import { addDays, addMinutes, localTime } from '../kernel/time.ts';
import type { Location } from '../organizations/schema.ts';
import type { Drawer } from './drawer-schema.ts';
import type { DayClose, DaySum, Payment, PaymentMethod } from './schema.ts';
import { paymentMethodSchema } from './schema.ts';

/** How many days stand one by one in a drawer that is never counted. */
const DAYS_APART = 60;
const DAY_MIN = 24 * 60;
/** Sorts after every key of a location. */
const LAST = '~';

/**
 * The drawer of a payment and its place in it: a receipt's number begins with the code of the station that gave it. One of another
 * form (an import) is of no drawer: its counter is 0.
 */
export function receiptOf({ receiptNumber }: Pick<Payment, 'receiptNumber'>): { code: string; counter: number } {
  const found = /^(\w{1,10})-(\d{1,9})$/.exec(receiptNumber);
  return { code: found?.[1] ?? '', counter: Number(found?.[2] ?? 0) };
}

/** The number that is printed on a receipt of a drawer. */
export const receiptNumberOf = (code: string, counter: number): string => `${code}-${String(counter).padStart(6, '0')}`;

/** An entry added to what went through a drawer; of a credit that is used, the part that pays is counted. */
export function addEntry(sums: readonly DaySum[], payment: Payment, zone: string): DaySum[] {
  const { method, amountMinor, cashRoundingMinor, takenAtUtc } = payment;
  if (method === 'credit' && amountMinor < 0) return [...sums];
  const { counter } = receiptOf(payment);
  const { day } = localTime(takenAtUtc, zone);
  const entry = { day, method, count: 1, amountMinor: amountMinor + cashRoundingMinor, first: counter, last: counter };
  return foldOldDays(joinSums([...sums, entry]));
}

/** One sum per day and method, the oldest day first. */
function joinSums(sums: readonly DaySum[]): DaySum[] {
  const joined = new Map<string, DaySum>();
  for (const one of sums) {
    const key = `${one.day} ${one.method}`;
    const before = joined.get(key);
    joined.set(
      key,
      before
        ? {
            ...before,
            count: before.count + one.count,
            amountMinor: before.amountMinor + one.amountMinor,
            first: Math.min(before.first, one.first),
            last: Math.max(before.last, one.last),
          }
        : one,
    );
  }
  const keyOf = (one: DaySum): string => `${one.day} ${one.method}`;
  return [...joined.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Where many days are uncounted, all but the newest stand as the oldest: a drawer that nobody counts stays small. */
function foldOldDays(sums: readonly DaySum[]): DaySum[] {
  const days = [...new Set(sums.map((one) => one.day))];
  const oldest = days[0];
  const from = days.at(-DAYS_APART);
  if (!oldest || !from || days.length <= DAYS_APART) return [...sums];
  return joinSums(sums.map((one) => (one.day < from ? { ...one, day: oldest } : one)));
}

/** How a drawer stands at a station: the server's account of it with what is here beside it. */
export type DrawerState = Pick<
  Drawer,
  'code' | 'openingCashMinor' | 'countedThrough' | 'closeId' | 'closedAtUtc' | 'uncounted'
> & {
  /** The newest receipt of it. */
  throughNumber: number;
  /** What should lie in it. */
  cashMinor: number;
};

const empty: Pick<Drawer, 'openingCashMinor' | 'countedThrough' | 'closeId' | 'closedAtUtc' | 'uncounted'> = {
  openingCashMinor: 0,
  countedThrough: 0,
  closeId: null,
  closedAtUtc: null,
  uncounted: [],
};

export const cashIn = (sums: readonly DaySum[]): number =>
  sums.filter((one) => one.method === 'cash').reduce((total, one) => total + one.amountMinor, 0);

/** What went through by method, every method named. */
export const byMethod = (
  sums: readonly DaySum[],
): Array<{ method: PaymentMethod; count: number; amountMinor: number }> =>
  paymentMethodSchema.options.map((method) => {
    const own = sums.filter((one) => one.method === method);
    const total = (of: (one: DaySum) => number): number => own.reduce((sum, one) => sum + of(one), 0);
    return { method, count: total((one) => one.count), amountMinor: total((one) => one.amountMinor) };
  });

/** A drawer, the server's account with what this station did since; unknown until the account has been loaded. */
export async function drawerState(
  reader: Reader,
  code: string,
  location: Pick<Location, 'id' | 'zone'>,
): Promise<Known<DrawerState>> {
  if ((await reader.holds(coreScope)) !== 'held') return unknown(coreScope);
  const [account] = await reader.find<Drawer>('drawer', 'byLocation', exactly(`${location.id}/${code}`));
  const newer = await newerClose(reader, code, location.id, account);
  const base = newer ?? account ?? empty;
  const isBeside = ({ counter }: { counter: number }): boolean =>
    counter > base.countedThrough &&
    (newer !== undefined || !account || counter > account.seenThrough || account.missing.includes(counter));
  const beside = (await paymentsSince(reader, location.id, account)).filter((one) => {
    const receipt = receiptOf(one);
    return receipt.code === code && isBeside(receipt);
  });
  const uncounted = beside.reduce<DaySum[]>((sums, one) => addEntry(sums, one, location.zone), base.uncounted);
  const { openingCashMinor, countedThrough, closeId, closedAtUtc } = base;
  const counters = beside.map((one) => receiptOf(one).counter);
  return known({
    code,
    openingCashMinor,
    countedThrough,
    closeId,
    closedAtUtc,
    uncounted,
    throughNumber: Math.max(countedThrough, newer ? 0 : (account?.seenThrough ?? 0), ...counters),
    cashMinor: openingCashMinor + cashIn(uncounted),
  });
}

/** Payments of the location from shortly before the newest that the server's account has; all where something is missing in it. */
function paymentsSince(reader: Reader, locationId: string, account: Drawer | undefined) {
  const fromUtc =
    account?.lastTakenAtUtc && account.missing.length === 0 ? addMinutes(account.lastTakenAtUtc, -DAY_MIN) : '';
  return reader.find<Payment>('payment', 'byTaken', {
    from: `${locationId}/${fromUtc}`,
    to: `${locationId}/${LAST}`,
  });
}

/** A count of this station that the server's account does not have yet. */
async function newerClose(reader: Reader, code: string, locationId: string, account: Drawer | undefined) {
  const fromDay = account?.closedAtUtc ? addDays(account.closedAtUtc.slice(0, 10), -2) : '';
  const closes = await reader.find<DayClose>('dayClose', 'byDay', {
    from: `${locationId}/${fromDay}`,
    to: `${locationId}/${LAST}`,
  });
  const [newest] = closes
    .flatMap((one) =>
      one.drawer?.code === code && one.id !== account?.closeId
        ? [
            {
              ...empty,
              openingCashMinor: one.countedCashMinor,
              countedThrough: one.drawer.throughNumber,
              closeId: one.id,
              closedAtUtc: one.closedAtUtc,
            },
          ]
        : [],
    )
    .toSorted((a, b) => b.countedThrough - a.countedThrough || (a.closedAtUtc > b.closedAtUtc ? -1 : 1));
  if (!newest) return undefined;
  const isNewer =
    newest.countedThrough > (account?.countedThrough ?? -1) ||
    (newest.countedThrough === account?.countedThrough && newest.closedAtUtc > (account.closedAtUtc ?? ''));
  return isNewer ? newest : undefined;
}

/** Drawers of a location other than one's own through which something went that no count has counted. */
export async function otherDrawers(reader: Reader, locationId: string, code: string): Promise<OtherDrawer[]> {
  const drawers = await reader.find<Drawer>('drawer', 'byLocation', { prefix: `${locationId}/` });
  return drawers.flatMap(({ uncounted, openingCashMinor, ...one }) => {
    const first = uncounted[0];
    if (one.code === code || !first) return [];
    const count = uncounted.reduce((sum, each) => sum + each.count, 0);
    return [{ code: one.code, count, cashMinor: openingCashMinor + cashIn(uncounted), sinceDay: first.day }];
  });
}
export type OtherDrawer = { code: string; count: number; cashMinor: number; sinceDay: string };
