/** What two stations do that have not heard of one another, and what a server makes of it: each fault that was seen, with its right value. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandCall } from '../../shared/desk/ports.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { type LawClinic, openLawClinic } from './law-clinic.ts';
import type { LawStation } from './law-world.ts';

let clinic: LawClinic;
beforeAll(async () => {
  clinic = await openLawClinic(11);
}, 60_000);
afterAll(() => clinic.close());

/** Both decide before either is heard of; the first comes to the server first. */
async function apart(first: CommandCall, second: CommandCall) {
  const { world, here, there } = clinic;
  for (const one of [here, there]) await world.sync(one);
  const [a, b] = [await world.proposeAt(here, first), await world.proposeAt(there, second)];
  const answers = [await send(here, a.set), await send(there, b.set)] as const;
  for (const one of [here, there]) await world.sync(one);
  return { answers, docs: [a.written, b.written].map((written) => written.flatMap(({ after }) => after ?? [])) };
}
const send = async (station: LawStation, set: ChangeSet) => {
  const { answer } = await clinic.world.push(station, set);
  return { result: answer.result, codes: answer.violations.map((one) => one['code']) };
};
/** What waits in the inbox about one document. */
async function waiting(docId: string): Promise<Doc[]> {
  const { reader } = clinic.here;
  const lists = await Promise.all(['task', 'conflict'].map(async (kind) => reader.find(kind, 'open', { prefix: '' })));
  return lists.flat().filter((one) => [one['aboutId'], one['docId']].includes(docId));
}
const stored = (kind: string, id: string): Promise<Doc> => clinic.stored(kind, id);

describe('bookings', () => {
  test('SCHED-3, SCHED-9: one patient at two doctors at one time: the second is unplaced, with one task', async () => {
    const { people, call, patient, bookInput, world } = clinic;
    const input = bookInput((await patient()).id);
    const other = { ...input, practitionerId: world.reference.users.otherDoctor.id };
    const { answers, docs } = await apart(
      call(people.front, 'scheduling/book', input),
      call(people.doctor, 'scheduling/book', other),
    );
    expect(answers[0]).toEqual({ result: 'accepted', codes: [] });
    expect(answers[1]).toEqual({ result: 'merged', codes: ['patient-elsewhere'] });
    const [kept, lost] = [docs[0]?.[0]?.id ?? '', docs[1]?.[0]?.id ?? ''];
    expect(await stored('appointment', kept)).toMatchObject({ placement: 'placed' });
    expect(await stored('appointment', lost)).toMatchObject({ placement: 'unplaced', status: 'booked' });
    expect(await waiting(lost)).toMatchObject([{ problem: 'lostClaim', status: 'open' }]);
  });

  test.each([
    ['scheduling/cancel', 'rang to say so'],
    ['scheduling/no-show', null],
  ])('SCHED-8: arrived here first, then %s there: refused, and the visit goes on', async (ending, reason) => {
    const { people, call, booking } = clinic;
    const booked = await booking();
    const input = { appointmentId: booked.id };
    const end = call(people.doctor, ending, input, { kind: 'appointment', seen: [booked], reason: reason ?? '' });
    const { answers } = await apart(call(people.front, 'waiting-room/arrive', input), end);
    expect(answers.map((one) => one.result)).toEqual(['accepted', 'refused']);
    expect(answers[1].codes).toContain('already-received');
    expect(await stored('appointment', booked.id)).toMatchObject({ status: 'booked' });
    const refusals = await clinic.here.reader.find('refusal', 'open', { prefix: '' });
    expect(refusals.filter((one) => (one['input'] as typeof input).appointmentId === booked.id)).toHaveLength(1);
  });

  test.each([
    ['scheduling/cancel', 'rang to say so', 'booking-cancelled', 'cancelled'],
    ['scheduling/no-show', '', 'booking-no-show', 'no_show'],
  ])('SCHED-8: %s here first, then arrived there: the visit stands, and one task says so', async (...row) => {
    const [ending, reason, code, status] = row;
    const { people, call, booking } = clinic;
    const booked = await booking();
    const input = { appointmentId: booked.id };
    const end = call(people.doctor, ending, input, { kind: 'appointment', seen: [booked], reason });
    const { answers, docs } = await apart(end, call(people.front, 'waiting-room/arrive', input));
    expect(answers.map((one) => one.result)).toEqual(['accepted', 'accepted']);
    expect(answers[1].codes).toEqual([code]);
    const visit = docs[1]?.[0] as Doc;
    expect(await stored('encounter', visit.id)).toEqual(visit);
    expect(await stored('appointment', booked.id)).toMatchObject({ status });
    expect(await waiting(visit.id)).toMatchObject([
      { reason: 'flagged-record', violations: [{ law: 'SCHED-8', code }] },
    ]);
  });
});

describe('visits', () => {
  test('WAIT-1: a patient who is received at both has one visit, and nobody is asked', async () => {
    const { people, call, booking } = clinic;
    const input = { appointmentId: (await booking()).id };
    const arrive = call(people.front, 'waiting-room/arrive', input);
    const { answers, docs } = await apart(arrive, { ...arrive, author: people.doctor });
    expect(answers.map((one) => one.codes)).toEqual([[], []]);
    expect(new Set(docs.flat().map((one) => one.id)).size).toBe(1);
    expect(await waiting(docs[0]?.[0]?.id ?? '')).toEqual([]);
  });

  test('WAIT-6: steps of both are kept, the furthest is the status, and nobody is asked', async () => {
    const { people, call, visit } = clinic;
    const seen = await visit();
    const move = (to: string) =>
      call(people.front, 'waiting-room/move', { encounterId: seen.id, to }, { kind: 'encounter', seen: [seen] });
    const { answers } = await apart(move('in_room'), move('waiting'));
    expect(answers.map((one) => one.codes)).toEqual([[], []]);
    const steps = (await stored('encounter', seen.id))['steps'] as Array<{ stage: string }>;
    expect(steps.map((one) => one.stage)).toEqual(['arrived', 'waiting', 'in_room']);
    expect(await waiting(seen.id)).toEqual([]);
  });
});

describe('two versions of one thing', () => {
  const phones = (one: Doc): unknown => one['phones'];
  const change = (seen: Doc, phone: string): CommandCall =>
    clinic.call(
      clinic.people.front,
      'people/update',
      { patientId: seen.id, details: { phones: [phone] } },
      { kind: 'patient', seen: [seen] },
    );
  /** Two phones of one patient, and the conflict about them. */
  async function twoVersions(): Promise<{ patient: Doc; conflict: Doc }> {
    const seen = await clinic.patient();
    await apart(change(seen, '0811 1111'), change(seen, '0822 2222'));
    const [conflict] = await waiting(seen.id);
    if (!conflict) throw new Error('no conflict');
    return { patient: await stored('patient', seen.id), conflict };
  }
  const choose = (conflict: Doc, shown: Doc): CommandCall =>
    clinic.call(
      clinic.people.front,
      'inbox/choose-version',
      {
        conflictId: conflict.id,
        choices: { contact: 'mine' },
        shown: { contact: { phones: shown['phones'], email: shown['email'] } },
      },
      { kind: 'conflict', seen: [conflict] },
    );

  test('INBOX-2: what is chosen stands, and the item is closed', async () => {
    const { patient, conflict } = await twoVersions();
    await clinic.give(choose(conflict, patient));
    expect(phones(await stored('patient', patient.id))).toEqual(['0822 2222']);
    expect(await waiting(patient.id)).toEqual([]);
  });

  test('INBOX-2: after a third, newer edit the person is asked again, at the station itself', async () => {
    const { patient, conflict } = await twoVersions();
    await clinic.give(change(patient, '0833 3333'));
    await expect(clinic.world.proposeAt(clinic.here, choose(conflict, patient))).rejects.toThrow('changed-again');
    const newest = await stored('patient', patient.id);
    expect(phones(newest)).toEqual(['0833 3333']);
    await clinic.give(choose(conflict, newest));
    expect(phones(await stored('patient', patient.id))).toEqual(['0822 2222']);
  });

  test('INBOX-2: where the station has not heard of it, the newest stays and is asked about anew', async () => {
    const { patient, conflict } = await twoVersions();
    const { answers } = await apart(change(patient, '0833 3333'), choose(conflict, patient));
    expect(answers.map((one) => one.result)).toEqual(['accepted', 'merged']);
    expect(phones(await stored('patient', patient.id))).toEqual(['0833 3333']);
    expect(await stored('conflict', conflict.id)).toMatchObject({ status: 'solved' });
    expect(await waiting(patient.id)).toMatchObject([
      { problem: 'units', units: [{ theirs: { phones: ['0833 3333'] }, mine: { phones: ['0822 2222'] } }] },
    ]);
  });
});
