import { expect, it } from 'vitest';
import type { ApartStation } from '../../test/world/apart-world.ts';
import {
  bill,
  cash,
  cashier,
  createTills,
  K2,
  KEMANG,
  KUNINGAN,
  NOW,
  PATIENT,
  pay,
  Q1,
  VISIT,
} from '../../test/world/cashier-world.ts';
import { balancesOf } from './balance-facts.ts';
import type { BillingDesk } from './desk-view.ts';
import { billingDesk } from './desk-view.ts';
import type { Invoice } from './schema.ts';
import { billingInvoice, billingVisit } from './visit-view.ts';

const issue = (till: ApartStation, amountMinor: number, atUtc = NOW, part: object = {}): Promise<Invoice> =>
  till.done<Invoice>(cashier, 'billing/issue-invoice', bill(amountMinor, part), { atUtc });
const context = (nowUtc = NOW) => ({
  nowUtc,
  userId: cashier.id,
  permissions: new Set<never>(),
  locationId: KEMANG,
  stationId: K2.id,
  searchPatients: () => [],
});
const desk = async (till: ApartStation, nowUtc = NOW): Promise<BillingDesk> => {
  const read = await billingDesk.read(till.reader, { locationId: KEMANG }, context(nowUtc));
  if (!read) throw new Error('no desk');
  return read;
};

it('BILL-9: paid at location B is paid at A within one sync, pending entries counted at once on both', async () => {
  const world = createTills();
  const [here, there] = [world.openStation(K2), world.openStation(Q1)];
  const invoice = await issue(here, 100);
  expect((await desk(here)).unpaid).toMatchObject([{ invoiceId: invoice.id, balanceMinor: 100 }]);
  await world.sync();
  expect((await desk(here)).unpaid).toMatchObject([{ invoiceId: invoice.id, balanceMinor: 100 }]);
  await there.done(cashier, 'billing/take-payment', pay(invoice.id, 60, { locationId: KUNINGAN, settles: false }));
  expect(await balancesOf(there.reader, PATIENT)).toMatchObject({ value: [{ amountMinor: 40 }] });
  await world.sync();
  expect((await desk(here)).unpaid).toMatchObject([{ balanceMinor: 40, paidMinor: 60 }]);
  await here.done(cashier, 'billing/take-payment', pay(invoice.id, 40));
  expect((await desk(here)).unpaid).toEqual([]);
  await world.sync();
  expect([(await desk(here)).unpaid, world.server.everything()['invoiceBalance']]).toEqual([[], []]);
});

it('a debt is found by its balance, however old: months later, without its invoice here, until it is paid anywhere', async () => {
  const world = createTills();
  const [here, there] = [world.openStation(K2), world.openStation(Q1)];
  const invoice = await issue(here, 100);
  await world.sync();
  const spring = '2027-04-01T03:00:00.000Z';
  for (const till of [here, there]) {
    till.reader.remove('invoice', invoice.id);
    till.reader.setHolding(`patient/${PATIENT}`, 'no');
  }
  expect((await desk(here, spring)).unpaid).toMatchObject([
    { invoiceId: invoice.id, number: invoice.number, balanceMinor: 100, daysOpen: 131 },
  ]);
  expect(await balancesOf(there.reader, PATIENT)).toMatchObject({ value: [{ amountMinor: 100 }] });
  there.reader.put('invoice', invoice);
  const late = pay(invoice.id, 100, { locationId: KUNINGAN });
  await there.done(cashier, 'billing/take-payment', late, { atUtc: spring });
  expect(await balancesOf(there.reader, PATIENT)).toMatchObject({ known: true, value: [] });
  await world.sync();
  expect((await desk(here, spring)).unpaid).toEqual([]);
});

it('without even the balances, what is owed is not known', async () => {
  const world = createTills();
  const till = world.openStation(K2);
  till.reader.setHolding('core', 'loading');
  till.reader.setHolding(`patient/${PATIENT}`, 'no');
  expect(await balancesOf(till.reader, PATIENT)).toEqual({ known: false, scope: 'core' });
});

it('the desk: what is done and not billed in both scripts, what is owed, what came in today without credits', async () => {
  const world = createTills();
  const till = world.openStation(K2);
  const before = await desk(till);
  expect(before.unbilled).toMatchObject([
    {
      encounterId: VISIT,
      name: { written: '山田 花子', latin: 'Yamada Hanako' },
      service: 'CT belly',
      more: 1,
      amountMinor: 155_530,
      missingPrice: false,
    },
  ]);
  const lines = [{ serviceId: null, name: 'All', quantity: 1, unitPriceMinor: 44_430, discountMinor: 0 }];
  const free = { taxBasisPoints: 0, taxName: '', taxInclusive: false };
  const invoice = await issue(till, 0, NOW, { encounterId: VISIT, lines: [{ ...lines[0], ...free }] });
  await till.done(cashier, 'billing/take-payment', pay(invoice.id, 44_430, { ...cash, tenderedMinor: 50_000 }));
  await till.done(cashier, 'billing/void-invoice', { invoiceId: invoice.id }, { reason: 'other payer' });
  const again = await issue(till, 44_430);
  const credit = { fromInvoiceId: invoice.id, toInvoiceId: again.id, amountMinor: 44_430, locationId: KEMANG };
  expect((await desk(till)).unpaid.map((one) => one.balanceMinor)).toEqual([-44_430, 44_430]);
  const read = await billingInvoice.read(till.reader, { invoiceId: again.id }, context());
  expect(read).toMatchObject({ balanceMinor: 44_430, cashPayableMinor: 44_400, credits: [{ amountMinor: 44_430 }] });
  await till.done(cashier, 'billing/use-credit', credit);
  expect(await desk(till)).toMatchObject({ unpaid: [], takenTodayMinor: 44_400 });
  const visit = await billingVisit.read(till.reader, { encounterId: VISIT }, context());
  expect(visit).toMatchObject({ standing: null, voided: [{ balanceMinor: 0, isKnown: true }], credits: [] });
});

it('what is not held is said to be unknown', async () => {
  const till = createTills().openStation(K2);
  till.reader.setHolding(`schedule/${KEMANG}/2026-10`, 'loading');
  expect((await desk(till)).held).toBe('loading');
});
