import { describe, expect, it } from 'vitest';
import { blankHeader } from '../../test/world/blank-header.ts';
import { createDeskWorld } from '../../test/world/desk-world.ts';
import { frontDeskWorld, kemang, NOW_UTC } from '../../test/world/front-desk-world.ts';
import { automaticPermissions } from '../access/permissions.ts';
import type { Doc } from '../kernel/kind.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import type { Patient } from '../people/schema.ts';
import type { InstanceHeader } from './instance-header.ts';
import type { Instance, Study } from './schema.ts';

const door = {
  id: '01999998-0000-7000-8000-000000000001',
  name: '',
  permissions: automaticPermissions,
  automatic: true,
};

function openWorld() {
  const docs = frontDeskWorld(20) as unknown as Record<string, Doc[]>;
  const patient = (docs['patient'] ?? []).find(
    (one) => (one as unknown as Patient).birthDate?.length === 10 && (one as unknown as Patient).sex !== 'U',
  ) as unknown as Patient;
  const order: ImagingOrder = {
    id: '01999997-0000-7000-8000-000000000001',
    appointmentId: null,
    patientId: patient.id,
    locationId: kemang,
    deviceId: kemang,
    serviceId: kemang,
    practitionerId: null,
    accessionNumber: 'K2-000009',
    studyInstanceUid: '2.25.77',
    requestedProcedureId: 'K2-000009',
    stepId: 'K2-000009',
    procedure: 'CT head',
    modality: 'CT',
    question: '',
    urgent: false,
    scheduledAtUtc: NOW_UTC,
    status: 'scheduled',
    sentNames: [{ deviceId: kemang, name: 'SENT^NAME' }],
  };
  const desk = createDeskWorld({ ...docs, imagingOrder: [order as unknown as Doc] }, NOW_UTC, kemang);
  const header = (more: Partial<InstanceHeader>): InstanceHeader => ({
    ...blankHeader(),
    patientId: patient.recordNumber,
    modality: 'CT',
    studyInstanceUid: '2.25.77',
    ...more,
  });
  const image = (uid: string, sha: string, head: InstanceHeader | null) => ({
    sopInstanceUid: uid,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    datasetSha256: sha.repeat(64),
    datasetBytes: 10,
    callingAeTitle: 'CT1',
    receivedAtUtc: NOW_UTC,
    header: head,
  });
  const receive = (studyInstanceUid: string, instances: unknown[]) =>
    desk.done(door, 'imaging/receive', { studyInstanceUid, locationId: kemang, deviceId: null, instances });
  const studyOf = (proposal: Awaited<ReturnType<typeof receive>>): Study =>
    proposal.written.find((one) => one.kind === 'study')?.after as unknown as Study;
  return { desk, patient, header, image, receive, studyOf };
}

describe('what scanners send', () => {
  it('IMG-2: is filed by study UID, marked where the patient has not arrived', async () => {
    const { header, image, receive, studyOf, patient } = openWorld();
    const study = studyOf(await receive('2.25.77', [image('1.1', 'a', header({}))]));
    expect(study).toMatchObject({ state: 'linked', patientId: patient.id, marks: ['not-arrived'] });
  });
  it('IMG-5: the same UID with other bytes in one batch is marked, with a task; the same bytes again add nothing', async () => {
    const { header, image, receive } = openWorld();
    const { written } = await receive('2.25.77', [
      image('1.1', 'a', header({})),
      image('1.1', 'b', header({})),
      image('1.1', 'a', header({})),
    ]);
    const [first, second, ...more] = written.filter((one) => one.kind === 'instance').map((one) => one.after);
    expect([first?.['duplicateOf'], second?.['duplicateOf'], more]).toEqual([null, first?.id, []]);
    expect(written.filter((one) => one.kind === 'task').map((one) => one.after?.['aboutId'])).toEqual([second?.id]);
  });
  it('IMG-2: else by accession number; another modality is marked, not held', async () => {
    const { header, image, receive, studyOf } = openWorld();
    const study = studyOf(
      await receive('1.2.3', [
        image('1.1', 'a', header({ studyInstanceUid: '1.2.3', accessionNumber: 'K2-000009', modality: 'US' })),
      ]),
    );
    expect(study).toMatchObject({ state: 'linked', marks: ['modality', 'not-arrived'] });
  });
  it('IMG-2: what matches nothing is a stray', async () => {
    const { header, image, receive, studyOf } = openWorld();
    expect(studyOf(await receive('1.2.3', [image('1.1', 'a', header({ studyInstanceUid: '1.2.3' }))])).state).toBe(
      'stray',
    );
    expect(studyOf(await receive('1.2.4', [image('1.2', 'b', null)])).state).toBe('stray');
  });
  it.each([
    ['patientId', { patientId: 'OTHER' }, 'patient_id'],
    ['birth date', { patientBirthDate: '19010101' }, 'birth_date'],
    ['name', { patientName: { alphabetic: 'Nobody^At All', ideographic: '', phonetic: '' } }, 'name'],
  ])('IMG-3: another %s holds the study back', async (_what, more, differs) => {
    const { header, image, receive, studyOf } = openWorld();
    const proposal = await receive('2.25.77', [image('1.1', 'a', header(more))]);
    expect(studyOf(proposal)).toMatchObject({ state: 'held', differs: [differs], patientId: null });
    expect(
      proposal.written
        .filter((one) => one.kind === 'instance')
        .map((one) => (one.after as unknown as Instance).patientId),
    ).toEqual([null]);
  });
  it('IMG-3: blanks, and the name as it was sent to that device, are no difference', async () => {
    const { header, image, receive, studyOf } = openWorld();
    const blank = header({ patientId: '', patientName: { alphabetic: 'Sent^Name', ideographic: '', phonetic: '' } });
    expect(studyOf(await receive('2.25.77', [image('1.1', 'a', blank)])).state).toBe('linked');
  });
  it('IMG-3: a later image of somebody else takes the study back', async () => {
    const { header, image, receive, studyOf } = openWorld();
    await receive('2.25.77', [image('1.1', 'a', header({}))]);
    expect(studyOf(await receive('2.25.77', [image('1.2', 'b', header({ patientId: 'OTHER' }))])).state).toBe('held');
  });
  it('IMG-5: the same bytes add nothing; other bytes are kept, marked, with a task', async () => {
    const { header, image, receive } = openWorld();
    await receive('2.25.77', [image('1.1', 'a', header({}))]);
    expect((await receive('2.25.77', [image('1.1', 'a', header({}))])).written).toEqual([]);
    const again = await receive('2.25.77', [image('1.1', 'c', header({}))]);
    expect(again.written.map((one) => one.kind).toSorted()).toEqual(['instance', 'task']);
    expect(
      (again.written.find((one) => one.kind === 'instance')?.after as unknown as Instance).duplicateOf,
    ).not.toBeNull();
  });
});
