import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Appointment } from '../../shared/scheduling/schema.ts';
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
const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));

/** Everybody is there day and night, and nobody is booked. */
function openAllNight(world: Record<string, Doc[]>): void {
  const everywhere = (practices: unknown): unknown[] =>
    (practices as Array<{ locationId: string }>).slice(0, 1).map((one) => ({ ...one, hours: always }));
  Object.assign(world, { appointment: [], encounter: [] });
  world['location'] = (world['location'] ?? []).map((one) => ({ ...one, hours: always, closures: [] }));
  world['user'] = (world['user'] ?? []).map((one) => ({ ...one, practices: everywhere(one['practices']) }));
}

async function openBooking(zone: string, nowUtc: string) {
  const opened = await pages.open({ zone, nowUtc, prepare: openAllNight });
  const { page } = opened;
  await page.waitForSelector(grid);
  await page.keyboard.press('Alt+n');
  await page.keyboard.type('yam', { delay: 20 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('select:focus').waitFor();
  await page.keyboard.type('Check');
  return opened;
}

it('refuses a time that the clock is put forward over, in words; the grid has no row for it', async () => {
  const opened = await openBooking('Europe/Amsterdam', '2027-03-27T23:40:00.000Z');
  const { page } = opened;
  const rows = page.locator(`${grid} span`).filter({ hasText: /^0[0-4]:00$/ });
  await expect.poll(() => rows.allInnerTexts()).toEqual(['00:00', '01:00', '03:00', '04:00']);
  await page.getByLabel('Time').fill('0230');
  await page.getByText('No such time that day').waitFor();
  const book = page.getByRole('button', { name: '02:30 does not exist that day' });
  await expect.poll(() => book.getAttribute('aria-disabled')).toBe('true');
  await page.screenshot({ path: join(shots, 'clock-forward.png') });
  await page.keyboard.press('Enter');
  expect(opened.commands).toEqual([]);
  await page.getByLabel('Time').fill('0300');
  await page.getByRole('button', { name: /^Book .*03:00/ }).click();
  await page.getByText('is booked:').waitFor();
  expect(opened.documents('appointment')).toMatchObject([{ startsAtUtc: '2027-03-28T01:00:00.000Z' }]);
  expect(opened.errors).toEqual([]);
});

it('asks which of two times is meant, and tells them apart everywhere', async () => {
  const opened = await openBooking('America/Chicago', '2026-11-01T05:10:00.000Z');
  const { page } = opened;
  await page.getByLabel('Time').fill('0130');
  await page.getByRole('radio', { name: '01:30 CST' }).click();
  await page.screenshot({ path: join(shots, 'clock-back.png') });
  await page.getByRole('button', { name: /^Book .*01:30 CST/ }).click();
  await page.getByText(/is booked: .* 01:30 CST/).waitFor();
  const booked = opened.documents('appointment').at(-1) as unknown as Appointment;
  expect(booked.startsAtUtc).toBe('2026-11-01T07:30:00.000Z');
  const block = page.locator(grid).getByRole('button', { name: /01:30 CST/ });
  const hours = page.locator(`${grid} span`).filter({ hasText: /^0[12]:00/ });
  await expect.poll(() => hours.allInnerTexts()).toEqual(['01:00\nCDT', '01:00\nCST', '02:00']);
  const tops = [];
  for (const one of [hours.nth(1), block.first(), hours.nth(2)]) tops.push((await one.boundingBox())?.y ?? 0);
  expect(tops.toSorted((a, b) => a - b)).toEqual(tops);
  // Carried up by a quarter hour at a time, it passes through the first 01:30 an hour earlier.
  await block.first().click();
  await page.keyboard.press('m');
  for (let quarter = 0; quarter < 4; quarter += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByText(/moved to .* 01:30 CDT/).waitFor();
  expect(opened.documents('appointment')).toMatchObject([{ startsAtUtc: '2026-11-01T06:30:00.000Z' }]);
  await page.getByRole('radio', { name: '3 days' }).click();
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(shots, 'clock-back-days.png') });
  expect(opened.errors).toEqual([]);
});
