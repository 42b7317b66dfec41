import { expect, it } from 'vitest';
import type { Patch } from '../../../shared/kernel/change-set.ts';
import type { Doc } from '../../../shared/kernel/kind.ts';
import { id } from '../../../test/world/front-desk-world.ts';
import { undoneOf } from './undone.ts';

const form = (text: string) => ({ family: '', given: '', text });
const names = [{ use: 'official', written: form('山田 太郎'), latin: form('Yamada Tarō'), phonetic: form('') }];
const patient: Doc = { id: id(1, 1), names };
const find =
  (...held: Doc[]) =>
  (_kind: string, docId: string): Doc | undefined =>
    held.find((one) => one.id === docId);
const patch = (kind: string, docId: string, op: Patch['op'], before: Record<string, string | typeof names>): Patch => ({
  kind,
  id: docId,
  op,
  units: { unit: { before, after: null } },
});

it('names whose visit was taken away with its documents', () => {
  const patches = [patch('encounter', id(2, 1), 'remove', { patientId: id(1, 1) })];
  const set = { command: 'waiting-room/arrive', patches };
  expect(undoneOf(set, find(patient))).toEqual({ command: 'waiting-room/arrive', patient: '山田 太郎' });
});

it('names a patient whose registration was undone, though they are gone', () => {
  const set = { command: 'people/register', patches: [patch('patient', id(1, 1), 'remove', { names })] };
  expect(undoneOf(set, find())).toEqual({ command: 'people/register', patient: '山田 太郎' });
});

it('finds the patient in the document that stands where a patch does not name them', () => {
  const set = { command: 'scheduling/cancel', patches: [patch('appointment', id(3, 1), 'update', {})] };
  const appointment = { id: id(3, 1), patientId: id(1, 1) };
  expect(undoneOf(set, find(patient, appointment)).patient).toBe('山田 太郎');
});

it('names nobody where nobody was meant', () => {
  const set = { command: 'devices/save', patches: [patch('device', id(4, 1), 'update', {})] };
  expect(undoneOf(set, find({ id: id(4, 1) }))).toEqual({ command: 'devices/save', patient: null });
});
