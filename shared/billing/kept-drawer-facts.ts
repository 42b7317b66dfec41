/** The account that the server keeps of each drawer (BILL-10). */
import type { ChangedDoc } from '../kernel/command.ts';
import type { Derivation } from '../kernel/derive.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { dayBounds } from '../kernel/time.ts';
import type { Location } from '../organizations/schema.ts';
import { receiptOf } from './drawer-facts.ts';
import type { Drawer } from './drawer-schema.ts';
import { newDrawer, recountDrawers, sumsBetween, withClose, withPayment } from './drawer-account-facts.ts';
import type { DayClose, DaySum, Payment } from './schema.ts';

const LAST = '~';

type Entry = { payment: Payment } | { close: DayClose; drawer: NonNullable<DayClose['drawer']> };
type Account = { code: string; locationId: string; entries: Entry[] };

/** Payments and counts that are being written, by the drawer that they are of, in the order in which they came. */
function touchedDrawers(written: readonly ChangedDoc[]): Account[] {
  const accounts = new Map<string, Account>();
  for (const { kind, before, after } of written) {
    if (before !== null || after === null) continue;
    const entry = entryOf(kind, after);
    if (!entry) continue;
    const code = 'payment' in entry ? receiptOf(entry.payment).code : entry.drawer.code;
    if (code === '') continue;
    const { locationId } = 'payment' in entry ? entry.payment : entry.close;
    const account = accounts.get(`${locationId}/${code}`) ?? { code, locationId, entries: [] };
    accounts.set(`${locationId}/${code}`, { ...account, entries: [...account.entries, entry] });
  }
  return [...accounts.values()];
}

function entryOf(kind: string, doc: object): Entry | undefined {
  if (kind === 'payment') return { payment: doc as Payment };
  if (kind !== 'dayClose') return undefined;
  const close = doc as DayClose;
  // A count of law 1 is of no drawer.
  return close.drawer && { close, drawer: close.drawer };
}

/** What a drawer's receipts above a counter come to: a count may come after payments that were taken after it. */
async function sumsAfter(reader: Reader, drawer: Drawer, throughNumber: number, zone: string): Promise<DaySum[]> {
  const oldest = drawer.uncounted[0];
  if (!oldest || drawer.seenThrough <= throughNumber) return [];
  const { fromUtc } = dayBounds(oldest.day, zone);
  const range = { from: `${drawer.locationId}/${fromUtc}`, to: `${drawer.locationId}/${LAST}` };
  const payments = await reader.find<Payment>('payment', 'byTaken', range);
  return sumsBetween(payments, drawer, throughNumber, zone);
}

async function keepAccount(after: Reader, { code, locationId, entries }: Account): Promise<Drawer | undefined> {
  const location = await after.get<Location>('location', locationId);
  const [first] = entries;
  if (!location || !first) return undefined;
  const madeBy = 'payment' in first ? first.payment.id : first.close.id;
  const [known] = await after.find<Drawer>('drawer', 'byLocation', exactly(`${locationId}/${code}`));
  let drawer = known ?? newDrawer(code, locationId, madeBy);
  for (const entry of entries) {
    if ('payment' in entry) {
      drawer = withPayment(drawer, entry.payment, location.zone);
      continue;
    }
    const { throughNumber } = entry.drawer;
    const left = await sumsAfter(after, drawer, throughNumber, location.zone);
    drawer = withClose(drawer, entry.close, throughNumber, left);
  }
  return drawer;
}

const derive: Derivation['derive'] = async (after, written) => {
  const kept = await Promise.all(touchedDrawers(written).map((one) => keepAccount(after, one)));
  return kept.flatMap((next) => (next ? [{ kind: 'drawer', id: next.id, next }] : []));
};

/** The account of each drawer that money went through or that was counted. */
export const drawers: Derivation = { derive, recount: recountDrawers };
