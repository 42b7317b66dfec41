/** The scanner's part, by DCMTK, and the technician's. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clinic, Station } from '../../world/clinic.ts';
import type { WorklistAnswer } from '../../world/scanner.ts';
import { findWorklist, identityOf, prepareImages, sendImages } from '../../world/scanner.ts';
import type { AtDesk } from './front-desk.ts';

const samples = join(import.meta.dirname, '..', '..', 'samples', 'dicom');
const filesOf = (folder: string, wanted: RegExp): string[] =>
  existsSync(join(samples, folder))
    ? readdirSync(join(samples, folder))
        .filter((name) => wanted.test(name))
        .map((name) => join(samples, folder, name))
    : [];

/** Asks as the ultrasound does, for a day (`YYYYMMDD`; today where it is empty): patients in the building stand first. */
export const askWorklist = (clinic: Clinic, station: Station, day: string): Promise<WorklistAnswer[]> =>
  findWorklist(
    station.dicomPort,
    'US1',
    [`ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate=${day}`],
    clinic.folder,
  );

/** Sends two ultrasound objects with the order's identity, one of them a cine loop; answers how many. */
export async function scan(clinic: Clinic, station: Station, order: WorklistAnswer): Promise<number> {
  const files = await prepareImages(
    filesOf('us', /color-px|IM00001/),
    identityOf(order),
    join(clinic.folder, `us-${crypto.randomUUID()}`),
  );
  await sendImages(station.dicomPort, 'US1', files);
  return files.length;
}

/** Sends images that name the patient but no order, and images that carry an order's number and somebody else's name. */
export async function sendStrays(
  clinic: Clinic,
  station: Station,
  a: WorklistAnswer,
  b: WorklistAnswer,
): Promise<void> {
  const uid = (): string => `2.25.${BigInt(`0x${crypto.randomUUID().replaceAll('-', '')}`)}`;
  const stray = await prepareImages(
    filesOf('us', /no-pixel-spacing/),
    { ...identityOf(a), AccessionNumber: '', StudyInstanceUID: uid() },
    join(clinic.folder, `stray-${crypto.randomUUID()}`),
  );
  const held = await prepareImages(
    filesOf('us', /color-px/),
    { ...identityOf(b), PatientName: 'Somebody^Else', PatientID: 'X-1', StudyInstanceUID: uid() },
    join(clinic.folder, `held-${crypto.randomUUID()}`),
  );
  await sendImages(station.dicomPort, 'US1', [...stray, ...held]);
}

/** Links the stray to the visit that the screen proposes; the held study stays held. */
export async function linkStray({ page, hands }: AtDesk): Promise<void> {
  const unfiled = page.getByRole('region', { name: 'Images without a place' });
  await unfiled.getByText(/^Held back/).waitFor();
  await hands.press(unfiled.getByRole('button', { name: /^Link to/ }).first());
  await page
    .getByRole('status')
    .getByText(/^Images linked to/)
    .waitFor();
}

/** `22 Nov` as DICOM writes days; the booking is at most weeks ahead. */
export function dicomDay(day: string): string {
  const now = new Date();
  const at = new Date(`${day} ${now.getUTCFullYear()} UTC`);
  if (at.getTime() < now.getTime() - 180 * 86_400_000) at.setUTCFullYear(at.getUTCFullYear() + 1);
  return at.toISOString().slice(0, 10).replaceAll('-', '');
}
