/** What is typed into the day's forms and not saved: kept at once, offered again after the window went, gone when it is of no use. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Doc } from '../../shared/kernel/kind.ts';
import { id, kemang } from '../world/front-desk-world.ts';
import type { LawPage } from './law-page.ts';
import { startLawPages } from './law-page.ts';

const shots = join(import.meta.dirname, '../../test-results/screens');
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
let pages: Awaited<ReturnType<typeof startLawPages>>;
beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  pages = await startLawPages();
});
afterEach(() => pages?.closeOpened());
afterAll(() => pages?.close());

const grid = '[data-testid=day-grid]';
const kept = (opened: LawPage) => expect.poll(() => [...opened.drafts.values()].map((one) => one.body));
const look = async ({ page }: LawPage, name: string): Promise<void> => {
  for (const [width, height] of [
    [1920, 1080],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(shots, `${name}-${width}.png`) });
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`)).toEqual(
    [],
  );
};

/** A new booking with a patient and a service chosen. */
async function beginBooking({ page }: LawPage): Promise<void> {
  await page.waitForSelector(grid);
  await page.keyboard.press('Alt+n');
  await page.keyboard.type('yam', { delay: 20 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('select:focus').waitFor();
  await page.keyboard.type('CT');
}

it('a booking goes on after the window went, and is no draft once it is booked', async () => {
  const opened = await pages.open();
  const { page } = opened;
  await page.waitForSelector(grid);
  await page.keyboard.press('Alt+n');
  await page.waitForTimeout(400);
  expect([...opened.drafts]).toEqual([]);
  await page.keyboard.press('Escape');
  await beginBooking(opened);
  await page.getByText('is not possible').waitFor();
  await kept(opened).toMatchObject([{ patientId: expect.any(String), durationMin: expect.any(Number) }]);
  const [draft] = opened.drafts.values();

  await page.reload();
  await page.getByText('Unfinished booking from').waitFor();
  await look(opened, 'draft-booking-light');
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  await page.getByText('is not possible').waitFor();
  expect(await page.getByLabel('Service').inputValue()).toBe(draft?.body['serviceId']);
  await page.getByLabel('Service').focus();
  await page.keyboard.press('Alt+2');
  await page.keyboard.press('Enter');
  await page.getByText('is booked:').waitFor();
  expect(opened.documents('appointment').at(-1)?.['patientId']).toBe(draft?.patientId);
  await kept(opened).toEqual([]);
  expect(opened.errors).toEqual([]);
});

it('a booking that is closed is put away, and can be taken up again at once', async () => {
  const opened = await pages.open();
  const { page } = opened;
  await beginBooking(opened);
  await kept(opened).toHaveLength(1);
  await page.keyboard.press('Escape');
  await kept(opened).toEqual([]);
  await page.getByRole('button', { name: /Undo/ }).press('Enter');
  await page.getByText('is not possible').waitFor();
  await kept(opened).toHaveLength(1);
  expect(opened.errors).toEqual([]);
});

it('a registration is offered to whoever registers next, and leaves with Esc', async () => {
  const opened = await pages.open({ hash: '#/patients' });
  const { page } = opened;
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Alt+n');
  await page.getByLabel('Family name').fill('Wulandari');
  await page.getByLabel('Birth date', { exact: true }).fill('03.04.1991');
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('0812 555 0199');
  await kept(opened).toMatchObject([{ written: { family: 'Wulandari' }, phones: '0812 555 0199' }]);

  await page.reload();
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Alt+n');
  await page.getByText('Unfinished registration from').waitFor();
  await look(opened, 'draft-registration-light');
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  await expect.poll(() => page.getByLabel('Family name').inputValue()).toBe('Wulandari');
  expect(await page.getByRole('textbox', { name: 'Phone', exact: true }).inputValue()).toBe('0812 555 0199');
  expect(await page.getByLabel('Birth date', { exact: true }).inputValue()).toContain('1991');
  await page.getByLabel('Family name').press('Escape');
  await kept(opened).toEqual([]);
  expect(opened.errors).toEqual([]);
});

it('a form that is emptied again leaves nothing behind', async () => {
  const opened = await pages.open({ hash: '#/patients' });
  const { page } = opened;
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Alt+n');
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('0812');
  await kept(opened).toHaveLength(1);
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('');
  await kept(opened).toEqual([]);
});

const doneVisit = (world: Record<string, Doc[]>): void => {
  const service = world['service']?.find((one) => typeof one['priceMinor'] === 'number');
  world['encounter'] = [
    {
      id: id(5, 901),
      appointmentId: null,
      patientId: world['patient']?.[0]?.id ?? '',
      locationId: kemang,
      practitionerId: null,
      openedAtUtc: '2026-11-20T01:00:00.000Z',
      steps: [{ stage: 'completed', atUtc: '2026-11-20T01:40:00.000Z', byId: id(1, 1), inferred: false }],
      services: [{ serviceId: service?.id ?? '', quantity: 1 }],
    },
  ];
};

it('an invoice draft comes back with its discount, and is as it was when that is discarded', async () => {
  const opened = await pages.open({ role: 'cashier', hash: '#/bill', prepare: doneVisit });
  const { page } = opened;
  const discount = page.getByRole('textbox', { name: /^Discount/ }).first();
  await page.locator('button[data-row]').first().press('Enter');
  await page.getByText('Draft').waitFor();
  await page.waitForTimeout(400);
  expect([...opened.drafts]).toEqual([]);
  await discount.fill('10%');
  await page.getByRole('textbox', { name: /^Qty/ }).first().fill('2');
  await kept(opened).toMatchObject([{ lines: [{ discountText: '10%', quantity: 2 }] }]);

  await page.reload();
  await page.getByText('Unfinished changes from').waitFor();
  expect(await discount.inputValue()).toBe('10%');
  await look(opened, 'draft-invoice-light');
  await page.getByRole('button', { name: 'Discard' }).press('Enter');
  await kept(opened).toEqual([]);
  await expect.poll(() => discount.inputValue()).toBe('');
  expect(await page.getByRole('textbox', { name: /^Qty/ }).first().inputValue()).toBe('1');
  expect(opened.errors).toEqual([]);
});

it('a draft that the disk will not let go says so, and is offered again', async () => {
  const opened = await pages.open({ role: 'cashier', hash: '#/bill', prepare: doneVisit });
  const { page } = opened;
  const discount = page.getByRole('textbox', { name: /^Discount/ }).first();
  await page.locator('button[data-row]').first().press('Enter');
  await discount.fill('10%');
  await kept(opened).toHaveLength(1);
  await page.reload();
  await page.getByText('Unfinished changes from').waitFor();
  opened.breakDrafts();
  await page.getByRole('button', { name: 'Discard' }).press('Enter');
  await page.getByText('could not be thrown away').waitFor();
  expect(await discount.inputValue()).toBe('');
  expect(opened.drafts.size).toBe(1);
  expect(opened.errors).toEqual([]);
});
