import { expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { AT_UTC, ids, linkedDocuments } from '../../test/world/linked-documents.ts';
import type { Doc } from '../kernel/kind.ts';
import { addMinutes } from '../kernel/time.ts';

const front = authorOf(ids.user, 'receptionist');
const colleague = authorOf(ids.other, 'receptionist');
const door = { ...authorOf(ids.station), permissions: new Set(['system.automatic' as const]), automatic: true };
const [booked] = linkedDocuments['appointment'] as [Doc];
const [visit] = linkedDocuments['encounter'] as [Doc];
const step = (stage: string, minutes: number) => ({
  stage,
  atUtc: addMinutes(AT_UTC, minutes),
  byId: ids.user,
  inferred: false,
});
const scanned: Doc = { ...visit, steps: [step('arrived', 0), step('in_room', 10)] };

const worldOf = (encounter: Doc[], minutes: number, appointment = booked) =>
  createDeskWorld(
    { ...linkedDocuments, appointment: [appointment], encounter },
    addMinutes(AT_UTC, minutes),
    ids.location,
  );
type World = ReturnType<typeof worldOf>;
const move = async (desk: World, to: string, author = front, reason?: string): Promise<string | undefined> => {
  const seen = { [`encounter/${visit.id}`]: desk.reader.get('encounter', visit.id) as Doc };
  const input = { encounterId: visit.id, to };
  const answer = await desk.give(author, 'waiting-room/move', input, { seen, ...(reason ? { reason } : {}) });
  return answer.ok ? undefined : answer.error[0]?.code;
};

it('WAIT-1, SCHED-8: a booking is received once, and only while it stands', async () => {
  const arrive = async (desk: World) => desk.give(front, 'waiting-room/arrive', { appointmentId: booked.id });
  expect(await arrive(worldOf([visit], 5))).toMatchObject({ ok: false, error: [{ code: 'already-received' }] });
  expect(await arrive(worldOf([], 5))).toMatchObject({ ok: true });
  const ended = await arrive(worldOf([], 5, { ...booked, status: 'no_show' }));
  expect(ended).toMatchObject({ ok: false, error: [{ law: 'SCHED-8', code: 'booking-no-show' }] });
});

it('WAIT-2: a step goes to another stage; stages may be skipped', async () => {
  expect(await move(worldOf([scanned], 12), 'in_room')).toBe('already-there');
  expect(await move(worldOf([scanned], 12), 'completed')).toBeUndefined();
});

it('WAIT-3: one step back within five minutes by whoever took it; any other way back needs a reason', async () => {
  expect(await move(worldOf([scanned], 14), 'arrived')).toBeUndefined();
  expect(await move(worldOf([scanned], 14), 'arrived', colleague)).toBe('back-needs-reason');
  expect(await move(worldOf([scanned], 16), 'arrived')).toBe('back-needs-reason');
  expect(await move(worldOf([scanned], 16), 'arrived', colleague, 'wrong patient')).toBeUndefined();
});

it('WAIT-3: a set that says nothing of its reason is on hold', async () => {
  const desk = worldOf([scanned], 16);
  const seen = { [`encounter/${visit.id}`]: scanned };
  const given = { encounterId: visit.id, to: 'arrived' };
  const proposal = await desk.done(front, 'waiting-room/move', given, { seen, reason: 'wrong patient' });
  expect((await desk.judge(proposal, front)).result).toBe('accepted');
  const silent = { ...proposal, set: { ...proposal.set, reason: null } };
  expect(await desk.judge(silent, front)).toMatchObject({ result: 'held', forged: 'against WAIT-3 back-needs-reason' });
});

it('WAIT-4: a walk-in for a scan is not without a scanner', async () => {
  const desk = createDeskWorld(
    { ...linkedDocuments, service: [{ id: ids.service, name: 'CT head', modality: 'CT' }], device: [] },
    AT_UTC,
    ids.location,
  );
  const input = { patientId: ids.patient, locationId: ids.location, practitionerId: null, serviceId: ids.service };
  const none = await desk.give(front, 'waiting-room/walk-in', { ...input, deviceId: null });
  expect(none).toMatchObject({ ok: false, error: [{ code: 'device-needed', params: { modality: 'CT' } }] });
});

it('WAIT-5: images move a visit on, never against a person', async () => {
  const infer = async (encounter: Doc, to: string) => {
    const input = { encounterId: encounter.id, to, atUtc: addMinutes(AT_UTC, 20) };
    const answer = await worldOf([encounter], 21).give(door, 'waiting-room/infer', input);
    return answer.ok ? undefined : answer.error[0]?.code;
  };
  expect(await infer(scanned, 'in_scan')).toBeUndefined();
  expect(await infer(scanned, 'review')).toBe('moved-by-a-person');
  const done: Doc = { ...visit, steps: [step('arrived', 0), step('completed', 10)] };
  expect(await infer(done, 'in_scan')).toBe('moved-by-a-person');
});

it('WAIT-6: steps of two stations are joined, and nothing is flagged', async () => {
  const desk = worldOf([scanned], 20);
  const seen = { [`encounter/${visit.id}`]: scanned };
  const proposal = await desk.done(front, 'waiting-room/move', { encounterId: visit.id, to: 'in_scan' }, { seen });
  desk.reader.put('encounter', { ...scanned, steps: [...(scanned['steps'] as object[]), step('review', 19)] });
  const verdict = await desk.judge(proposal, front);
  expect(verdict).toMatchObject({ result: 'accepted', flags: [], conflicts: [] });
  const steps = 'written' in verdict ? verdict.written[0]?.after?.['steps'] : [];
  expect((steps as Array<{ stage: string }>).map((one) => one.stage)).toEqual([
    'arrived',
    'in_room',
    'in_scan',
    'review',
  ]);
});
