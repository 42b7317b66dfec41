/**
 * The first figures (no peer exists for these): from start to a usable window, from an image's last byte to its row on the visit, and from a command on one
 * station to the other's screen. Each prints one JSON line with minimum, median, maximum and the machine's load.
 */
import { existsSync, readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import type { DayView } from '../shared/scheduling/day-views.ts';
import { localTime } from '../shared/kernel/time.ts';
import type { Board } from '../shared/waiting-room/board-view.ts';
import type { Station } from '../test/world/clinic.ts';
import { openClinic } from '../test/world/clinic.ts';
import { findWorklist, prepareImages, sendImages } from '../test/world/scanner.ts';
import { until } from '../test/world/services.ts';

const ROUNDS = 5;
const samples = join(import.meta.dirname, '..', 'test', 'samples', 'dicom', 'ct-series-ge');

function report(figure: string, valuesMs: number[]): void {
  const sorted = valuesMs.toSorted((a, b) => a - b).map((value) => Math.round(value));
  const line = {
    figure,
    unit: 'ms',
    n: sorted.length,
    min: sorted[0],
    median: sorted[Math.floor(sorted.length / 2)],
    max: sorted.at(-1),
    load: loadavg().map((one) => Number(one.toFixed(2))),
    peer: null,
  };
  console.log(JSON.stringify(line));
}

const isSynced = (station: Station) => async (): Promise<boolean> =>
  (await station.request<{ phase: string }>('station', { do: 'sync' })).phase === 'synced';

const clinic = await openClinic();
try {
  await clinic.startServer();
  let one = await clinic.openStation('one', await clinic.codeFor('kemang'));
  await until('the first load', isSynced(one), 180_000);
  await clinic.stopServer();
  await clinic.startServer();
  const two = await clinic.openStation('two', await clinic.codeFor('kemang'));
  await until('the first load', isSynced(two), 180_000);
  await two.signIn('doctor');

  const starts: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    await one.stop();
    const from = performance.now();
    one = await clinic.openStation('one');
    await one.page.waitForSelector('input', { timeout: 60_000 });
    starts.push(performance.now() - from);
  }
  report('workstation start to a window that takes a sign-in', starts);
  await one.signIn('receptionist');

  const { state } = await one.request<{ state: { location: { id: string; zone: string } } }>('session', {
    do: 'state',
  });
  const locationId = state.location.id;
  const today = localTime(new Date().toISOString(), state.location.zone).day;
  const board = (station: Station): Promise<Board> => station.view<Board>('waiting-room/board', { locationId });
  const blocks = (await one.view<DayView>('scheduling/day', { locationId, fromDay: today, days: 1 })).blocks.filter(
    (block) => !block.encounter && block.appointment.status === 'booked',
  );

  const crossings: number[] = [];
  for (const block of blocks.slice(0, ROUNDS)) {
    const from = performance.now();
    const answer = await one.run('waiting-room/arrive', { appointmentId: block.appointment.id });
    if (!answer.ok) continue;
    const id = answer.written[0]?.id;
    await until('the other board', async () => (await board(two)).cards.some((card) => card.encounter.id === id));
    crossings.push(performance.now() - from);
  }
  report('a command on one station to the other station’s board', crossings);

  const images: number[] = [];
  const steps = existsSync(samples)
    ? (await findWorklist(one.dicomPort, 'CT1', [], clinic.folder)).slice(0, ROUNDS)
    : [];
  for (const [i, step] of steps.entries()) {
    const identity = Object.fromEntries(
      ['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex', 'AccessionNumber', 'StudyInstanceUID'].map(
        (name) => [name, step[name] ?? ''],
      ),
    );
    const files = await prepareImages(
      readdirSync(samples).map((name) => join(samples, name)),
      identity,
      join(clinic.folder, `ct-${i}`),
    );
    await sendImages(one.dicomPort, 'CT1', files);
    const from = performance.now();
    await two.signIn('doctor');
    await until('the study', async () =>
      (
        await two.view<{ rows: Array<{ accessionNumber: string }> }>('imaging/reading-list', { filter: 'all' })
      ).rows.some((row) => row.accessionNumber === step['AccessionNumber']),
    );
    images.push(performance.now() - from);
  }
  report('a study’s last byte to its row on the other station’s reading list', images);
} finally {
  await clinic.close();
}
