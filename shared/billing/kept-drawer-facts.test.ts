import { describe, expect, it } from 'vitest';
import { createMemoryReader } from '../../test/world/memory-reader.ts';
import { clinicDocs, id, KEMANG, KUNINGAN, PATIENT } from '../../test/world/cashier-world.ts';
import { law } from '../law.ts';
import { deriveDocuments } from '../desk/derive.ts';
import type { Doc } from '../kernel/kind.ts';
import { addDays } from '../kernel/time.ts';
import { addEntry, byMethod, drawerState } from './drawer-facts.ts';
import type { Drawer } from './drawer-schema.ts';
import { drawerSchema } from './drawer-schema.ts';
import type { DaySum, Payment } from './schema.ts';

const payment = (counter: number, part: Partial<Payment> = {}): Payment => ({
  id: id(1000 + counter),
  receiptNumber: `K2-${String(counter).padStart(6, '0')}`,
  invoiceId: id(77),
  patientId: PATIENT,
  locationId: KEMANG,
  method: 'cash',
  amountMinor: 100,
  cashRoundingMinor: 0,
  tenderedMinor: 100,
  changeMinor: 0,
  currency: 'IDR',
  takenBy: id(51),
  takenAtUtc: `2026-11-21T03:${String(counter % 60).padStart(2, '0')}:00.000Z`,
  refundsPaymentId: null,
  reason: null,
  ...part,
});
const count = (afterNumber: number, throughNumber: number, countedCashMinor: number): Doc => ({
  id: id(2000 + throughNumber),
  locationId: KEMANG,
  closedAtUtc: '2026-11-21T10:00:00.000Z',
  day: '2026-11-21',
  countedCashMinor,
  drawer: { code: 'K2', afterNumber, throughNumber, late: [], others: [], creditMinor: 0 },
});

/** A server that takes documents one set after another, and its account of a drawer. */
function createServer() {
  const reader = createMemoryReader(clinicDocs());
  const take = async (...docs: Array<[string, Doc]>): Promise<void> => {
    const written = docs.map(([kind, after]) => ({ kind, id: after.id, before: null, after }));
    const derived = await deriveDocuments(law, reader, written);
    for (const one of [...written, ...derived]) if (one.after) reader.put(one.kind, one.after);
  };
  const account = async (locationId = KEMANG, code = 'K2'): Promise<Drawer> => {
    const [drawer] = await reader.find<Drawer>('drawer', 'byLocation', { prefix: `${locationId}/${code}` });
    return drawerSchema.parse(drawer);
  };
  return { reader, take, account };
}

describe('BILL-10: the server’s account of a drawer', () => {
  it('adds what comes in, by day and method, and begins anew with each count', async () => {
    const { take, account } = createServer();
    await take(['payment', payment(1)], ['payment', payment(2, { method: 'card' })]);
    await take(['payment', payment(3, { amountMinor: -30, refundsPaymentId: id(1001) })]);
    expect((await account()).uncounted).toEqual([
      { day: '2026-11-21', method: 'card', count: 1, amountMinor: 100, first: 2, last: 2 },
      { day: '2026-11-21', method: 'cash', count: 2, amountMinor: 70, first: 1, last: 3 },
    ]);
    await take(['dayClose', count(0, 3, 71)]);
    expect(await account()).toMatchObject({ openingCashMinor: 71, countedThrough: 3, uncounted: [], missing: [] });
  });

  it('a receipt that comes after others is missed until it comes; one that was counted meanwhile is not counted again', async () => {
    const { take, account } = createServer();
    await take(['payment', payment(1)], ['payment', payment(3)]);
    expect(await account()).toMatchObject({ seenThrough: 3, missing: [2] });
    await take(['payment', payment(2)]);
    expect(await account()).toMatchObject({ missing: [], uncounted: [{ count: 3, amountMinor: 300 }] });
    await take(['payment', payment(5)], ['dayClose', count(0, 5, 500)], ['payment', payment(4)]);
    expect(await account()).toMatchObject({ uncounted: [], missing: [], countedThrough: 5 });
  });

  it('a count that comes after what was taken after it leaves that uncounted; an older count changes nothing', async () => {
    const { take, account } = createServer();
    for (const counter of [1, 2, 3]) await take(['payment', payment(counter)]);
    await take(['dayClose', count(0, 2, 200)]);
    expect(await account()).toMatchObject({ openingCashMinor: 200, uncounted: [{ count: 1, first: 3, last: 3 }] });
    await take(['dayClose', count(0, 1, 1)]);
    expect(await account()).toMatchObject({ openingCashMinor: 200, countedThrough: 2 });
  });

  it('the server’s own series runs through the drawers of all locations: each has its own receipts', async () => {
    const { take, account, reader } = createServer();
    const own = (counter: number, locationId: string) =>
      payment(counter, { receiptNumber: `S1-00000${counter}`, locationId });
    await take(['payment', own(1, KEMANG)], ['payment', own(2, KUNINGAN)], ['payment', own(3, KEMANG)]);
    expect((await account(KEMANG, 'S1')).uncounted).toMatchObject([{ count: 2 }]);
    expect((await account(KUNINGAN, 'S1')).uncounted).toMatchObject([{ count: 1 }]);
    const state = await drawerState(reader, 'S1', { id: KEMANG, zone: 'Asia/Jakarta' });
    expect(state).toMatchObject({ value: { cashMinor: 200, throughNumber: 3 } });
  });

  it('an import’s receipts of another form are in no drawer', async () => {
    const { take, reader } = createServer();
    await take(['payment', payment(1, { receiptNumber: 'INV/2020/77' })]);
    expect(reader.everything()['drawer'] ?? []).toEqual([]);
  });
});

it('a drawer that nobody counts stays small: its oldest days become one, and nothing is lost', () => {
  let sums: DaySum[] = [];
  for (let n = 1; n <= 400; n++)
    sums = addEntry(sums, payment(n, { takenAtUtc: `${addDays('2025-01-01', n)}T03:00:00.000Z` }), 'UTC');
  expect(sums).toHaveLength(61);
  expect(sums[0]).toMatchObject({ day: '2025-01-02', count: 340, first: 1, last: 340 });
  expect(byMethod(sums)[0]).toEqual({ method: 'cash', count: 400, amountMinor: 40_000 });
});

it('of a credit that is used the part that pays is counted; it moves no cash', () => {
  const [out, paid] = [
    payment(1, { method: 'credit', amountMinor: -50 }),
    payment(2, { method: 'credit', amountMinor: 50 }),
  ];
  const sums = [out, paid].reduce<DaySum[]>((all, one) => addEntry(all, one, 'UTC'), []);
  expect(sums).toMatchObject([{ method: 'credit', count: 1, amountMinor: 50 }]);
});
