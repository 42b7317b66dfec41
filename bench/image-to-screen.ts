import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clinic, Station } from '../test/world/clinic.ts';
import { findWorklist, prepareImages, sendImages } from '../test/world/scanner.ts';
import { report } from './report.ts';

const samples = join(import.meta.dirname, '..', 'test', 'samples', 'dicom', 'ct-series-ge');
const IDENTITY = ['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex', 'AccessionNumber', 'StudyInstanceUID'];

/** From the last byte of a CT series to its row on the reading list, and from there to its picture once the row is opened. */
export async function benchImages(clinic: Clinic, station: Station, rounds: number): Promise<void> {
  const { page } = station;
  await station.signIn('doctor');
  await page.evaluate(() => {
    (globalThis as unknown as { location: { hash: string } }).location.hash = '#/read';
  });
  const rows = page.getByRole('navigation', { name: 'Reading list' }).getByRole('listitem');
  await page.getByRole('navigation', { name: 'Reading list' }).waitFor();
  const toRow: number[] = [];
  const toPicture: number[] = [];
  const steps = (await findWorklist(station.dicomPort, 'CT1', [], clinic.folder)).slice(0, rounds);
  for (const [i, step] of steps.entries()) {
    const identity = Object.fromEntries(IDENTITY.map((name) => [name, step[name] ?? '']));
    const files = await prepareImages(
      readdirSync(samples).map((name) => join(samples, name)),
      { SpecificCharacterSet: 'ISO_IR 192', ...identity },
      join(clinic.folder, `ct-${i}`),
    );
    const before = await rows.count();
    await sendImages(station.dicomPort, 'CT1', files);
    const fromMs = performance.now();
    await rows.nth(before).waitFor();
    const rowMs = performance.now();
    toRow.push(rowMs - fromMs);
    // The newest study stands last among those that are equally urgent.
    await rows.nth(before).getByRole('button').click();
    await page.locator('[data-shown]').waitFor();
    toPicture.push(performance.now() - rowMs);
  }
  report('a CT series’ last byte to its row on the reading list', toRow);
  report('the row opened to the picture on the screen', toPicture);
}
