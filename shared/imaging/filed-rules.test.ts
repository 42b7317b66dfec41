import { expect, it } from 'vitest';
import { blankHeader } from '../../test/world/blank-header.ts';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { AT_UTC, idOf, ids, linkedDocuments } from '../../test/world/linked-documents.ts';
import type { Doc } from '../kernel/kind.ts';

const technician = authorOf(ids.user, 'technician');
const door = { ...authorOf(ids.station), permissions: new Set(['system.automatic' as const]), automatic: true };
const [study] = linkedDocuments['study'] as [Doc];
const [order] = linkedDocuments['imagingOrder'] as [Doc];
const [measured] = linkedDocuments['measurement'] as [Doc];
const others: Doc = { ...order, id: idOf(80), appointmentId: null, patientId: ids.guardian };

const worldOf = (more: Record<string, readonly Doc[]>) =>
  createDeskWorld({ ...linkedDocuments, imagingOrder: [order, others], ...more }, AT_UTC, ids.location);
const link = async (desk: ReturnType<typeof worldOf>) => {
  const input = { studyId: study.id, orderId: others.id };
  return desk.give(technician, 'imaging/link-study', input, { seen: { [`study/${study.id}`]: study } });
};

it('IMG-4: a study that is linked takes its objects along', async () => {
  const linked = await link(worldOf({ report: [] }));
  expect(linked.ok && linked.value.written.map(({ kind, after }) => [kind, after?.['patientId']])).toEqual([
    ['study', ids.guardian],
    ['instance', ids.guardian],
  ]);
});

it('IMG-6: what is measured is an image of a study that is linked to a patient', async () => {
  const { id: _id, authorId: _author, atUtc: _at, removed: _removed, patientId: _patient, ...line } = measured;
  const measure = async (standing: Doc) =>
    worldOf({ study: [standing] }).give(authorOf(ids.user, 'doctor'), 'imaging/measure', line);
  expect(await measure(study)).toMatchObject({ ok: true });
  expect(await measure({ ...study, state: 'held' })).toMatchObject({ ok: false, error: [{ law: 'IMG-6' }] });
});

it('IMG-9: a study with a signed report is given to another patient only after an addendum says so', async () => {
  expect(await link(worldOf({ addendum: [] }))).toMatchObject({ ok: false, error: [{ law: 'IMG-9' }] });
  expect(await link(worldOf({}))).toMatchObject({ ok: true });
});

it('IMG-9: where the chart is not here the server asks, and the record stands', async () => {
  const desk = worldOf({ addendum: [] });
  desk.reader.setHolding(`patient/${ids.patient}`, 'no');
  const answer = await link(desk);
  expect(answer).toMatchObject({ ok: true, value: { set: { lacked: [`patient/${ids.patient}`] } } });
});

it('IMG-2: a station that did not know the order files a stray: an honest one', async () => {
  const image = {
    sopInstanceUid: '2.25.90',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    datasetSha256: 'd'.repeat(64),
    datasetBytes: 10,
    callingAeTitle: 'CT1',
    receivedAtUtc: AT_UTC,
    header: blankHeader({ studyInstanceUid: '2.25.91', modality: 'CT' }),
  };
  const input = { studyInstanceUid: '2.25.91', locationId: ids.location, deviceId: null, instances: [image] };
  const unknowing = worldOf({ imagingOrder: [] });
  const proposal = await unknowing.done(door, 'imaging/receive', input);
  expect(proposal.written[0]?.after).toMatchObject({ state: 'stray' });
  // The server knew the order all along, and so what `seenThrough` says the station saw.
  const known = worldOf({ imagingOrder: [{ ...order, studyInstanceUid: '2.25.91' }] });
  await known.give(door, 'imaging/record-sent-name', { orderId: order.id, deviceId: ids.device, name: 'A' });
  expect(await known.judge(proposal, door)).toMatchObject({ result: 'accepted', flags: [] });
  const { found: _found, ...silent } = proposal.set.input;
  const hiding = { ...proposal, set: { ...proposal.set, input: silent } };
  expect((await known.judge(hiding, door)).result).toBe('held');
});
