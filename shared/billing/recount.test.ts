import { expect, it } from 'vitest';
import {
  cashier,
  createTills,
  id,
  K2,
  K3,
  KEMANG,
  KUNINGAN,
  Q1,
  refund,
  sell,
} from '../../test/world/cashier-world.ts';
import { createMemoryReader } from '../../test/world/memory-reader.ts';
import { recountDocuments } from '../desk/derive.ts';
import { law } from '../law.ts';
import type { DayClose } from './schema.ts';

const at = (clock: string): string => `2026-11-21T${clock}:00.000Z`;
const count = (expectedCashMinor: number, locationId = KEMANG) => ({
  locationId,
  day: '2026-11-21',
  countedCashMinor: expectedCashMinor,
  expectedCashMinor,
  note: '',
});

/** A day at three tills: sold, given back, voided, counted, and sold again. */
async function lived() {
  const world = createTills();
  const tills = [world.openStation(K2), world.openStation(K3), world.openStation(Q1)] as const;
  for (const [n, till] of tills.entries()) {
    const paid = await sell(till, 1_000 * (n + 1), at('02:00'));
    await sell(till, 200, at('02:30'));
    await till.done(cashier, 'billing/refund-payment', refund(paid.id, 100, { locationId: till.place.locationId }), {
      reason: 'part',
      atUtc: at('03:00'),
    });
    if (n > 0) await till.done(cashier, 'billing/void-invoice', { invoiceId: paid.invoiceId }, { reason: 'x' });
  }
  await tills[0].done(cashier, 'billing/close-day', count(1_100), { atUtc: at('04:00') });
  await sell(tills[0], 500, at('05:00'));
  await tills[2].done(cashier, 'billing/close-day', count(3_100, KUNINGAN), { atUtc: at('05:00') });
  await world.sync();
  return world;
}

it('counted anew, balances and drawers are what they became one set after another', async () => {
  const { server } = await lived();
  expect(await recountDocuments(law, server)).toEqual([]);
  const { invoiceBalance = [], drawer = [], ...facts } = server.everything();
  expect([invoiceBalance.length, drawer.length]).toEqual([3, 3]);
  const again = await recountDocuments(law, createMemoryReader(facts));
  const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
  const of = (kind: string) =>
    again.flatMap((one) => (one.kind === kind && one.after ? [one.after] : [])).toSorted(byId);
  expect(of('invoiceBalance')).toEqual(invoiceBalance.toSorted(byId));
  expect(of('drawer')).toEqual(drawer.toSorted(byId));
});

it('a count of law 1 counted its location up to its minute: what came before is counted, for the drawer that signed', async () => {
  const { server } = await lived();
  const { invoiceBalance: _balances, drawer: _drawers, dayClose = [], ...facts } = server.everything();
  const old = dayClose.map((one) => {
    const { drawer: _drawer, ...close } = one as DayClose;
    return { ...close, id: id(900), countedCashMinor: 3_200 };
  })[0];
  if (!old) throw new Error('no count');
  const again = await recountDocuments(law, createMemoryReader({ ...facts, dayClose: [old] }));
  const drawers = again.flatMap((one) => (one.kind === 'drawer' && one.after ? [one.after] : []));
  expect(drawers.find((one) => one['code'] === 'K2')).toMatchObject({
    openingCashMinor: 3_200,
    countedThrough: 3,
    uncounted: [{ count: 1, amountMinor: 500 }],
  });
  expect(drawers.find((one) => one['code'] === 'K3')).toMatchObject({ openingCashMinor: 0, uncounted: [] });
  expect(drawers.find((one) => one['code'] === 'Q1')).toMatchObject({ uncounted: [{ count: 3 }] });
});
