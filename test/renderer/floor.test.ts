import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Doc } from '../../shared/kernel/kind.ts';
import { CT, floorDay, id, LOCATION, NOW } from '../world/floor-day.ts';
import { kemang, NOW_UTC } from '../world/front-desk-world.ts';
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

const shot = (opened: LawPage, name: string) => opened.page.screenshot({ path: join(shots, `${name}.png`) });
const axe = async ({ page }: LawPage): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
};
/** The floor's afternoon at the pages' own location and moment. */
function prepare(world: Record<string, Doc[]>): void {
  for (const kind of Object.keys(world)) world[kind] = [];
  const shiftMs = Date.parse(NOW_UTC) - Date.parse(NOW);
  const text = JSON.stringify(floorDay())
    .replaceAll(LOCATION, kemang)
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (atUtc) =>
      new Date(Date.parse(atUtc) + shiftMs).toISOString(),
    );
  Object.assign(world, JSON.parse(text));
}

it('moves a visit on by Enter and back by Backspace, with its focus, and asks why where the law wants it', async () => {
  const opened = await pages.open({ hash: '#/wait', prepare });
  const { page } = opened;
  const card = page.locator(`li[aria-label^="Sri Wahyuni"]`);
  await card.focus();
  await shot(opened, 'waiting-room-light-1440');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.locator('section[aria-label="In room"]').getByText('Sri Wahyuni').waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toMatch(/^Sri Wahyuni/);
  expect(opened.commands.at(-1)).toMatchObject({ name: 'waiting-room/move', input: { to: 'in_room' }, reason: null });
  await page.keyboard.press('Backspace');
  await page.locator('section[aria-label="Waiting"]').getByText('Sri Wahyuni').waitFor();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page
    .getByRole('dialog')
    .or(page.locator('section[aria-label="Arrived"] >> text=Sri Wahyuni'))
    .first()
    .waitFor();
  expect(opened.errors).toEqual([]);
});

it('a double click on Receive receives a walk-in once, and says it once', async () => {
  const opened = await pages.open({ hash: '#/wait', prepare });
  const { page } = opened;
  await page.locator('section[aria-label="Waiting"]').waitFor();
  const before = opened.documents('encounter').length;
  await page.getByRole('button', { name: /^Walk-in/ }).click();
  await page.keyboard.type('Wahyuni');
  await page.locator('[role=option]:not(option)').first().click();
  await page.getByRole('button', { name: 'Receive Sri Wahyuni' }).dblclick();
  await page.getByText('Sri Wahyuni is here').waitFor();
  await page.getByRole('button', { name: 'Receive Sri Wahyuni' }).waitFor({ state: 'detached' });
  expect(opened.commands.filter((one) => one.name === 'waiting-room/walk-in')).toHaveLength(1);
  expect(opened.documents('encounter')).toHaveLength(before + 1);
  expect(opened.errors).toEqual([]);
});

it('leaves the wall screen by Esc or its quiet button; no key of the hidden frame works there', async () => {
  const opened = await pages.open({ hash: '#/wall', prepare });
  const { page } = opened;
  const leave = page.getByRole('button', { name: 'Leave the wall screen' });
  await leave.waitFor();
  await shot(opened, 'wall-light-1440');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Waiting room' }).waitFor();
  expect([await page.getByRole('dialog').count(), opened.commands]).toEqual([0, []]);
  await page.goBack();
  await leave.click();
  await page.getByRole('heading', { name: 'Waiting room' }).waitFor();
  expect(opened.errors).toEqual([]);
});

it('charts a visit by keyboard: unlikely asked, allergy stops the medicine, a snippet expands, Ctrl+Enter saves it whole', async () => {
  const hash = `#/visit?encounterId=${id(7, 1)}&patientId=${id(5, 1)}`;
  const opened = await pages.open({ hash, prepare, role: 'doctor' });
  const { page } = opened;
  const field = (name: string) => page.getByRole('textbox', { name });
  await field('Upper pressure').focus();
  await page.keyboard.type('148/92');
  await field('Pulse').fill('190');
  await page.getByText('Is it right?').waitFor();
  await field('Note text').focus();
  await page.keyboard.type('Plan .us');
  await page.getByRole('option').first().waitFor();
  await shot(opened, 'visit-snippet-light-1440');
  await page.keyboard.press('Tab');
  expect(await field('Note text').inputValue()).toContain('carotid');
  await page.locator('body').click({ position: { x: 700, y: 5 } });
  await page.keyboard.press('m');
  await page.keyboard.type('acetylsalicylic acid');
  const notChecked = page.getByText('Not checked against: Aspirin (only names are compared)');
  await notChecked.waitFor();
  expect(await page.getByText('Allergy: Aspirin').count()).toBe(0);
  await field('Medicine').fill('');
  await expect.poll(() => notChecked.count()).toBe(0);
  await page.keyboard.type('Aspirin');
  await page.getByText('Allergy: Aspirin').waitFor();
  expect(await notChecked.count()).toBe(0);
  await shot(opened, 'visit-light-1440');
  expect(await axe(opened)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  expect(opened.commands).toEqual([]);
  await page.getByRole('button', { name: 'It is right' }).press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => opened.commands.at(-1)?.name).toBe('charting/save-encounter');
  expect(opened.documents('vitals').at(-1)).toMatchObject({
    systolicMmHg: 148,
    diastolicMmHg: 92,
    confirmed: ['pulsePerMin'],
  });
  expect(opened.errors).toEqual([]);
});

it('after a visit was charted, Ctrl+Z leaves the allergy that was entered before, and says why', async () => {
  const hash = `#/visit?encounterId=${id(7, 1)}&patientId=${id(5, 1)}`;
  const opened = await pages.open({ hash, prepare, role: 'doctor' });
  const { page } = opened;
  const said = page.getByRole('status');
  await page.getByRole('button', { name: 'Add…' }).click();
  await page.keyboard.type('Latex');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await said.getByText('Allergies written down').waitFor();
  await page.getByRole('textbox', { name: 'Note text' }).fill('Itches after gloves');
  await page.keyboard.press('Control+s');
  await expect.poll(() => opened.commands.at(-1)?.name).toBe('charting/save-encounter');
  await page.locator('body').click({ position: { x: 700, y: 5 } });
  await page.keyboard.press('Control+z');
  await said.getByText('A chart entry: this was done last and cannot be undone.').waitFor();
  const patient = opened.documents('patient').find((one) => one.id === id(5, 1));
  expect(JSON.stringify(patient)).toContain('Latex');
  expect(opened.errors).toEqual([]);
});

it('shows the technician why somebody is not on the worklist, and links a stray', async () => {
  const opened = await pages.open({ hash: `#/scan?deviceId=${CT}`, prepare, role: 'technician' });
  const { page } = opened;
  await page.getByText('Stray:').waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.getByText('is not on it').waitFor();
  await shot(opened, 'scan-light-1440');
  expect(await axe(opened)).toEqual([]);
  await page.getByRole('button', { name: /^Link to/ }).press('Enter');
  await expect.poll(() => opened.commands.at(-1)?.name).toBe('imaging/link-study');
  await expect.poll(() => page.getByText('Stray:').count()).toBe(0);
  expect(opened.errors).toEqual([]);
});
