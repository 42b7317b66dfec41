/** The arithmetic of a drawer's account (BILL-10): one entry after another, or all of them at once. */
import type { Draft } from '../kernel/command.ts';
import { derivedId } from '../kernel/id.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Location } from '../organizations/schema.ts';
import type { Station } from '../stations/schema.ts';
import { addEntry, receiptOf } from './drawer-facts.ts';
import type { Drawer } from './drawer-schema.ts';
import type { DayClose, DaySum, Payment } from './schema.ts';

const MOST_MISSING = 50;

/** A drawer through which nothing has gone yet; its id follows from the document that makes it. */
export const newDrawer = (code: string, locationId: string, madeBy: string): Drawer => ({
  id: derivedId(madeBy, 3),
  code,
  locationId,
  openingCashMinor: 0,
  countedThrough: 0,
  closeId: null,
  closedAtUtc: null,
  seenThrough: 0,
  missing: [],
  lastTakenAtUtc: null,
  uncounted: [],
});

/** A payment that came to the server: a receipt that a count has gone past was in the drawer when it was counted. */
export function withPayment(drawer: Drawer, payment: Payment, zone: string): Drawer {
  const { counter } = receiptOf(payment);
  const begins = drawer.seenThrough === 0 ? counter : drawer.seenThrough + 1;
  const skipped = Array.from(
    { length: Math.max(0, Math.min(counter - begins, MOST_MISSING)) },
    (_, at) => counter - 1 - at,
  );
  const missing = [...drawer.missing.filter((one) => one !== counter), ...skipped.toReversed()].slice(-MOST_MISSING);
  const isNewest = drawer.lastTakenAtUtc === null || payment.takenAtUtc > drawer.lastTakenAtUtc;
  return {
    ...drawer,
    seenThrough: Math.max(drawer.seenThrough, counter),
    missing,
    lastTakenAtUtc: isNewest ? payment.takenAtUtc : drawer.lastTakenAtUtc,
    uncounted: counter > drawer.countedThrough ? addEntry(drawer.uncounted, payment, zone) : drawer.uncounted,
  };
}

/** A count that came to the server; `left` is what went through the drawer after it, as far as the server has it. */
export function withClose(drawer: Drawer, close: DayClose, throughNumber: number, left: readonly DaySum[]): Drawer {
  if (throughNumber < drawer.countedThrough) return drawer;
  return {
    ...drawer,
    openingCashMinor: close.countedCashMinor,
    countedThrough: throughNumber,
    closeId: close.id,
    closedAtUtc: close.closedAtUtc,
    missing: drawer.missing.filter((one) => one > throughNumber),
    uncounted: [...left],
  };
}

/** The accounts of all drawers from everything that is there. A count of law 1 counted its whole location up to its minute. */
export async function recountDrawers(reader: Reader): Promise<Draft[]> {
  const all = { prefix: '' };
  const stations = await reader.find<Station>('station', 'all', all);
  const codeOf = (stationId: string): string => stations.find((one) => one.id === stationId)?.code ?? '';
  const drafts: Draft[] = [];
  for (const { id, zone } of await reader.find<Location>('location', 'all', all)) {
    const payments = await reader.find<Payment>('payment', 'byTaken', { prefix: `${id}/` });
    const closes = await reader.find<DayClose>('dayClose', 'byDay', { prefix: `${id}/` });
    const kept = recountLocation({ payments, closes, zone, codeOf });
    for (const next of kept.values()) drafts.push({ kind: 'drawer', id: next.id, next });
  }
  return drafts;
}

type LocationEntries = {
  payments: readonly Payment[];
  closes: readonly DayClose[];
  zone: string;
  codeOf: (stationId: string) => string;
};

function recountLocation({ payments, closes, zone, codeOf }: LocationEntries): Map<string, Drawer> {
  const kept = new Map<string, Drawer>();
  const inOrder = [
    ...payments.map((payment) => ({ atUtc: payment.takenAtUtc, payment })),
    ...closes.map((close) => ({ atUtc: close.closedAtUtc, close })),
  ].toSorted((a, b) => (a.atUtc < b.atUtc ? -1 : a.atUtc > b.atUtc ? 1 : 0));
  const put = (code: string, locationId: string, madeBy: string, change: (drawer: Drawer) => Drawer): void => {
    if (code !== '') kept.set(code, change(kept.get(code) ?? newDrawer(code, locationId, madeBy)));
  };
  for (const entry of inOrder) {
    if ('payment' in entry) {
      const { payment } = entry;
      put(receiptOf(payment).code, payment.locationId, payment.id, (one) => withPayment(one, payment, zone));
      continue;
    }
    const { close } = entry;
    if (close.drawer) {
      const { code, throughNumber } = close.drawer;
      put(code, close.locationId, close.id, (one) =>
        withClose(one, close, throughNumber, sumsBetween(payments, one, throughNumber, zone)),
      );
      continue;
    }
    for (const [code, one] of kept)
      kept.set(code, { ...withClose(one, close, one.seenThrough, []), openingCashMinor: 0 });
    put(codeOf(close.stationId), close.locationId, close.id, (one) => withClose(one, close, one.seenThrough, []));
  }
  return kept;
}

/** What a drawer's receipts above a counter come to, as far as its account has them. */
export function sumsBetween(
  payments: readonly Payment[],
  drawer: Pick<Drawer, 'code' | 'seenThrough'>,
  throughNumber: number,
  zone: string,
): DaySum[] {
  return payments
    .filter((one) => {
      const { code, counter } = receiptOf(one);
      return code === drawer.code && counter > throughNumber && counter <= drawer.seenThrough;
    })
    .reduce<DaySum[]>((sums, one) => addEntry(sums, one, zone), []);
}
