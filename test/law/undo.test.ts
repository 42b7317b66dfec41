/** Undo under the law (UNDO-1 … 7), on two stations and a server: each fault that was seen, with its right value. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Author } from '../../shared/kernel/command.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { type LawClinic, openLawClinic } from './law-clinic.ts';
import type { LawStation } from './law-world.ts';

let clinic: LawClinic;
beforeAll(async () => {
  clinic = await openLawClinic(3);
}, 60_000);
afterAll(() => clinic.close());

/** Undoes at a station and sends it: what the server says, or what the station's own law says against it. */
async function undo(set: ChangeSet, author: Author, station: LawStation = clinic.here): Promise<string> {
  const made = await clinic.world.proposeUndoAt(station, set, author).catch((error: Error) => error);
  if (made instanceof Error) return /"code":"([^"]+)"/.exec(made.message)?.[1] ?? made.message;
  const { answer } = await clinic.world.push(station, made.set);
  for (const one of [clinic.here, clinic.there]) await clinic.world.sync(one);
  return answer.violations[0] ? JSON.stringify(answer.violations[0]['code']) : answer.result;
}

const at = (clock: string): string => `${tomorrow}T${clock}:00.000Z`;
const tomorrow = new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10);
const isThere = async (kind: string, id: string): Promise<boolean> =>
  (await clinic.here.reader.get(kind, id)) !== undefined;

describe('UNDO-5: nothing that was built on it hangs in the air', () => {
  test('a registration is not undone under another station’s booking', async () => {
    const { people, call, give, bookInput, detailsOf, there } = clinic;
    const { set, docs } = await give(call(people.front, 'people/register', { details: detailsOf() }));
    const [patient] = docs as [Doc];
    await give(call(people.front, 'scheduling/book', bookInput(patient.id)), there);
    expect(await undo(set, people.front)).toBe('built-upon');
    expect(await isThere('patient', patient.id)).toBe(true);
  });

  test('where the station has not seen the booking yet, the server refuses', async () => {
    const { people, call, give, bookInput, detailsOf, here, there, world } = clinic;
    const { set, docs } = await give(call(people.front, 'people/register', { details: detailsOf() }));
    const [patient] = docs as [Doc];
    const late = await world.proposeAt(there, call(people.front, 'scheduling/book', bookInput(patient.id)));
    const undoing = await world.proposeUndoAt(here, set, people.front);
    await world.push(there, late.set);
    const { answer } = await world.push(here, undoing.set);
    expect(answer).toMatchObject({ result: 'refused', violations: [{ code: 'built-upon' }] });
    for (const one of [here, there]) await world.sync(one);
    expect(await isThere('patient', patient.id)).toBe(true);
  });

  test('a booking is not undone under the visit that it got', async () => {
    const { people, call, give, bookInput, patient } = clinic;
    const booked = await give(call(people.front, 'scheduling/book', bookInput((await patient()).id)));
    const [appointment] = booked.docs as [Doc];
    await give(call(people.front, 'waiting-room/arrive', { appointmentId: appointment.id }));
    expect(await undo(booked.set, people.front)).toBe('built-upon');
  });

  test('a record that comes for a removed patient brings it back, flagged', async () => {
    const { people, call, give, bookInput, detailsOf, here, there, world } = clinic;
    const { set, docs } = await give(call(people.front, 'people/register', { details: detailsOf() }));
    const [patient] = docs as [Doc];
    const late = await world.proposeAt(there, call(people.front, 'scheduling/book', bookInput(patient.id)));
    expect(await undo(set, people.front)).toBe('accepted');
    const { answer } = await world.push(there, late.set);
    expect(answer.result).toBe('accepted');
    expect(answer.violations.map((one) => one['code'])).toContain('brought-back');
    for (const one of [here, there]) await world.sync(one);
    expect(await isThere('patient', patient.id)).toBe(true);
  });
});

describe('the rules of the command hold for what an undo leaves', () => {
  test('a cancelled booking does not come back into a time that was given away', async () => {
    const { people, call, give, made, bookInput, patient } = clinic;
    const input = bookInput((await patient()).id);
    const first = await made(call(people.front, 'scheduling/book', input));
    const cancelled = await give(
      call(
        people.front,
        'scheduling/cancel',
        { appointmentId: first.id },
        { kind: 'appointment', seen: [first], reason: 'called' },
      ),
    );
    await made(call(people.front, 'scheduling/book', { ...input, patientId: (await patient()).id }));
    expect(await undo(cancelled.set, people.front)).toBe('resource-taken');
  });

  test('a move is undone by the hours of the one it goes back to', async () => {
    const { people, call, give, world, bookInput, patient } = clinic;
    const { locationId } = world.ids;
    const mornings = {
      ...world.reference.users.otherDoctor,
      id: world.newId(),
      username: 'mornings',
      practices: [
        { locationId, hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '07:00', to: '12:00' })) },
      ],
    };
    await world.plant('user', mornings);
    await world.sync(clinic.here);
    // 13:15 and 01:00 UTC are 20:15 and 08:00 at the place.
    const booked = { ...bookInput((await patient()).id), startsAtUtc: at('13:15') };
    const { docs } = await give(call(people.front, 'scheduling/book', booked));
    const [appointment] = docs as [Doc];
    const moved = await give(
      call(
        people.front,
        'scheduling/move',
        {
          appointmentId: appointment.id,
          locationId,
          startsAtUtc: at('01:00'),
          durationMin: 15,
          practitionerId: mornings.id,
          roomId: null,
          deviceId: null,
        },
        { kind: 'appointment', seen: [appointment] },
      ),
    );
    expect(await undo(moved.set, people.front)).toBe('accepted');
    expect((await clinic.stored('appointment', appointment.id))['startsAtUtc']).toBe(at('13:15'));
  });
});

describe('an overridden time', () => {
  test('is gone back to by the one who overrode it, with the reason of then', async () => {
    const { people, call, give, made, bookInput, slot, patient } = clinic;
    const input = bookInput((await patient()).id);
    await made(call(people.front, 'scheduling/book', input));
    const second = { ...input, patientId: (await patient()).id };
    const overridden = await made(call(people.manager, 'scheduling/book', second, { reason: 'twins' }));
    const to = { ...slot(), appointmentId: overridden.id };
    const options = { kind: 'appointment', seen: [overridden] };
    const moved = await give(call(people.manager, 'scheduling/move', to, options));
    expect((await clinic.stored('appointment', overridden.id))['overrideReason']).toBe(null);
    expect(await undo(moved.set, people.manager)).toBe('accepted');
    expect(await clinic.stored('appointment', overridden.id)).toEqual(overridden);
  });
});

describe('redo, age, and what was closed before', () => {
  test('an undo is undone, and can be undone again', async () => {
    const { people, call, give, detailsOf, here, world } = clinic;
    const { set, docs } = await give(call(people.front, 'people/register', { details: detailsOf() }));
    const [patient] = docs as [Doc];
    const undoing = await world.proposeUndoAt(here, set, people.front);
    await world.push(here, undoing.set);
    await world.sync(here);
    expect(await isThere('patient', patient.id)).toBe(false);
    expect(await undo(undoing.set, people.front)).toBe('accepted');
    expect(await clinic.stored('patient', patient.id)).toEqual(patient);
  });

  test('UNDO-1, UNDO-2, UNDO-6: only one’s own, only what has an inverse, only in time', async () => {
    const { people, call, give, visit, world, booking } = clinic;
    const seen = await booking();
    const cancel = call(
      people.front,
      'scheduling/cancel',
      { appointmentId: seen.id },
      { kind: 'appointment', seen: [seen], reason: 'called' },
    );
    const { set } = await give(cancel);
    expect(await undo(set, { ...people.front, id: world.reference.users.deputy.id })).toBe('not-yours');
    expect(await undo({ ...set, atUtc: '2026-01-01T00:00:00.000Z' }, people.front)).toBe('too-long-ago');
    const encounter = await visit();
    const charted = await give(
      call(
        people.doctor,
        'charting/save-encounter',
        {
          encounterId: encounter.id,
          note: { text: 'n', replaces: null },
          vitals: null,
          prescriptions: [],
          services: null,
          complete: true,
        },
        { kind: 'encounter', seen: [encounter] },
      ),
    );
    expect(await undo(charted.set, people.doctor)).toBe('no-inverse');
  });

  test('an edit that comes after a removal brings the whole document back', async () => {
    const { people, call, give, detailsOf, here, there, world } = clinic;
    const { set, docs } = await give(call(people.front, 'people/register', { details: detailsOf() }));
    const [patient] = docs as [Doc];
    const edit = call(
      people.front,
      'people/update',
      { patientId: patient.id, details: { phones: ['0812345678'] } },
      { kind: 'patient', seen: [patient] },
    );
    const late = await world.proposeAt(there, edit);
    expect(await undo(set, people.front)).toBe('accepted');
    const { answer } = await world.push(there, late.set);
    expect(answer.violations.map((one) => one['code'])).toEqual(['brought-back']);
    for (const one of [here, there]) await world.sync(one);
    expect(await clinic.stored('patient', patient.id)).toEqual({ ...patient, phones: ['0812345678'] });
  });
});
