import { describe, expect, it } from 'vitest';
import type { ApartStation } from '../../test/world/apart-world.ts';
import { flagsOf } from '../../test/world/apart-world.ts';
import { bill, cashier, createTills, K2, K3, KEMANG, pay, refund, sell } from '../../test/world/cashier-world.ts';
import type { ChangeSet } from '../kernel/change-set.ts';
import type { Doc } from '../kernel/kind.ts';
import { drawerState } from './drawer-facts.ts';
import { checkDrawers } from './drawer-rules.ts';
import type { DayClose, Payment } from './schema.ts';

const at = (clock: string, day = '2026-11-21'): string => `${day}T${clock}:00.000Z`;
const count = (expectedCashMinor: number, part: object = {}) => ({
  locationId: KEMANG,
  day: '2026-11-21',
  countedCashMinor: expectedCashMinor,
  expectedCashMinor,
  note: '',
  ...part,
});
const close = (till: ApartStation, input: object, atUtc: string): Promise<DayClose> =>
  till.done<DayClose>(cashier, 'billing/close-day', input, { atUtc });
const codesOf = (outcome: Awaited<ReturnType<ApartStation['give']>>): string[] =>
  outcome.ok ? [] : outcome.error.map((one) => one.code);
const faults = (world: ReturnType<typeof createTills>) => {
  const { payment = [], dayClose = [] } = world.server.everything();
  return checkDrawers(payment as Payment[], dayClose as DayClose[]);
};
const kemang = { id: KEMANG, zone: 'Asia/Jakarta' };

describe('BILL-6: what is signed', () => {
  it('the counted cash and the note are the person’s, all other figures the law’s', async () => {
    const till = createTills().openStation(K2);
    await sell(till, 50_000, at('03:00'));
    const card = await till.done(cashier, 'billing/issue-invoice', bill(20_000), { atUtc: at('04:00') });
    await till.done(cashier, 'billing/take-payment', pay(card.id, 20_000), { atUtc: at('04:00') });
    const lies = { openingCashMinor: 7, byMethod: [], revenueMinor: 7, currency: 'USD' };
    expect(await close(till, count(50_000, lies), at('10:00'))).toMatchObject({
      currency: 'IDR',
      openingCashMinor: 0,
      expectedCashMinor: 50_000,
      revenueMinor: 70_000,
      appointments: { booked: 0, completed: 1, cancelled: 0, noShow: 0 },
      byMethod: [
        { method: 'cash', count: 1, amountMinor: 50_000 },
        { method: 'card', count: 1, amountMinor: 20_000 },
        { method: 'transfer', count: 0 },
        { method: 'credit', count: 0 },
      ],
      drawer: { code: 'K2', afterNumber: 0, throughNumber: 2, late: [], others: [], creditMinor: 0 },
    });
  });

  it('a difference needs a note; what was shown must still stand; only today, or yesterday over midnight', async () => {
    const till = createTills().openStation(K2);
    await sell(till, 50_000, at('03:00'));
    const give = async (input: object, atUtc = at('10:00')): Promise<string[]> =>
      codesOf(await till.give(cashier, 'billing/close-day', input, { atUtc }));
    expect(await give(count(50_000, { countedCashMinor: 49_000 }))).toEqual(['difference-needs-note']);
    expect(await give(count(40_000))).toEqual(['figures-changed']);
    expect(await give(count(50_000, { day: '2026-11-20' }), at('10:00', '2026-11-22'))).toEqual(['other-day']);
    expect(await give(count(50_000, { day: '2026-11-22' }))).toEqual(['other-day']);
    expect(await give(count(50_000), at('18:00'))).toEqual([]);
  });

  it.each<[string, (after: Record<string, unknown>) => void]>([
    ['byMethod', (after) => (after['byMethod'] = [])],
    ['appointments', (after) => (after['appointments'] = { booked: 9, completed: 9, cancelled: 0, noShow: 0 })],
    ['openingCash', (after) => (after['openingCashMinor'] = 10_000)],
    ['expectedCash', (after) => (after['expectedCashMinor'] = 0)],
    ['currency', (after) => (after['currency'] = 'USD')],
    ['revenue', (after) => (after['revenueMinor'] = 0)],
    ['drawer', (after) => Object.assign(after['drawer'] as object, { throughNumber: 0 })],
    ['place', (after) => (after['locationId'] = K3.id)],
  ])('a forged %s is not what the law makes', async (_what, change) => {
    const world = createTills();
    const till = world.openStation(K2);
    await sell(till, 50_000, at('03:00'));
    await world.sync();
    await close(till, count(50_000), at('10:00'));
    till.tamper((set: ChangeSet) => {
      const after = set.patches[0]?.units['close']?.after;
      if (after) change(after);
    });
    expect((await world.sync())[0]?.verdict).toMatchObject({ result: 'held', why: 'not-what-the-law-makes' });
    expect(world.server.everything()['dayClose'] ?? []).toEqual([]);
  });

  it('a station that does not hold the day does not close it', async () => {
    const till = createTills().openStation(K2);
    till.reader.setHolding(`schedule/${KEMANG}/2026-11`, 'loading');
    expect(codesOf(await till.give(cashier, 'billing/close-day', count(0)))).toEqual(['ask-server']);
  });
});

describe('BILL-10: each station’s drawer is its own', () => {
  it('cash taken offline at 17:00, the day closed elsewhere at 17:30, synced at 18:00: in exactly one count, named as late', async () => {
    const world = createTills();
    const [here, away] = [world.openStation(K2), world.openStation(K3)];
    await sell(here, 10_000, at('03:00'));
    await sell(away, 70_000, at('10:00'));
    const first = await close(here, count(10_000), at('10:30'));
    expect(first).toMatchObject({ expectedCashMinor: 10_000, drawer: { others: [] } });
    await world.sync();
    expect(faults(world)).toEqual([]);
    expect(await drawerState(world.server, 'K3', kemang)).toMatchObject({ value: { cashMinor: 70_000 } });
    const next = { day: '2026-11-22', note: '' };
    const own = await close(here, count(10_000, next), at('10:30', '2026-11-22'));
    expect(own.drawer).toMatchObject({
      late: [],
      others: [{ code: 'K3', count: 1, cashMinor: 70_000, sinceDay: '2026-11-21' }],
    });
    const late = await close(away, count(70_000, next), at('11:00', '2026-11-22'));
    expect(late).toMatchObject({
      expectedCashMinor: 70_000,
      drawer: { late: [{ day: '2026-11-21', method: 'cash', count: 1, amountMinor: 70_000, first: 1, last: 1 }] },
    });
    expect((await world.sync()).flatMap(flagsOf)).toEqual([]);
    expect(faults(world)).toEqual([]);
  });

  it('a count starts from the one before it and counts only what came after', async () => {
    const world = createTills();
    const till = world.openStation(K2);
    const paid = await sell(till, 50_000, at('03:00'));
    await close(till, count(50_000, { countedCashMinor: 49_000, note: '1,000 missing' }), at('05:00'));
    await world.sync();
    await sell(till, 8_000, at('06:00'));
    await till.done(cashier, 'billing/refund-payment', refund(paid.id, 5_000), { reason: 'part', atUtc: at('07:00') });
    const second = await close(till, count(52_000), at('08:00'));
    expect(second).toMatchObject({
      openingCashMinor: 49_000,
      expectedCashMinor: 52_000,
      drawer: { afterNumber: 1, throughNumber: 3 },
    });
    await world.sync();
    expect(await drawerState(till.reader, 'K2', kemang)).toMatchObject({
      value: { cashMinor: 52_000, uncounted: [], countedThrough: 3 },
    });
    expect(faults(world)).toEqual([]);
  });

  it('what was counted offline stays counted when it comes to the server, in one go or after the count', async () => {
    const world = createTills();
    const till = world.openStation(K2);
    await sell(till, 1_000, at('03:00'));
    await close(till, count(1_000), at('03:30'));
    await sell(till, 2_000, at('04:00'));
    expect(await drawerState(till.reader, 'K2', kemang)).toMatchObject({ value: { cashMinor: 3_000 } });
    await world.sync();
    const [account] = world.server.everything()['drawer'] ?? [];
    expect(account).toMatchObject({ openingCashMinor: 1_000, countedThrough: 1, seenThrough: 2, missing: [] });
    expect(await drawerState(till.reader, 'K2', kemang)).toMatchObject({ value: { cashMinor: 3_000 } });
    expect(faults(world)).toEqual([]);
  });

  it('the count names the credits that stand at the location', async () => {
    const till = createTills().openStation(K2);
    const paid = await sell(till, 9_000, at('03:00'));
    await till.done(
      cashier,
      'billing/void-invoice',
      { invoiceId: paid.invoiceId },
      { reason: 'x', atUtc: at('04:00') },
    );
    expect((await close(till, count(9_000), at('05:00'))).drawer).toMatchObject({ creditMinor: 9_000 });
  });
});

it('checkDrawers finds a receipt in two counts or none, a false start and a false sum', async () => {
  const world = createTills();
  const till = world.openStation(K2);
  for (const clock of ['03:00', '04:00', '05:00']) await sell(till, 1_000, at(clock));
  await close(till, count(3_000), at('06:00'));
  await sell(till, 1_000, at('07:00'));
  await close(till, count(4_000), at('08:00'));
  await world.sync();
  const payments = (world.server.everything()['payment'] ?? []) as Payment[];
  const [first, second] = (world.server.everything()['dayClose'] ?? []) as DayClose[];
  if (!first?.drawer || !second?.drawer) throw new Error('no closes');
  const found = (one: DayClose, two: DayClose): string[] =>
    checkDrawers(payments, [one, two]).map(({ fault }) => fault);
  const bent = (one: DayClose, drawer: object, part: object = {}): DayClose & Doc =>
    ({ ...one, ...part, drawer: { ...one.drawer, ...drawer } }) as DayClose;
  expect(found(first, second)).toEqual([]);
  expect(found(first, bent(second, { afterNumber: 2 }))).toEqual(['counted-twice', 'expected']);
  expect(found(bent(first, { throughNumber: 2 }), second)).toEqual(['left-out', 'expected']);
  expect(found(first, bent(second, {}, { openingCashMinor: 1 }))).toEqual(['opening']);
  expect(found(first, bent(second, {}, { expectedCashMinor: 1 }))).toEqual(['expected']);
});
