import { expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { AT_UTC, ids, linkedDocuments } from '../../test/world/linked-documents.ts';
import { kinds } from '../collections.ts';
import type { Doc } from '../kernel/kind.ts';

const doctor = authorOf(ids.user, 'doctor');
const colleague = authorOf(ids.other, 'doctor');
const [final] = linkedDocuments['report'] as [Doc];
const [study] = linkedDocuments['study'] as [Doc];
const preliminary: Doc = { ...final, status: 'preliminary', finalizedAtUtc: null, documentNumber: null };
const text = {
  technique: '',
  findings: 'A nodule',
  impression: '',
  measurements: [{ measurementId: ids.measurement, label: '12 mm', lengthTenthsMm: 120, lengthPx: 12 }],
  keyInstanceIds: [ids.instance],
};

async function write(
  command: string,
  more: object = {},
  world: { report?: Doc; study?: Doc; author?: typeof doctor } = {},
) {
  const standing = world.report ?? preliminary;
  const docs = { ...linkedDocuments, report: [standing], study: [world.study ?? study] };
  const desk = createDeskWorld(docs, AT_UTC, ids.location);
  const input = { reportId: standing.id, studyId: study.id, text: { ...text, ...more } };
  const seen = { [`report/${standing.id}`]: standing };
  const answer = await desk.give(world.author ?? doctor, `reports/${command}`, input, { seen });
  return answer.ok ? answer.value.written.map(({ after }) => after) : answer.error.map((one) => one.law);
}

it('REP-1: signed, it never changes, and its order leaves the worklist', async () => {
  const [report, order] = await write('finalize');
  expect(report).toMatchObject({ status: 'final', finalizedAtUtc: AT_UTC, authorId: doctor.id });
  expect(order).toMatchObject({ id: ids.imagingOrder, status: 'completed' });
  expect(await write('save-preliminary', { impression: 'None' }, { report: final })).toContain('REP-1');
});

it('REP-1: an addendum is of a signed report', async () => {
  const add = async (report: Doc) => {
    const desk = createDeskWorld({ ...linkedDocuments, report: [report] }, AT_UTC, ids.location);
    return desk.give(doctor, 'reports/add-addendum', { reportId: report.id, text: 'The left one' });
  };
  expect(await add(final)).toMatchObject({ ok: true });
  expect(await add(preliminary)).toMatchObject({ ok: false, error: [{ law: 'REP-1', code: 'not-finalized' }] });
});

it('REP-2: it is of a study that is linked to its patient', async () => {
  expect(await write('save-preliminary', { impression: 'None' }, { study: { ...study, state: 'held' } })).toEqual([
    'REP-2',
  ]);
  expect(
    await write('save-preliminary', { impression: 'None' }, { study: { ...study, patientId: ids.guardian } }),
  ).toEqual(['REP-2']);
});

it('REP-3: a colleague writes an own version', async () => {
  expect(await write('save-preliminary', { impression: 'None' }, { author: colleague })).toEqual(['KERNEL-6']);
});

it('REP-4: what is signed says something; what is not signed need not', async () => {
  expect(await write('finalize', { findings: ' ' })).toEqual(['REP-4']);
  expect(await write('save-preliminary', { findings: ' ' })).toHaveLength(1);
});

it('REP-7: it quotes its own patient, as it was measured; what is gone stands as it was copied', async () => {
  const quoted = { measurementId: ids.measurement, label: '12 mm', lengthTenthsMm: 120, lengthPx: 12 };
  const quote = (more: object) => write('save-preliminary', { measurements: [{ ...quoted, ...more }] });
  expect(await quote({ label: 'twelve' })).toHaveLength(1);
  expect(await quote({ lengthTenthsMm: 20 })).toEqual(['REP-7']);
  expect(await quote({ measurementId: ids.other, lengthTenthsMm: 20 })).toHaveLength(1);
});

it('REP-8: a filed PDF is of what stands, and of its patient', async () => {
  const file = async (more: object) => {
    const desk = createDeskWorld(linkedDocuments, AT_UTC, ids.location);
    const of = { patientId: ids.patient, template: 'report', ofKind: 'report', ofId: ids.report };
    const bytes = { locale: 'en', sha256: 'c'.repeat(64), bytes: 9 };
    const answer = await desk.give(doctor, 'documents/file', { ...of, ...bytes, ...more });
    return answer.ok ? 'filed' : answer.error[0]?.law;
  };
  expect(await file({})).toBe('filed');
  for (const more of [{ patientId: ids.guardian }, { ofId: ids.other }, { template: 'receipt' }])
    expect(await file(more)).toBe('REP-8');
});

it('REP-3: the same words that their author saved at two stations are one version; other words are for a person', async () => {
  const merge = kinds['report']?.mergeUnit;
  const earlier = { ...text, savedAtUtc: AT_UTC };
  const later = { ...text, savedAtUtc: '2026-11-20T03:05:00.000Z' };
  expect([merge?.('text', null, earlier, later), merge?.('text', null, later, earlier)]).toEqual([later, later]);
  expect(merge?.('text', null, earlier, { ...later, impression: 'None' })).toBeUndefined();
});
