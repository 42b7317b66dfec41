import { describe, expect, it } from 'vitest';
import type { ApartStation } from '../../test/world/apart-world.ts';
import { flagsOf } from '../../test/world/apart-world.ts';
import {
  bill,
  cashier,
  clinicDocs,
  createTills,
  freeLine,
  id,
  K2,
  K3,
  manager,
  OTHER,
  READING,
  SCAN,
  UNPRICED,
  VISIT,
} from '../../test/world/cashier-world.ts';
import type { Author } from '../kernel/command.ts';
import type { Invoice } from './schema.ts';

const line = (serviceId: string, discountMinor = 0, quantity = 1) => ({ serviceId, quantity, discountMinor });
const visitBill = (...lines: object[]) => bill(0, { encounterId: VISIT, lines });
const issue = (till: ApartStation, input: object, author: Author = cashier, reason?: string) =>
  till.give(author, 'billing/issue-invoice', input, reason === undefined ? {} : { reason });
const codesOf = (outcome: Awaited<ReturnType<ApartStation['give']>>): string[] =>
  outcome.ok ? [] : outcome.error.map((one) => one.code);

describe('BILL-2, BILL-5: prices are the catalogue’s', () => {
  it('a line names its service, its number and its discount; name, price and tax are copied when it is issued', async () => {
    const till = createTills().openStation(K2);
    const outcome = await issue(till, visitBill(line(SCAN), line(READING, 10_000)));
    const invoice = (outcome.ok ? outcome.written[0] : undefined) as Invoice | undefined;
    expect(invoice?.lines).toMatchObject([
      { name: 'CT belly', unitPriceMinor: 100_030, taxBasisPoints: 0, grossMinor: 100_030 },
      { name: 'Reading', unitPriceMinor: 50_000, taxBasisPoints: 1100, netMinor: 40_000, taxMinor: 4_400 },
    ]);
    expect(invoice?.totalMinor).toBe(100_030 + 44_400);
  });

  it('what else a line says of a service does not count', async () => {
    const till = createTills().openStation(K2);
    const cheap = { ...line(SCAN), name: 'Air', unitPriceMinor: 1, taxBasisPoints: 0, taxName: '', taxInclusive: true };
    const outcome = await issue(till, visitBill(cheap));
    expect(outcome.ok && outcome.written[0]).toMatchObject({ lines: [{ name: 'CT belly', unitPriceMinor: 100_030 }] });
  });

  it('a price that changed since the station saw it is no forgery; a price that never was is one', async () => {
    const world = createTills();
    const till = world.openStation(K2);
    await issue(till, visitBill(line(SCAN)));
    const service = clinicDocs()['service']?.[0];
    if (service) world.server.put('service', { ...service, priceMinor: 200_000 });
    const [honest] = await world.sync();
    expect(honest && flagsOf(honest)).toEqual([]);

    await issue(till, bill(0, { lines: [line(SCAN)] }));
    till.tamper((set) => {
      const lines = set.patches[0]?.units['invoice']?.after?.['lines'] as Array<{ unitPriceMinor: number }>;
      if (lines[0]) lines[0].unitPriceMinor = 1;
    });
    const [forged] = await world.sync();
    expect(forged?.verdict).toMatchObject({ result: 'held', why: 'not-what-the-law-makes' });
  });

  it('a line of nothing in the catalogue says its own price; a service without one is never billed at zero', async () => {
    const till = createTills().openStation(K2);
    const free = await issue(till, bill(0, { lines: [freeLine(5_000, { taxBasisPoints: 1000, taxName: 'VAT' })] }));
    expect(free.ok && free.written[0]).toMatchObject({ totalMinor: 5_500 });
    expect(codesOf(await issue(till, visitBill(line(UNPRICED))))).toEqual(['no-price']);
    expect(codesOf(await issue(till, visitBill(line(id(99)))))).toEqual(['no-service']);
  });
});

describe('BILL-2: whose visit it is', () => {
  it('a visit is billed once; two stations that were apart bill it twice, and the second is flagged', async () => {
    const world = createTills();
    const [here, there] = [world.openStation(K2), world.openStation(K3)];
    for (const till of [here, there]) expect(codesOf(await issue(till, visitBill(line(SCAN))))).toEqual([]);
    expect(codesOf(await issue(here, visitBill(line(SCAN))))).toEqual(['already-billed']);
    const judged = await world.sync(here, there);
    expect(judged.map((one) => flagsOf(one).map(({ code }) => code))).toEqual([[], ['already-billed']]);
  });

  it('only to its own patient, and to nobody who is not there', async () => {
    const till = createTills().openStation(K2);
    const input = visitBill(line(SCAN));
    expect(codesOf(await issue(till, { ...input, patientId: OTHER }))).toEqual(['bill-of-other-patient']);
    expect(codesOf(await issue(till, { ...input, patientId: id(98) }))).toEqual(['no-patient']);
    expect(codesOf(await issue(till, { ...input, encounterId: id(98) }))).toEqual(['no-encounter']);
    expect(codesOf(await issue(till, { ...input, payerPatientId: id(98) }))).toEqual(['no-patient']);
    expect(codesOf(await issue(till, { ...input, locationId: id(98) }))).toEqual(['no-location']);
  });
});

describe('BILL-7: discounts', () => {
  it('up to a fifth anybody who charges may give; more, and all of it, needs the right and a reason that stays', async () => {
    const till = createTills().openStation(K2);
    const give = (discountMinor: number, author: Author, reason?: string) =>
      issue(till, bill(0, { lines: [freeLine(1_000, { discountMinor })] }), author, reason);
    expect(codesOf(await give(200, cashier))).toEqual([]);
    expect(codesOf(await give(201, cashier))).toEqual(['discount-not-permitted']);
    expect(codesOf(await give(1_000, cashier, 'a friend'))).toEqual(['discount-not-permitted']);
    expect(codesOf(await give(1_000, manager))).toEqual(['discount-needs-reason']);
    const whole = await give(1_000, manager, 'staff');
    expect(whole.ok && whole.written[0]).toMatchObject({ totalMinor: 0, reason: 'staff' });
    expect(codesOf(await give(1_001, manager, 'staff'))).toContain('discount-too-large');
  });
});

describe('BILL-4: voids', () => {
  it('a reason, once, coming to nothing with its invoice; the visit can then be billed again', async () => {
    const till = createTills().openStation(K2);
    const invoice = await till.done<Invoice>(cashier, 'billing/issue-invoice', visitBill(line(SCAN)));
    const giveVoid = (reason?: string) =>
      till.give(cashier, 'billing/void-invoice', { invoiceId: invoice.id }, reason === undefined ? {} : { reason });
    expect(codesOf(await giveVoid())).toEqual(['reason-needed']);
    const entry = await giveVoid('other payer');
    expect(entry.ok && entry.written[0]).toMatchObject({ totalMinor: -invoice.totalMinor, reason: 'other payer' });
    expect(codesOf(await giveVoid('twice'))).toEqual(['already-void']);
    expect(codesOf(await issue(till, visitBill(line(SCAN))))).toEqual([]);
  });

  it('two voids from two stations: both entries stand, the second is flagged', async () => {
    const world = createTills();
    const [here, there] = [world.openStation(K2), world.openStation(K3)];
    const invoice = await here.done(cashier, 'billing/issue-invoice', visitBill(line(SCAN)));
    await world.sync();
    for (const till of [here, there])
      await till.done(cashier, 'billing/void-invoice', { invoiceId: invoice.id }, { reason: 'other payer' });
    const judged = await world.sync(here, there);
    expect(judged.map((one) => flagsOf(one).map(({ code }) => code))).toEqual([[], ['already-void']]);
    expect(world.server.everything()['invoice']).toHaveLength(3);
  });
});
