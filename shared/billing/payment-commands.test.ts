import { describe, expect, it } from 'vitest';
import type { ApartStation } from '../../test/world/apart-world.ts';
import { flagsOf } from '../../test/world/apart-world.ts';
import {
  bill,
  cash,
  cashier,
  createTills,
  K2,
  K3,
  KEMANG,
  KUNINGAN,
  manager,
  OTHER,
  PATIENT,
  pay,
  Q1,
  refund,
  sell,
} from '../../test/world/cashier-world.ts';
import type { ChangeSet } from '../kernel/change-set.ts';
import type { Doc } from '../kernel/kind.ts';
import type { InvoiceBalance } from './balance-schema.ts';
import type { Invoice, Payment } from './schema.ts';

const issue = (till: ApartStation, amountMinor: number, part: object = {}): Promise<Invoice> =>
  till.done<Invoice>(cashier, 'billing/issue-invoice', bill(amountMinor, part));
const codesOf = (outcome: Awaited<ReturnType<ApartStation['give']>>): string[] =>
  outcome.ok ? [] : outcome.error.map((one) => one.code);
const why = { reason: 'wrong person' };

describe('BILL-3: money that comes in', () => {
  it('a part by card, the rest in cash rounded and with change; never more than is owed', async () => {
    const till = createTills().openStation(K2);
    const invoice = await issue(till, 644_430);
    expect(codesOf(await till.give(cashier, 'billing/take-payment', pay(invoice.id, 700_000)))).toEqual([
      'more-than-owed',
    ]);
    await till.done(cashier, 'billing/take-payment', pay(invoice.id, 600_000, { settles: false }));
    const rest = (tenderedMinor: number) => pay(invoice.id, 44_430, { ...cash, tenderedMinor });
    expect(codesOf(await till.give(cashier, 'billing/take-payment', rest(44_000)))).toEqual(['too-little']);
    expect(await till.done(cashier, 'billing/take-payment', rest(50_000))).toMatchObject({
      cashRoundingMinor: -30,
      changeMinor: 5_600,
    });
  });

  it('a part that calls itself the rest is not rounded away', async () => {
    const till = createTills().openStation(K2);
    const invoice = await issue(till, 1_000);
    const crumbs = pay(invoice.id, 49, { ...cash, tenderedMinor: 0 });
    expect(codesOf(await till.give(cashier, 'billing/take-payment', crumbs))).toEqual(['rest-stays-open']);
  });

  it('both stations that were apart took it: both entries stand, the second is flagged, and a credit stands', async () => {
    const world = createTills();
    const [here, there] = [world.openStation(K2), world.openStation(Q1)];
    const invoice = await issue(here, 100);
    await world.sync();
    for (const till of [here, there]) await till.done(cashier, 'billing/take-payment', pay(invoice.id, 100));
    const [first, second] = await world.sync(here, there);
    expect([first, second].map((one) => one && flagsOf(one).map((flag) => flag.code))).toEqual([
      [],
      ['more-than-owed'],
    ]);
    expect(await world.server.get<InvoiceBalance>('invoiceBalance', invoice.id)).toMatchObject({ balanceMinor: -100 });
  });
});

describe('BILL-4: money that goes out', () => {
  it('two refunds of 100 of 100 at one station: the second is refused', async () => {
    const till = createTills().openStation(K2);
    const paid = await sell(till, 100);
    await till.done(cashier, 'billing/refund-payment', refund(paid.id, 100), why);
    expect(codesOf(await till.give(cashier, 'billing/refund-payment', refund(paid.id, 1), why))).toContain(
      'more-out-than-in',
    );
  });

  it('from two stations that are apart: both facts stay, the second is flagged and says that 200 went out for 100', async () => {
    const world = createTills();
    const [here, there] = [world.openStation(K2), world.openStation(K3)];
    const invoice = await issue(here, 100);
    const paid = await here.done(cashier, 'billing/take-payment', pay(invoice.id, 100));
    await world.sync();
    for (const till of [here, there]) await till.done(cashier, 'billing/refund-payment', refund(paid.id, 100), why);
    const judged = await world.sync(here, there);
    expect(judged.map((one) => flagsOf(one).map(({ law, code, params }) => [law, code, params]))).toEqual([
      [],
      [['BILL-4', 'more-out-than-in', { outMinor: 200, paidMinor: 100, currency: 'IDR' }]],
    ]);
    expect(await world.server.find('payment', 'byRefunded', { prefix: paid.id })).toHaveLength(2);
  });

  it('by the way it came, of a payment that there is, with a reason', async () => {
    const till = createTills().openStation(K2);
    const invoice = await issue(till, 100);
    const paid = await till.done(cashier, 'billing/take-payment', pay(invoice.id, 100));
    const give = (input: object, given = why) => till.give(cashier, 'billing/refund-payment', input, given);
    expect(codesOf(await give(refund(paid.id, 100, cash)))).toContain('other-way');
    expect(codesOf(await give(refund(invoice.id, 100)))).toEqual(['no-payment']);
    expect(codesOf(await give(refund(paid.id, 101)))).toContain('more-out-than-in');
    expect(codesOf(await give(refund(paid.id, -1)))).toEqual(['malformed-input']);
    expect(codesOf(await give(refund(paid.id, 100), { reason: ' ' }))).toEqual(['reason-needed']);
  });

  it.each<[string, (set: ChangeSet) => void]>([
    ['10^12 in its document', (set) => Object.assign(entryOf(set), { amountMinor: -1e12, tenderedMinor: -1e12 })],
    ['10^12 in its input', (set) => Object.assign(set.input, { amountMinor: 1e12 })],
    ['a payment that does not exist', (set) => Object.assign(set.input, { paymentId: OTHER })],
    ['another station’s receipt', (set) => Object.assign(entryOf(set), { receiptNumber: 'K3-000002' })],
    ['another person', (set) => Object.assign(entryOf(set), { takenBy: manager.id })],
    ['another patient', (set) => Object.assign(entryOf(set), { patientId: OTHER })],
    ['no reason on the entry', (set) => Object.assign(entryOf(set), { reason: null })],
    ['last year', (set) => Object.assign(entryOf(set), { takenAtUtc: '2025-11-21T07:32:00.000Z' })],
  ])('a refund of %s is not what the law makes: on hold, without effect', async (_what, change) => {
    const world = createTills();
    const till = world.openStation(K2);
    const paid = await sell(till, 100);
    await world.sync();
    await till.done(cashier, 'billing/refund-payment', refund(paid.id, 50), why);
    till.tamper(change);
    const [judged] = await world.sync();
    expect(judged?.verdict).toMatchObject({ result: 'held', why: 'not-what-the-law-makes' });
    expect(world.server.everything()['payment']).toHaveLength(1);
  });
});

describe('unknown is not empty', () => {
  /** A till at another location that holds neither the months nor the patient, and, where `core` is not held, not even balances. */
  async function halfLoaded(core: 'held' | 'loading') {
    const world = createTills();
    const [here, there] = [world.openStation(K2), world.openStation(Q1)];
    const invoice = await issue(here, 100);
    const paid = await here.done<Payment & Doc>(cashier, 'billing/take-payment', pay(invoice.id, 60, part));
    await world.sync();
    for (const location of [KEMANG, KUNINGAN]) there.reader.setHolding(`schedule/${location}/2026-11`, 'loading');
    there.reader.setHolding(`patient/${PATIENT}`, 'no');
    there.reader.setHolding('core', core);
    return { world, there, invoice, paid };
  }
  const part = { settles: false };

  it('where nothing is known the money is taken, and the server flags what was too much', async () => {
    const { world, there, invoice } = await halfLoaded('loading');
    there.reader.remove('payment', there.reader.everything()['payment']?.[0]?.id ?? '');
    const all = pay(invoice.id, 100, { ...cash, locationId: KUNINGAN });
    await there.done(cashier, 'billing/take-payment', all);
    const [judged] = await world.sync(there);
    expect(judged && flagsOf(judged).map((one) => one.code)).toEqual(['more-than-owed']);
  });

  it('the server’s balance is known with core: no more is taken than it says', async () => {
    const { there, invoice } = await halfLoaded('held');
    const give = (amountMinor: number) =>
      there.give(cashier, 'billing/take-payment', pay(invoice.id, amountMinor, { locationId: KUNINGAN }));
    expect(codesOf(await give(41))).toEqual(['more-than-owed']);
    expect(codesOf(await give(40))).toEqual([]);
    expect(codesOf(await give(1))).toEqual(['more-than-owed']);
  });

  it('what is not known is not given back: the server is asked', async () => {
    const { there, paid } = await halfLoaded('loading');
    expect(codesOf(await there.give(cashier, 'billing/refund-payment', refund(paid.id, 60), why))).toEqual([
      'ask-server',
    ]);
  });

  it('how cash is rounded follows from what the person was shown, not from what is known', async () => {
    const { there, invoice } = await halfLoaded('loading');
    const entry = await there.done(
      cashier,
      'billing/take-payment',
      pay(invoice.id, 40, { ...cash, tenderedMinor: 100, locationId: KUNINGAN }),
    );
    expect(entry).toMatchObject({ cashRoundingMinor: -40, changeMinor: 100 });
  });
});

describe('BILL-11: a drawer that does not hold it', () => {
  it('a cash refund that takes the drawer below zero is asked about, and stands with its confirmation', async () => {
    const world = createTills();
    const [here, there] = [world.openStation(K2), world.openStation(K3)];
    const paid = await sell(here, 50_000);
    await world.sync();
    const give = (part: object) =>
      there.give(cashier, 'billing/refund-payment', refund(paid.id, 50_000, part), { reason: 'cancelled scan' });
    const asked = await give({});
    expect(asked.ok ? [] : asked.error).toMatchObject([
      { law: 'BILL-11', code: 'drawer-short', params: { cashMinor: 0, outMinor: 50_000, currency: 'IDR' } },
    ]);
    expect(codesOf(await give({ confirmsShortDrawer: true }))).toEqual([]);
    expect((await world.sync()).flatMap(flagsOf)).toEqual([]);
  });
});

const entryOf = (set: ChangeSet): Record<string, unknown> => set.patches[0]?.units['payment']?.after ?? {};
