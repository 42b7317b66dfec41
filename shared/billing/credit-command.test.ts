import { expect, it } from 'vitest';
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
  NOW,
  OTHER,
  PATIENT,
  pay,
  refund,
} from '../../test/world/cashier-world.ts';
import type { Doc } from '../kernel/kind.ts';
import { balancesOf, openInvoicesAt } from './balance-facts.ts';
import type { Invoice, Payment } from './schema.ts';

const issue = (till: ApartStation, amountMinor: number, part: object = {}): Promise<Invoice> =>
  till.done<Invoice>(cashier, 'billing/issue-invoice', bill(amountMinor, part));
const codesOf = (outcome: Awaited<ReturnType<ApartStation['give']>>): string[] =>
  outcome.ok ? [] : outcome.error.map((one) => one.code);
const useCredit = (from: Doc, to: Doc, amountMinor: number) => ({
  fromInvoiceId: from.id,
  toInvoiceId: to.id,
  amountMinor,
  locationId: KEMANG,
});

/** An invoice of 100 that was paid and then voided. */
async function voidedAfterPaying(till: ApartStation): Promise<{ invoice: Invoice; paid: Payment }> {
  const invoice = await issue(till, 100);
  const paid = await till.done<Payment & Doc>(cashier, 'billing/take-payment', pay(invoice.id, 100));
  await till.done(cashier, 'billing/void-invoice', { invoiceId: invoice.id }, { reason: 'wrong service' });
  return { invoice, paid };
}

it('BILL-8: a paid invoice that is voided leaves a credit; it pays another invoice and is then gone', async () => {
  const world = createTills();
  const till = world.openStation(K2);
  const { invoice, paid } = await voidedAfterPaying(till);
  expect(await balancesOf(till.reader, PATIENT)).toMatchObject({ value: [{ amountMinor: -100 }] });
  const next = await issue(till, 150);
  expect(await balancesOf(till.reader, PATIENT)).toMatchObject({ value: [{ amountMinor: 50 }] });
  expect(codesOf(await till.give(cashier, 'billing/use-credit', useCredit(invoice, next, 101)))).toEqual([
    'more-than-credit',
  ]);
  const outcome = await till.give(cashier, 'billing/use-credit', useCredit(invoice, next, 100));
  expect(outcome.ok && outcome.written.map((one) => one['amountMinor'])).toEqual([-100, 100]);
  const refused = await till.give(cashier, 'billing/refund-payment', refund(paid.id, 100), { reason: 'void' });
  expect(codesOf(refused)).toEqual(['more-than-paid']);
  expect((await world.sync()).flatMap(flagsOf)).toEqual([]);
  expect(await openInvoicesAt(world.server, KEMANG, NOW)).toMatchObject([
    { id: next.id, balanceMinor: 50, paidMinor: 100 },
  ]);
});

it('a credit stands until it is given back', async () => {
  const world = createTills();
  const till = world.openStation(K2);
  const { paid } = await voidedAfterPaying(till);
  await world.sync();
  expect(world.server.everything()['invoiceBalance']).toMatchObject([{ balanceMinor: -100, isVoided: true }]);
  await till.done(cashier, 'billing/refund-payment', refund(paid.id, 100), { reason: 'void' });
  await world.sync();
  expect(world.server.everything()['invoiceBalance']).toEqual([]);
});

it('used at two stations that were apart: both stand, the second is flagged, and the patient owes it', async () => {
  const world = createTills();
  const [here, there] = [world.openStation(K2), world.openStation(K3)];
  const { invoice } = await voidedAfterPaying(here);
  const next = [await issue(here, 100), await issue(here, 100)] as const;
  await world.sync();
  await here.done(cashier, 'billing/use-credit', useCredit(invoice, next[0], 100));
  await there.done(cashier, 'billing/use-credit', useCredit(invoice, next[1], 100));
  const judged = await world.sync(here, there);
  expect(judged.map((one) => flagsOf(one).map(({ code, params }) => [code, params?.['outMinor']]))).toEqual([
    [],
    [['more-than-credit', 100]],
  ]);
  expect(await balancesOf(world.server, PATIENT)).toMatchObject({ value: [{ amountMinor: 100 }] });
});

it('not for another patient, not for more than is owed, not where nothing stands', async () => {
  const till = createTills().openStation(K2);
  const { invoice } = await voidedAfterPaying(till);
  const [small, other] = [await issue(till, 40), await issue(till, 100, { patientId: OTHER })];
  const give = async (from: Doc, to: Doc, amountMinor: number): Promise<string[]> =>
    codesOf(await till.give(cashier, 'billing/use-credit', useCredit(from, to, amountMinor)));
  expect(await give(invoice, other, 100)).toEqual(['bill-of-other-patient']);
  expect(await give(invoice, small, 41)).toEqual(['more-than-owed']);
  expect(await give(invoice, invoice, 10)).toContain('not-credit');
  expect(await give(small, other, 10)).toContain('bill-of-other-patient');
});

it('what a credit paid is given back as money, in a way that is said', async () => {
  const till = createTills().openStation(K2);
  const { invoice } = await voidedAfterPaying(till);
  const next = await issue(till, 100);
  const outcome = await till.give(cashier, 'billing/use-credit', useCredit(invoice, next, 100));
  const paidBy = outcome.ok ? outcome.written[1] : undefined;
  const input = refund(paidBy?.id ?? '', 100, { ...cash, confirmsShortDrawer: true });
  expect(await till.done(cashier, 'billing/refund-payment', input, { reason: 'void' })).toMatchObject({
    method: 'cash',
    amountMinor: -100,
    invoiceId: next.id,
  });
});
