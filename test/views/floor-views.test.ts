import { expect, test } from 'vitest';
import type { Permission } from '../../shared/access/permissions.ts';
import { lastTimeView } from '../../shared/charting/last-time-view.ts';
import { visitView } from '../../shared/charting/visit-view.ts';
import { patientScope } from '../../shared/kernel/scopes.ts';
import type { ViewContext } from '../../shared/kernel/view.ts';
import { scanView } from '../../shared/orders/scan-view.ts';
import { whyNotListed } from '../../shared/orders/why-not-listed.ts';
import { boardView } from '../../shared/waiting-room/board-view.ts';
import { compareCards, paceOf } from '../../shared/waiting-room/limits.ts';
import type { Encounter } from '../../shared/waiting-room/schema.ts';
import { CT, floorDay, id, LOCATION, NOW } from '../world/floor-day.ts';
import { createMemoryReader } from '../world/memory-reader.ts';

const context: ViewContext = {
  nowUtc: NOW,
  userId: id(3, 1),
  permissions: new Set<Permission>(['billing.view']),
  locationId: LOCATION,
  stationId: id(20, 1),
  searchPatients: () => [],
};

test('the board has every open visit, who is to come and images that count', async () => {
  const board = await boardView.read(createMemoryReader(floorDay()), { locationId: LOCATION }, context);
  expect(board?.cards.map((card) => [card.person.name.written.slice(0, 4), card.images, card.next])).toEqual(
    expect.arrayContaining([
      ['Sri ', 0, 'in_room'],
      ['محمد', 48, 'review'],
    ]),
  );
  expect(board?.expected.map((one) => one.person.patientId)).toEqual([id(5, 3), id(5, 4), id(5, 5)]);
  expect(board?.cards.every((card) => !card.isLeftOver)).toBe(true);
});

test('a visit that was opened yesterday is marked as left over', async () => {
  const tomorrow = { ...context, nowUtc: '2026-11-22T02:00:00.000Z' };
  const board = await boardView.read(createMemoryReader(floorDay()), { locationId: LOCATION }, tomorrow);
  expect(board?.cards.length).toBe(4);
  expect(board?.cards.every((card) => card.isLeftOver)).toBe(true);
});

test('over midnight, who is booked into the new day is still expected, and who went in it is among those who are done', async () => {
  const world = floorDay();
  const midnightUtc = '2026-11-21T17:00:00.000Z';
  const [visit] = (world['encounter'] ?? []) as unknown as Encounter[];
  const step = visit?.steps[0];
  if (!visit || !step) throw new Error('no visit');
  const gone = (at: number, atUtc: string) => ({
    ...visit,
    id: id(70, at),
    openedAtUtc: '2026-11-21T16:30:00.000Z',
    steps: [{ ...step, stage: 'completed', atUtc }],
  });
  const booking = (at: number, endsAtUtc: string) => ({
    ...world['appointment']?.[0],
    id: id(71, at),
    startsAtUtc: '2026-11-21T16:30:00.000Z',
    endsAtUtc,
    status: 'booked',
  });
  const reader = createMemoryReader({
    ...world,
    encounter: [gone(1, '2026-11-21T17:20:00.000Z'), gone(2, '2026-11-21T16:50:00.000Z')],
    appointment: [booking(1, '2026-11-21T17:30:00.000Z'), booking(2, midnightUtc)],
  });
  const board = await boardView.read(
    reader,
    { locationId: LOCATION },
    { ...context, nowUtc: '2026-11-21T17:25:00.000Z' },
  );
  expect(board?.day).toBe('2026-11-22');
  expect(board?.expected.map((one) => one.appointmentId)).toEqual([id(71, 1)]);
  expect(board?.finished.map((one) => one.encounter.id)).toEqual([id(70, 1)]);
});

test('what a patient owes is not said where records are not held, and never without the right to see money', async () => {
  const reader = createMemoryReader(floorDay());
  reader.setHolding(patientScope(id(5, 0)), 'no');
  const board = await boardView.read(reader, { locationId: LOCATION }, context);
  const card = board?.cards.find((one) => one.person.patientId === id(5, 0));
  expect(card?.flags).toMatchObject({ owes: null, firstVisit: null });
});

test('minutes over the limit turn amber, half as much again turns red, and the worst comes first', async () => {
  const board = await boardView.read(createMemoryReader(floorDay()), { locationId: LOCATION }, context);
  const waiting = (board?.cards ?? []).filter((card) =>
    ['arrived', 'waiting'].includes(card.encounter.steps.at(-1)?.stage ?? ''),
  );
  const sorted = waiting.toSorted((a, b) => compareCards('limit', a, b, NOW));
  expect(sorted.map((card) => paceOf(card.encounter, NOW).level)).toEqual(['red', 'amber', 'amber']);
});

test('the visit has its strip, the images, and the missing price as a gap with its repair', async () => {
  const visit = await visitView.read(createMemoryReader(floorDay()), { encounterId: id(7, 1) }, context);
  const states = Object.fromEntries((visit?.steps ?? []).map((step) => [step.step, step.state]));
  expect(states).toEqual({
    booked: 'done',
    worklist: 'done',
    fetched: 'done',
    started: 'done',
    images: 'now',
    read: 'now',
    signed: 'todo',
    billed: 'gap',
  });
  expect(visit?.steps.at(-1)?.repair).toBe('set-price');
  expect(visit?.chart.previousVitals.systolicMmHg?.[0]?.value).toBe(142);
  expect(visit?.chart.current.map((one) => one.doc['drug'])).toEqual(['Metformin']);
});

test('a visit asked for with another patient is not shown', async () => {
  const params = { encounterId: id(7, 1), patientId: id(5, 2) };
  expect(await visitView.read(createMemoryReader(floorDay()), params, context)).toBeNull();
});

test('last time is the latest earlier visit with something charted', async () => {
  const params = { patientId: id(5, 1), encounterId: id(7, 1) };
  const last = await lastTimeView.read(createMemoryReader(floorDay()), params, context);
  expect(last.visit).toMatchObject({ encounterId: id(7, 90), note: { text: 'Headache, known infarct.' } });
});

test('the scan day: a row per step, the one booked elsewhere marked, stray and held with what is likely', async () => {
  const day = await scanView.read(
    createMemoryReader(floorDay()),
    { locationId: LOCATION, day: '2026-11-21', deviceId: CT },
    context,
  );
  expect(day?.rows.map((row) => row.state)).toEqual(['in-scan', 'moved', 'listed', 'listed']);
  const stray = day?.unfiled.find((one) => one.study.state === 'stray');
  expect(stray?.proposed[0]).toMatchObject({
    patientId: id(5, 5),
    reasons: expect.arrayContaining(['name-part', 'device']),
  });
  const held = day?.unfiled.find((one) => one.study.state === 'held');
  expect(held).toMatchObject({ heldFor: { birthDate: '1989-04-06' }, seen: { birthDate: '1989-06-04' } });
});

test('why a step is not on the worklist: the device, the day, the state; given keys count as given', async () => {
  const day = await scanView.read(
    createMemoryReader(floorDay()),
    { locationId: LOCATION, day: '2026-11-21', deviceId: CT },
    context,
  );
  const row = day?.rows.find((one) => one.state === 'moved');
  const device = day?.devices.find((one) => one.id === CT);
  if (!row?.order || !device) throw new Error('no row');
  const step = { order: row.order, aeTitle: row.aeTitle, recordNumber: row.recordNumber };
  const asked = { device, keys: { Modality: 'CT' }, atUtc: NOW, zone: 'Asia/Jakarta' };
  const why = whyNotListed(asked, step);
  expect(why.reason).toBe('device');
  expect(why.lines.filter((line) => !line.fits).map((line) => line.field)).toEqual(['device', 'kind']);
  const open = { ...step, aeTitle: 'CT1KMG', order: { ...row.order, modality: 'CT' } };
  const range = { ...asked, keys: { ScheduledProcedureStepStartDate: '20261122-' } };
  expect(whyNotListed(range, open).reason).toBe('day');
  expect(whyNotListed({ ...asked, keys: { ScheduledProcedureStepStartDate: '-20261121' } }, open).reason).toBe(
    'listed',
  );
  expect(whyNotListed(asked, { ...open, order: { ...open.order, status: 'completed' } }).reason).toBe('state');
  expect(whyNotListed(asked, { ...open, order: null }).reason).toBe('order');
});
