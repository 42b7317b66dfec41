import { expect, it } from 'vitest';
import { authorOf, createDeskWorld } from '../../test/world/desk-world.ts';
import { AT_UTC, ids, linkedDocuments } from '../../test/world/linked-documents.ts';
import type { Doc } from '../kernel/kind.ts';

const doctor = authorOf(ids.user, 'doctor');
const [visit] = linkedDocuments['encounter'] as [Doc];
const [person] = linkedDocuments['patient'] as [Doc];
const medicine = {
  drug: 'Penicillin',
  dose: '500',
  doseUnit: 'mg',
  route: 'oral',
  frequency: '3 a day',
  durationDays: 3,
  instructions: '',
  allergyReason: null,
};
const nothing = { encounterId: visit.id, note: null, vitals: null, prescriptions: [], services: null, complete: false };

const allergy = { key: 'penicillin', substance: 'Penicillin', reaction: '', severity: 'severe' };
const allergic: Doc = { ...person, allergyState: 'listed', allergies: [allergy] };
const openWorld = (more: Record<string, readonly Doc[]> = {}) =>
  createDeskWorld({ ...linkedDocuments, ...more }, AT_UTC, ids.location);
const seen = { [`encounter/${visit.id}`]: visit };
async function chart(more: object, author = doctor, desk = openWorld({ patient: [allergic] })) {
  const answer = await desk.give(author, 'charting/save-encounter', { ...nothing, ...more }, { seen });
  return answer.ok ? answer.value.written.map((one) => one.kind) : answer.error.map((one) => `${one.law} ${one.code}`);
}

it('CHART-1: a value that cannot be is refused', async () => {
  expect(await chart({ vitals: { pulsePerMin: 500, confirmed: [] } })).toEqual(['CHART-1 impossible']);
  const upsideDown = { systolicMmHg: 80, diastolicMmHg: 90, confirmed: [] };
  expect(await chart({ vitals: upsideDown })).toEqual(['CHART-1 pressure-upside-down']);
});

it('CHART-2: an unusual one is confirmed', async () => {
  expect(await chart({ vitals: { pulsePerMin: 190, confirmed: [] } })).toEqual(['CHART-2 unlikely']);
  expect(await chart({ vitals: { pulsePerMin: 190, confirmed: ['pulsePerMin'] } })).toEqual(['vitals']);
});

it('CHART-3: a medicine against a listed allergy needs a reason of its own', async () => {
  expect(await chart({ prescriptions: [medicine] })).toEqual(['CHART-3 allergy']);
  expect(await chart({ prescriptions: [{ ...medicine, allergyReason: 'tested since' }] })).toEqual(['prescription']);
});

it('CHART-3: an allergy that was written down meanwhile does not take the prescription back: it is flagged', async () => {
  const desk = openWorld();
  const proposal = await desk.done(
    doctor,
    'charting/save-encounter',
    { ...nothing, prescriptions: [medicine] },
    { seen },
  );
  desk.reader.put('patient', allergic);
  expect(await desk.judge(proposal, doctor)).toMatchObject({ result: 'accepted', flags: [{ law: 'CHART-3' }] });
});

it('CHART-4: note, vitals, medicine and completion are one: whole, or not at all', async () => {
  const given = { note: { text: 'Well', replaces: null }, vitals: { pulsePerMin: 70, confirmed: [] }, complete: true };
  expect(await chart(given)).toEqual(['note', 'vitals', 'encounter']);
  expect(await chart({ ...given, prescriptions: [medicine] })).toEqual(['CHART-3 allergy']);
});

it('CHART-5: what is charted is of the visit’s patient and of its author, or the set is on hold', async () => {
  const desk = openWorld();
  const given = { ...nothing, note: { text: 'Well', replaces: null } };
  const proposal = await desk.done(doctor, 'charting/save-encounter', given, { seen });
  expect((await desk.judge(proposal, doctor)).result).toBe('accepted');
  for (const field of ['patientId', 'authorId']) {
    const patches = structuredClone(proposal.set.patches);
    const written = patches[0]?.units['note']?.after;
    if (written) written[field] = ids.guardian;
    expect((await desk.judge({ ...proposal, set: { ...proposal.set, patches } }, doctor)).result).toBe('held');
  }
});

it('CHART-6: a correction names an own note; a colleague’s stands beside it', async () => {
  const correction = { note: { text: 'Better', replaces: ids.note } };
  expect(await chart(correction)).toEqual(['note']);
  expect(await chart(correction, authorOf(ids.other, 'doctor'))).toEqual(['CHART-6 not-your-note']);
});
