import { expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { AT_UTC, idOf, ids, linkedDocuments } from '../../test/world/linked-documents.ts';
import { kinds } from '../collections.ts';
import type { Doc } from '../kernel/kind.ts';
import { upgradeDoc } from '../kernel/upgrade.ts';

const front = authorOf(ids.user, 'receptionist');
const [booked] = linkedDocuments['appointment'] as [Doc];
const [person] = linkedDocuments['patient'] as [Doc];
const open = { locationId: ids.location, atUtc: AT_UTC, status: 'open', solvedBy: null, solvedAtUtc: null };
const task: Doc = {
  ...open,
  id: idOf(50),
  reason: 'unreadable-file',
  patientId: null,
  aboutKind: 'instance',
  aboutId: ids.instance,
  violations: [],
};
const about = {
  ...open,
  setId: idOf(60),
  command: 'people/update',
  violations: [],
  patientId: ids.patient,
  authorId: ids.other,
  stationId: ids.station,
};
const contact = (phone: string) => ({ phones: [phone], email: '' });
const versions: Doc = {
  ...about,
  id: idOf(51),
  problem: 'units',
  docKind: 'patient',
  docId: ids.patient,
  units: [{ unit: 'contact', base: contact('1'), theirs: contact('2'), mine: contact('3') }],
};
const lost: Doc = { ...about, id: idOf(52), problem: 'lostClaim', docKind: 'appointment', docId: booked.id, units: [] };

const worldOf = (more: Record<string, readonly Doc[]>) =>
  createDeskWorld({ ...linkedDocuments, ...more }, AT_UTC, ids.location);
async function solve(kind: string, item: Doc, more: Record<string, readonly Doc[]> = {}): Promise<string> {
  const seen = { [`${kind}/${item.id}`]: item };
  const answer = await worldOf({ [kind]: [item], ...more }).give(front, 'inbox/solve', { kind, id: item.id }, { seen });
  return answer.ok ? String(answer.value.written[0]?.after?.['solvedBy']) : (answer.error[0]?.code ?? '');
}
async function choose(choice: string, standing: string, shown?: string) {
  const desk = worldOf({ conflict: [versions], patient: [{ ...person, phones: [standing] }] });
  const said = shown === undefined ? {} : { shown: { contact: contact(shown) } };
  const input = { conflictId: versions.id, choices: { contact: choice }, ...said };
  const answer = await desk.give(front, 'inbox/choose-version', input, {
    seen: { [`conflict/${versions.id}`]: versions },
  });
  if (!answer.ok) return answer.error[0]?.code;
  const patient = answer.value.written.find((one) => one.kind === 'patient')?.after;
  return patient ? (patient['phones'] as string[])[0] : 'closed';
}

it('INBOX-1: who solved an item stays on it, and it is solved once', async () => {
  expect(await solve('task', task)).toBe(front.id);
  expect(await solve('task', { ...task, status: 'solved', solvedBy: ids.other })).toBe('already-solved');
});

it('INBOX-1: two people who solved one item apart: the first stands, and nobody is asked', async () => {
  const desk = worldOf({ task: [task] });
  const given = { kind: 'task', id: task.id };
  const proposal = await desk.done(front, 'inbox/solve', given, { seen: { [`task/${task.id}`]: task } });
  const first = { ...task, status: 'solved', solvedBy: ids.other, solvedAtUtc: AT_UTC };
  desk.reader.put('task', first);
  const verdict = await desk.judge(proposal, front);
  expect(verdict).toMatchObject({ result: 'accepted', conflicts: [], flags: [], written: [{ after: first }] });
});

it('INBOX-2: a version is chosen over what the person was shown', async () => {
  expect(await choose('mine', '2', '2')).toBe('3');
  expect(await choose('theirs', '2', '2')).toBe('closed');
  expect(await choose('mine', '4', '2')).toBe('changed-again');
  expect(await choose('theirs', '4', '2')).toBe('changed-again');
  expect(await choose('mine', '4', '4')).toBe('3');
});

it('INBOX-2: where the choice does not say what was shown, it is what the item says', async () => {
  expect(await choose('mine', '2')).toBe('3');
  expect(await choose('mine', '4')).toBe('changed-again');
});

it('INBOX-3: a booking that waits for a time is not merely ticked off', async () => {
  const waiting = { ...booked, placement: 'unplaced' };
  const none = { encounter: [] };
  expect(await solve('conflict', lost, { ...none, appointment: [waiting] })).toBe('not-placed');
  expect(await solve('conflict', lost, { appointment: [waiting] })).toBe(front.id);
  expect(await solve('conflict', lost, { ...none, appointment: [{ ...waiting, status: 'cancelled' }] })).toBe(front.id);
});

it('an early form of a conflict, of which only the solving is known, is brought over as it is', () => {
  const { status, solvedBy, solvedAtUtc } = versions;
  const part: Doc = { id: versions.id, status, solvedBy, solvedAtUtc };
  expect(upgradeDoc(kinds, 'conflict', part)).toEqual(part);
  expect(upgradeDoc(kinds, 'conflict', versions)).toEqual(versions);
});
