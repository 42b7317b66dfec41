/**
 * Papers and files leave a real workstation, by the screens and by keys alone: the day list saved and refused by a printer that is not there, a report
 * printed, an object that is not drawn saved as the scanner sent it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Clinic, Station } from '../world/clinic.ts';
import { openClinicWithStation } from '../world/clinic.ts';
import { findWorklist, prepareImages, sendImages } from '../world/scanner.ts';
import { runProgram, until } from '../world/services.ts';

const pictures = join(import.meta.dirname, '..', '..', 'test-results', 'screens');
const samples = join(import.meta.dirname, '..', 'samples', 'dicom');
let clinic: Clinic;
let station: Station;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  ({ clinic, station } = await openClinicWithStation());
}, 300_000);
afterAll(() => clinic?.close());

const goTo = (hash: string): Promise<void> =>
  station.page.evaluate((to) => {
    (globalThis as unknown as { location: { hash: string } }).location.hash = to;
  }, hash);
const saved = (): string[] => (existsSync(clinic.exportDir) ? readdirSync(clinic.exportDir).toSorted() : []);
const focused = (): Promise<string> =>
  station.page.evaluate(() => {
    const { document } = globalThis as unknown as { document: { activeElement: Element } };
    type Element = { ariaLabel: string | null; textContent: string };
    return document.activeElement.ariaLabel ?? document.activeElement.textContent;
  });
const look = async (name: string): Promise<void> => {
  for (const [width, height] of [
    [1440, 900],
    [1920, 1080],
  ] as const) {
    await station.page.setViewportSize({ width, height });
    await station.page.waitForTimeout(300);
    await station.page.screenshot({ path: join(pictures, `${name}-${width}.png`) });
  }
  const { violations } = await new AxeBuilder({ page: station.page }).setLegacyMode().analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual(
    [],
  );
};

it('the day list: no printer is said in words, the file is saved by a key, and the focus goes back', async () => {
  const { page } = station;
  await station.signIn('receptionist');
  clinic.printer.refuse('lp: Error - No default destination available.');
  await goTo('#/day');
  const button = page.getByRole('button', { name: 'Print', exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Day list' }).waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Day list' });
  await dialog.getByText(/^Ready: \d+ pages?$/).waitFor();
  expect(await focused()).toMatch(/^Print/);
  await look('paper-ready-light');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').filter({ hasText: 'No printer is set up on this workstation' }).waitFor();
  await look('paper-no-printer-light');
  expect(await focused()).toMatch(/^Save/);
  await page.keyboard.press('Control+s');
  await page.getByText(/Saved as day-list-[0-9a-f]{8}\.pdf in/).waitFor();
  await dialog.waitFor({ state: 'hidden' });
  expect(await focused()).toBe('Print');
  const [name = ''] = saved();
  expect(name).toMatch(/^day-list-[0-9a-f]{8}\.pdf$/);
  const path = join(clinic.exportDir, name);
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  expect([statSync(path).mode & 0o777, statSync(clinic.exportDir).mode & 0o777]).toEqual([0o600, 0o700]);
});

/** One order of a scanner's worklist, and its image sent back; the study that it made. */
async function receive(aeTitle: string, sample: string): Promise<{ studyId: string; sent: string }> {
  const orders = await findWorklist(station.dicomPort, aeTitle, [], clinic.folder);
  // A Latin name: dcmodify writes in the sample's own character set.
  const order = orders.find((one) => /^[\w^ ]+$/.test(one['PatientName'] ?? ''));
  if (!order) throw new Error(`${aeTitle}: ${orders.length} orders, none with a Latin name`);
  const keywords = [
    'PatientName',
    'PatientID',
    'PatientBirthDate',
    'PatientSex',
    'AccessionNumber',
    'StudyInstanceUID',
  ];
  const identity = Object.fromEntries(keywords.map((keyword) => [keyword, order[keyword] ?? '']));
  const [sent = ''] = await prepareImages([join(samples, sample)], identity, join(clinic.folder, `sent-${aeTitle}`));
  const studies = async (): Promise<string[]> => {
    const list = await station.view<{ rows: Array<{ studyId: string }> }>('imaging/reading-list', {
      filter: 'to-read',
    });
    return list.rows.map((row) => row.studyId);
  };
  await station.signIn('doctor');
  const before = await studies();
  await sendImages(station.dicomPort, aeTitle, [sent]);
  const studyId = await until('the study in the list', async () =>
    (await studies()).find((id) => !before.includes(id)),
  );
  return { studyId, sent };
}

it('the report is printed whole by Ctrl+P; what is not drawn is saved as the scanner sent it', async () => {
  const { page } = station;
  const { studyId, sent } = await receive('US1', 'sr/reportsi.dcm');
  await page.emulateMedia({ colorScheme: 'dark' });
  await goTo(`#/read?studyId=${studyId}`);
  const before = new Set(saved());
  await page.getByRole('button', { name: 'Save the file as it came' }).click();
  await page.getByText(/Saved as image-\d+\.dcm in/).waitFor();
  await look('not-drawn-saved');
  const name = saved().find((one) => !before.has(one)) ?? '';
  const came = readFileSync(join(clinic.exportDir, name));
  // Behind the file meta group, whose length its first element tells (PS3.10 7.1), both are the same bytes.
  const dataset = (file: Buffer): Buffer => file.subarray(144 + file.readUInt32LE(140));
  expect(dataset(came).equals(dataset(readFileSync(sent)))).toBe(true);

  const text = { technique: '', findings: 'Normal.', impression: 'Normal.', measurements: [], keyInstanceIds: [] };
  const preliminary = await station.run('reports/save-preliminary', { reportId: null, studyId, text });
  const reportId = preliminary.ok ? (preliminary.written[0]?.id ?? '') : '';
  const { reports } = await station.view<{ reports: Array<{ report: Doc }> }>('imaging/study', { studyId });
  const report = reports.find((one) => one.report.id === reportId)?.report;
  const seen = { [`report/${reportId}`]: report as Doc };
  expect(await station.run('reports/finalize', { reportId, studyId, text }, { seen })).toMatchObject({ ok: true });
  clinic.printer.setPrinter('Front-Desk');
  await page.getByRole('button', { name: 'Print or save' }).click();
  await page.getByText(/^Ready: \d+ pages?$/).waitFor();
  await look('paper-ready-dark');
  await page.keyboard.press('Control+p');
  await page.getByText(/^Report .* sent to Front-Desk$/).waitFor();
  expect(Buffer.from(clinic.printer.printedBytes()).subarray(0, 5).toString()).toBe('%PDF-');
});

it('an image marked by K is in the report as it was seen, and in its PDF', async () => {
  const { page } = station;
  const { studyId } = await receive('CT1', 'ct-series-ge/11.dcm');
  await goTo(`#/read?studyId=${studyId}`);
  const tile = page.locator('[data-shown]').first();
  await tile.waitFor({ timeout: 60_000 });
  await tile.focus();
  await page.keyboard.press('k');
  await page.getByRole('button', { name: /^Key image .+/ }).waitFor();
  await page.keyboard.press('k');
  await page.getByRole('button', { name: /^Key image .+/ }).waitFor({ state: 'detached' });
  // Another window, so that what is seen is not what the file says.
  await page.keyboard.press('2');
  await page.keyboard.press('k');
  await page.getByRole('button', { name: /^Key image .+/ }).waitFor();
  await look('key-image-dark');
  await page.locator('[data-field=impression]').fill('Old infarct.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Print or save' }).click();
  await page.getByText(/^Ready: \d+ pages?$/).waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText(/Saved as report-[0-9a-f]{8}\.pdf in/).waitFor();
  const name = saved().find((one) => one.startsWith('report-')) ?? '';
  const path = join(clinic.exportDir, name);
  const { stdout } = await runProgram('pdfimages', ['-list', path]);
  expect(stdout.split('\n').filter((line) => /\bjpeg\b/.test(line))).toHaveLength(1);
  await runProgram('pdftoppm', ['-png', '-r', '70', path, join(pictures, 'report-page')]);
  await station.stop();
  expect((await station.check()).problems).toEqual([]);
});
