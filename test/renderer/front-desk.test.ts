import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Appointment } from '../../shared/scheduling/schema.ts';
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
const shot = (opened: LawPage, name: string) => opened.page.screenshot({ path: join(shots, `${name}.png`) });
const axe = async ({ page }: LawPage): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
};

it('books from Ctrl+K to saved without a mouse: find, choose, a refusal in words, the next free time', async () => {
  const opened = await pages.open();
  const { page } = opened;
  await page.waitForSelector(grid);
  await page.keyboard.press('Alt+n');
  await page.keyboard.type('yam', { delay: 20 });
  await page.getByRole('option').first().waitFor();
  await shot(opened, 'front-desk-find-light');
  await page.keyboard.press('Enter');
  await page.locator('select:focus').waitFor();
  await page.keyboard.type('CT');
  await page.getByText('is not possible').waitFor();
  await shot(opened, 'front-desk-conflict-light');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Alt+2');
  await page.keyboard.press('Enter');
  await page.getByText('is booked:').waitFor();
  const booked = opened.documents('appointment').at(-1) as Appointment;
  expect(booked).toMatchObject({ placement: 'placed', status: 'booked', overrideReason: null });
  expect(booked.resources.map((one) => one.resourceKind).toSorted()).toEqual(['device', 'practitioner', 'room']);
  expect(opened.documents('imagingOrder')).toHaveLength(1);
  expect(opened.errors).toEqual([]);
});

it('takes a day as it is typed, key by key; what is no day is refused at the field and nothing is booked', async () => {
  const opened = await pages.open();
  const { page } = opened;
  await page.waitForSelector(grid);
  await page.keyboard.press('Alt+n');
  await page.keyboard.type('yam', { delay: 20 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('select:focus').waitFor();
  await page.keyboard.type('Check');
  const day = page.getByRole('textbox', { name: 'Day' });
  for (const typed of ['15.01.2027', '15 Jan 2027', '2027-01-15', '15/1/2027', '15 Januari 2027']) {
    await day.fill('');
    await day.pressSequentially(typed, { delay: 5 });
    await page.getByText('15 Jan 2027').waitFor();
    await page.getByRole('button', { name: /Book Fri 15 Jan/ }).waitFor();
  }
  await page.keyboard.press('Control+a');
  await day.pressSequentially('31 Feb', { delay: 5 });
  await page.getByRole('alert').getByText('Not a day').waitFor();
  await page.getByRole('button', { name: 'Choose a day' }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await day.inputValue()).toBe('31 Feb');
  expect(opened.commands).toEqual([]);
  expect(opened.errors).toEqual([]);
});

it('receives a patient with one key, and Backspace brings them back', async () => {
  const opened = await pages.open({ theme: 'dark' });
  const { page } = opened;
  await page.waitForSelector(grid);
  const late = page
    .locator(grid)
    .getByRole('button', { name: /15:30 Booked/ })
    .first();
  await late.focus();
  await late.click();
  await page.keyboard.press('a');
  await page.getByText(/has arrived/).waitFor();
  const block = page.locator(`${grid} [data-status=arrived]`);
  await block.first().waitFor();
  const count = await block.count();
  await shot(opened, 'front-desk-day-dark');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Backspace');
  await expect.poll(() => block.count()).toBe(count - 1);
  await page
    .getByRole('status')
    .getByText(/^Undone: A patient arrived · \S/)
    .waitFor();
  expect(opened.errors).toEqual([]);
});

it('carries a booking to another day and puts it down where it is free', async () => {
  const opened = await pages.open();
  const { page } = opened;
  await page.waitForSelector(grid);
  await page
    .locator(grid)
    .getByRole('button', { name: /16:30 Booked/ })
    .first()
    .click();
  await page.keyboard.press('m');
  await page.keyboard.press('Alt+ArrowRight');
  await page.getByRole('heading', { name: /21 November/ }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => opened.commands.filter((one) => one.name === 'scheduling/move').length).toBe(1);
  expect(opened.errors).toEqual([]);
});

it('one who may books anyway with a reason, which the block shows', async () => {
  const opened = await pages.open({ role: 'manager' });
  const { page } = opened;
  await page.waitForSelector(grid);
  await page.keyboard.press('Alt+n');
  await page.keyboard.type('sok', { delay: 20 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('select:focus').waitFor();
  await page.keyboard.type('CT');
  await page.getByRole('button', { name: /Book .* anyway/ }).press('Enter');
  await page.keyboard.type('Emergency');
  await page.keyboard.press('Enter');
  await page.getByText('is booked:').waitFor();
  expect(opened.documents('appointment').at(-1)).toMatchObject({ overrideReason: 'Emergency' });
});

it('registers whoever is not here, after showing who may be the same person', async () => {
  const opened = await pages.open({ hash: '#/patients' });
  const { page } = opened;
  await page.getByRole('option').first().waitFor();
  await shot(opened, 'patients-recent-light');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.type('Wijayanti');
  await page.keyboard.press('Alt+n');
  await page.getByLabel('Family name').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Sarah');
  await page.getByLabel('Birth date', { exact: true }).focus();
  await page.keyboard.type('020392');
  await page.getByText('Probably registered already').waitFor();
  await shot(opened, 'patients-duplicate-light');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('1 jan 2001');
  await page.getByLabel('Sex').focus();
  await page.keyboard.type('Fem');
  await page.keyboard.press('Enter');
  await page.getByText('is registered').waitFor();
  expect(opened.documents('patient').at(-1)).toMatchObject({ birthDate: '2001-01-01', sex: 'F' });
  await shot(opened, 'patient-page-light');
  expect(opened.errors).toEqual([]);
});

it('looks right by week', async () => {
  const opened = await pages.open({ theme: 'dark', size: { width: 1920, height: 1080 } });
  await opened.page.waitForSelector(grid);
  await opened.page.getByRole('radio', { name: 'Week' }).click();
  await opened.page.waitForTimeout(300);
  await shot(opened, 'front-desk-week-dark-1920');
  expect(await axe(opened)).toEqual([]);
});
