/** What one credential could once do to a server, set by set: each has no effect, and is refused or on hold with an alarm. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeSet, Patch } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { unitOf } from '../../shared/kernel/kind.ts';
import { kinds } from '../../shared/collections.ts';
import { idOf } from '../world/linked-documents.ts';
import { type LawClinic, openLawClinic } from './law-clinic.ts';

let clinic: LawClinic;
let patient: Doc;
let visit: Doc;
beforeAll(async () => {
  clinic = await openLawClinic(13);
  patient = await clinic.patient();
  visit = await clinic.visit();
}, 60_000);
afterAll(() => clinic.close());

/** A patch of a whole document as it stands into what it is to be; null takes it away. */
function patchOf(kind: string, before: Doc | null, after: Doc | null): Patch {
  const spec = kinds[kind];
  const id = (before ?? after)?.id;
  if (!spec || !id) throw new Error(kind);
  const units = Object.keys(spec.units)
    .map((unit) => [unit, { before: unitOf(spec, unit, before), after: unitOf(spec, unit, after) }] as const)
    .filter(([, change]) => after === null || JSON.stringify(change.before) !== JSON.stringify(change.after));
  return {
    kind,
    id,
    op: after === null ? 'remove' : before === null ? 'create' : 'update',
    units: Object.fromEntries(units),
  };
}

function setOf(command: string, input: Doc | object, patches: Patch[], more: Partial<ChangeSet> = {}): ChangeSet {
  const { world, here, people } = clinic;
  return {
    id: world.newId(),
    command,
    input: JSON.parse(JSON.stringify(input)),
    lawVersion: 2,
    authorId: people.manager.id,
    stationId: here.id,
    stationSeq: here.seq + 1,
    atUtc: world.nowUtc(),
    clockOffsetMs: 0,
    seenThrough: here.seenThrough,
    reason: null,
    undoes: null,
    buildsOn: [],
    minted: { ids: [], numbers: [] },
    lacked: [],
    patches,
    ...more,
  };
}

/** Kinds that the server writes beside a set that it did not take. */
const beside = ['task', 'refusal'];
async function expectNoEffect(set: ChangeSet): Promise<void> {
  const { answer, alarms, changed } = await clinic.world.tryOut(set);
  expect(['refused', 'held']).toContain(answer.result);
  expect(changed.filter((kind) => !beside.includes(kind))).toEqual([]);
  if (answer.result === 'held') expect(alarms).toContain('set-not-what-the-law-makes');
}

describe('documents of others', () => {
  test('people/register removes no patient, wipes no allergies, gives no other record number', async () => {
    const input = { details: clinic.detailsOf() };
    const allergic = { ...patient, allergyState: 'none_known', allergies: [] };
    for (const after of [null, allergic, { ...patient, recordNumber: 'K1-000999' }])
      await expectNoEffect(setOf('people/register', input, [patchOf('patient', patient, after)]));
  });

  test('imaging/receive relinks and removes no study', async () => {
    const order = await clinic.order();
    const study: Doc = {
      id: clinic.world.newId(),
      studyInstanceUid: '2.25.4711',
      locationId: clinic.world.ids.locationId,
      deviceId: null,
      state: 'linked',
      orderId: order.id,
      patientId: order['patientId'],
      encounterId: null,
      differs: [],
      marks: [],
      linkedBy: null,
      firstImageAtUtc: clinic.world.nowUtc(),
    };
    await clinic.world.plant('study', study);
    await clinic.world.sync(clinic.here);
    const image = {
      sopInstanceUid: '2.25.4712',
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      transferSyntaxUid: '1.2.840.10008.1.2.1',
      datasetSha256: 'a'.repeat(64),
      datasetBytes: 10,
      callingAeTitle: 'CT1',
      receivedAtUtc: clinic.world.nowUtc(),
      header: null,
    };
    const found = { studyId: study.id, orderId: order.id, encounterId: null, instanceIds: [] };
    const input = {
      studyInstanceUid: '2.25.4711',
      locationId: study['locationId'],
      deviceId: null,
      instances: [image],
    };
    const author = { authorId: clinic.here.id };
    for (const given of [input, { ...input, found }])
      for (const after of [null, { ...study, patientId: patient.id }])
        await expectNoEffect(setOf('imaging/receive', given, [patchOf('study', study, after)], author));
  });

  test('inbox/solve removes no tasks', async () => {
    const task: Doc = {
      id: clinic.world.newId(),
      reason: 'unreadable-file',
      locationId: clinic.world.ids.locationId,
      patientId: null,
      aboutKind: 'instance',
      aboutId: idOf(1),
      violations: [],
      atUtc: clinic.world.nowUtc(),
      status: 'open',
      solvedBy: null,
      solvedAtUtc: null,
    };
    await clinic.world.plant('task', task);
    await clinic.world.sync(clinic.here);
    await expectNoEffect(setOf('inbox/solve', { kind: 'task', id: task.id }, [patchOf('task', task, null)]));
  });
});

describe('whose name and when', () => {
  const note = (authorId: string, atUtc: string): Doc => ({
    id: clinic.world.newId(),
    patientId: visit['patientId'],
    encounterId: visit.id,
    authorId,
    atUtc,
    text: 'Well',
    replaces: null,
  });
  const chart = (doc: Doc, more: Partial<ChangeSet>): ChangeSet =>
    setOf(
      'charting/save-encounter',
      {
        encounterId: visit.id,
        note: { text: 'Well', replaces: null },
        vitals: null,
        prescriptions: [],
        services: null,
        complete: false,
      },
      [patchOf('note', null, doc)],
      { minted: { ids: [doc.id], numbers: [] }, ...more },
    );

  test('no note in a colleague’s name', async () => {
    const { doctor } = clinic.people;
    const doc = note(clinic.world.reference.users.otherDoctor.id, clinic.world.nowUtc());
    await expectNoEffect(chart(doc, { authorId: doctor.id }));
  });
  test('no note in nobody’s name', async () => {
    await expectNoEffect(chart(note(idOf(77), clinic.world.nowUtc()), { authorId: idOf(77) }));
  });
  test('no note of 2019, whether the set says so or not', async () => {
    const { doctor } = clinic.people;
    const then = '2019-05-05T08:00:00.000Z';
    await expectNoEffect(chart(note(doctor.id, then), { authorId: doctor.id }));
    await expectNoEffect(chart(note(doctor.id, then), { authorId: doctor.id, atUtc: then }));
  });
});

describe('without the reason that is asked', () => {
  test('no booking is cancelled', async () => {
    const booked = await clinic.booking();
    const after = { ...booked, status: 'cancelled' };
    const input = { appointmentId: booked.id };
    await expectNoEffect(setOf('scheduling/cancel', input, [patchOf('appointment', booked, after)]));
  });
  test('no visit goes back', async () => {
    await clinic.give(
      clinic.call(
        clinic.people.front,
        'waiting-room/move',
        { encounterId: visit.id, to: 'in_room' },
        {
          kind: 'encounter',
          seen: [visit],
        },
      ),
    );
    const stands = await clinic.stored('encounter', visit.id);
    const { world, people } = clinic;
    const back = { stage: 'arrived', atUtc: world.nowUtc(), byId: people.manager.id, inferred: false };
    const after = { ...stands, steps: [...(stands['steps'] as object[]), back] };
    await expectNoEffect(
      setOf('waiting-room/move', { encounterId: visit.id, to: 'arrived' }, [patchOf('encounter', stands, after)], {
        atUtc: back.atUtc,
      }),
    );
  });
  test('no glass is broken, and none of another station with one', async () => {
    await expectNoEffect(setOf('stations/break-glass', { stationId: clinic.here.id }, []));
    const { there } = clinic;
    await expectNoEffect(setOf('stations/break-glass', { stationId: there.id }, [], { reason: 'The line is cut' }));
  });
  test('no station is revoked by another, with a reason or without', async () => {
    const station = await clinic.stored('station', clinic.there.id);
    const after = { ...station, revokedAtUtc: clinic.world.nowUtc() };
    for (const reason of [null, 'Stolen'])
      await expectNoEffect(
        setOf('stations/revoke', { stationId: station.id }, [patchOf('station', station, after)], { reason }),
      );
  });
});
