/** Credits, large discounts, a drawer that is short, and a count with what stands beside it, on the screens that ship. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { newDrawer } from '../../shared/billing/drawer-account-facts.ts';
import { totalOf, workOutLine } from '../../shared/billing/rules.ts';
import type { DayClose, DaySum, Invoice, Payment } from '../../shared/billing/schema.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { id, kemang, receptionist } from '../world/front-desk-world.ts';
import type { LawPage } from './law-page.ts';
import { PASSWORD, startLawPages } from './law-page.ts';

const shots = join(import.meta.dirname, '../../test-results/screens');
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let pages: Awaited<ReturnType<typeof startLawPages>>;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  pages = await startLawPages();
});
afterEach(() => pages?.closeOpened());
afterAll(() => pages?.close());

const shot = (opened: LawPage, name: string) => opened.page.screenshot({ path: join(shots, `${name}.png`) });
const axe = async ({ page }: LawPage): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
};
const big = { width: 1920, height: 1080 };
const [VOIDED, OPEN] = [id(81, 1), id(81, 2)];

const invoice = (
  invoiceId: string,
  number: string,
  amountMinor: number,
  part: Partial<Invoice> = {},
): Invoice & Doc => {
  const priced = {
    serviceId: null,
    name: 'CT perut polos',
    quantity: 1,
    unitPriceMinor: amountMinor,
    discountMinor: 0,
  };
  const lines = [workOutLine({ ...priced, taxBasisPoints: 0, taxName: '', taxInclusive: false }, 'half-up')];
  return {
    id: invoiceId,
    number,
    patientId: id(6, 3),
    payerPatientId: null,
    coverage: '',
    encounterId: null,
    locationId: kemang,
    issuedBy: receptionist,
    issuedAtUtc: '2026-11-20T02:00:00.000Z',
    currency: 'IDR',
    rounding: 'half-up',
    lines,
    totalMinor: totalOf(lines),
    voidsInvoiceId: null,
    reason: null,
    ...part,
  };
};
const paid = (paymentId: string, invoiceId: string, amountMinor: number): Payment & Doc => ({
  id: paymentId,
  receiptNumber: 'K4-000041',
  invoiceId,
  patientId: id(6, 3),
  locationId: kemang,
  method: 'cash',
  amountMinor,
  cashRoundingMinor: 0,
  tenderedMinor: amountMinor,
  changeMinor: 0,
  currency: 'IDR',
  takenBy: receptionist,
  takenAtUtc: '2026-11-20T02:05:00.000Z',
  refundsPaymentId: null,
  reason: null,
});
const sum = (day: string, amountMinor: number): DaySum => ({
  day,
  method: 'cash',
  count: 3,
  amountMinor,
  first: 31,
  last: 33,
});
const drawer = (drawerId: string, code: string, uncounted: DaySum[]): Doc => ({
  ...newDrawer(code, kemang, drawerId),
  seenThrough: 33,
  lastTakenAtUtc: '2026-11-19T09:00:00.000Z',
  uncounted,
});

/** A patient with a credit on a voided invoice and another one to pay; two drawers that nobody has counted since yesterday. */
function troubles(world: Record<string, Doc[]>): void {
  const reversed = invoice(id(81, 3), 'K4-000013', -450_000, { voidsInvoiceId: VOIDED, reason: 'wrong service' });
  world['invoice'] = [invoice(VOIDED, 'K4-000012', 450_000), reversed, invoice(OPEN, 'K4-000014', 600_000)];
  world['payment'] = [paid(id(82, 1), VOIDED, 450_000)];
  world['drawer'] = [
    drawer(id(83, 1), 'K1', [sum('2026-11-19', 120_000)]),
    drawer(id(83, 2), 'K4', [sum('2026-11-19', 90_000)]),
  ];
}

it('a credit pays another invoice; what is left of it is given back out of a drawer that is short only when confirmed', async () => {
  const opened = await pages.open({ role: 'cashier', hash: `#/bill?invoiceId=${OPEN}`, prepare: troubles });
  const { page } = opened;
  await page.getByText('Credit of Rp', { exact: false }).waitFor();
  await shot(opened, 'money-credit-light');
  expect(await axe(opened)).toEqual([]);
  await page.getByRole('button', { name: /^Use Rp/ }).click();
  await page.getByText('used for', { exact: false }).waitFor();
  expect(opened.documents('payment').map((one) => (one as unknown as Payment).amountMinor)).toEqual([
    450_000, -450_000, 450_000,
  ]);
  await page.getByRole('button', { name: 'Refund' }).first().click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Not needed');
  await page.getByRole('textbox', { name: 'Amount' }).fill('400000');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await shot(opened, 'money-drawer-short-light');
  expect(await axe(opened)).toEqual([]);
  await page.getByRole('checkbox', { name: 'The money does not come out of this drawer' }).check();
  await page.getByRole('button', { name: /^Give .* back to/ }).click();
  await page.getByText('given back to', { exact: false }).first().waitFor();
  expect(opened.documents('payment')).toHaveLength(4);
  expect(opened.errors).toEqual([]);
});

it('giving money back asks who is there, where the last proof is old; what was asked then goes on by itself', async () => {
  const prepare = (world: Record<string, Doc[]>): void => {
    world['invoice'] = [invoice(OPEN, 'K4-000014', 600_000)];
    world['payment'] = [{ ...paid(id(82, 1), OPEN, 600_000), method: 'card' }];
  };
  const opened = await pages.open({ role: 'cashier', hash: `#/bill?invoiceId=${OPEN}`, prepare, isProofOld: true });
  const { page } = opened;
  await page.getByRole('button', { name: 'Refund' }).first().click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Not needed');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Is it you' });
  await dialog.waitFor();
  for (const [width, height] of [
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await shot(opened, `proof-${width}`);
  }
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.type('somebody else');
  await page.keyboard.press('Enter');
  await dialog.getByText('That is not right').waitFor();
  expect(opened.documents('payment')).toHaveLength(1);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('given back to', { exact: false }).first().waitFor();
  expect(opened.documents('payment')).toHaveLength(2);
  expect(opened.errors).toEqual([]);
});

it('a count names its own drawer, what is of earlier days and which drawers are open, in both languages and sizes', async () => {
  const opened = await pages.open({
    role: 'cashier',
    language: 'id',
    theme: 'dark',
    size: big,
    hash: '#/bill',
    prepare: troubles,
  });
  const { page } = opened;
  await page.getByRole('button', { name: /^Tutup hari/ }).click();
  await page.getByText('Dari hari sebelumnya').waitFor();
  await page.getByText('K1-000031', { exact: false }).waitFor();
  await page.getByText('(K4)', { exact: false }).waitFor();
  await page.getByRole('textbox', { name: 'Dihitung' }).fill('120000');
  await shot(opened, 'money-day-close-id-dark');
  expect(await axe(opened)).toEqual([]);
  await page.getByRole('button', { name: /^Tanda tangani/ }).click();
  await page.getByText('Hari sudah ditutup').waitFor();
  expect(opened.documents('dayClose')[0] as unknown as DayClose).toMatchObject({
    expectedCashMinor: 120_000,
    drawer: { code: 'K1', throughNumber: 33, late: [{ amountMinor: 120_000 }], others: [{ code: 'K4' }] },
  });
  const light = await pages.open({ role: 'manager', hash: '#/bill', prepare: troubles });
  await light.page.getByRole('button', { name: /^Close day/ }).click();
  await light.page.getByText('Of earlier days').waitFor();
  await shot(light, 'money-day-close-light');
  expect(await axe(light)).toEqual([]);
  expect([...opened.errors, ...light.errors]).toEqual([]);
});
