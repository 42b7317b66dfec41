import { describe, expect, it } from 'vitest';
import { kinds } from '../collections.ts';
import type { Patch } from '../kernel/change-set.ts';
import type { Doc } from '../kernel/kind.ts';
import { applyPatch, overlayPatch } from './apply.ts';
import { inversePatches } from './undo.ts';

const patient = kinds['patient'];
const encounter = kinds['encounter'];
if (!patient || !encounter) throw new Error('registry');

const id = '01900000-0000-7000-8000-000000000001';
const doc: Doc = { id, sex: 'F', phones: ['1'], email: '', allergyState: 'not_asked', allergies: [] };
const update = (units: Patch['units']): Patch => ({ kind: 'patient', id, op: 'update', units });

describe('applying patches by merge unit', () => {
  it('takes a unit whose value is what the author saw', () => {
    const { after, conflicts } = applyPatch(
      patient,
      doc,
      update({ sex: { before: { sex: 'F' }, after: { sex: 'O' } } }),
    );
    expect([after?.['sex'], conflicts]).toEqual(['O', []]);
  });
  it('different units never conflict', () => {
    const theirs = { ...doc, phones: ['2'] };
    const { after, conflicts } = applyPatch(
      patient,
      theirs,
      update({ sex: { before: { sex: 'F' }, after: { sex: 'O' } } }),
    );
    expect([after?.['phones'], after?.['sex'], conflicts]).toEqual([['2'], 'O', []]);
  });
  it('leaves a unit that changed meanwhile, with both values in the conflict', () => {
    const theirs = { ...doc, sex: 'M' };
    const { after, conflicts } = applyPatch(
      patient,
      theirs,
      update({ sex: { before: { sex: 'F' }, after: { sex: 'O' } } }),
    );
    expect(after?.['sex']).toBe('M');
    expect(conflicts).toEqual([{ unit: 'sex', base: { sex: 'F' }, theirs: { sex: 'M' }, mine: { sex: 'O' } }]);
  });
  it('joins allergies by substance and never makes them fewer', () => {
    const allergy = (key: string) => ({ key, substance: key, reaction: '', severity: 'unknown' });
    const theirs = { ...doc, allergyState: 'listed', allergies: [allergy('latex')] };
    const before = { allergyState: 'not_asked', allergies: [] };
    const mine = { allergyState: 'none_known', allergies: [] };
    const kept = applyPatch(patient, theirs, update({ allergies: { before, after: mine } }));
    expect([kept.after?.['allergyState'], kept.conflicts]).toEqual(['listed', []]);
    const other = { allergyState: 'listed', allergies: [allergy('iodine')] };
    const both = applyPatch(patient, theirs, update({ allergies: { before, after: other } }));
    expect((both.after?.['allergies'] as Array<{ key: string }>).map((one) => one.key)).toEqual(['latex', 'iodine']);
  });
  it('an edit beats a delete, both ways round', () => {
    const removal: Patch = { kind: 'patient', id, op: 'remove', units: { sex: { before: { sex: 'F' }, after: null } } };
    expect(applyPatch(patient, doc, removal)).toEqual({ after: null, conflicts: [] });
    expect(applyPatch(patient, { ...doc, sex: 'M' }, removal).after?.['sex']).toBe('M');
    expect(
      applyPatch(patient, null, update({ sex: { before: { sex: 'F' }, after: { sex: 'O' } } })).after?.['sex'],
    ).toBe('O');
  });
  it('shows the author’s value while the set is pending', () => {
    expect(
      overlayPatch(patient, { ...doc, sex: 'M' }, update({ sex: { before: { sex: 'F' }, after: { sex: 'O' } } }))?.[
        'sex'
      ],
    ).toBe('O');
  });
  it('the inverse of the inverse is the set', () => {
    const patches = [update({ sex: { before: { sex: 'F' }, after: { sex: 'O' } } })];
    expect(inversePatches(inversePatches(patches))).toEqual(patches);
  });
});

describe('WAIT-6: steps of one visit made apart', () => {
  const by = '01900000-0000-7000-8000-000000000009';
  const step = (stage: string, minute: number) => ({
    stage,
    atUtc: `2026-11-21T10:0${minute}:00.000Z`,
    byId: by,
    inferred: false,
  });
  const steps = (...list: unknown[]) => ({ steps: list }) as never;
  it('keeps both, in order, once each', () => {
    const base = steps(step('arrived', 0));
    const patch: Patch = {
      kind: 'encounter',
      id,
      op: 'update',
      units: { steps: { before: base, after: steps(step('arrived', 0), step('in_room', 4)) } },
    };
    const theirs = { id, ...(steps(step('arrived', 0), step('waiting', 2), step('in_room', 3)) as object) };
    const { after, conflicts } = applyPatch(encounter, theirs, patch);
    expect(conflicts).toEqual([]);
    expect(
      (after?.['steps'] as Array<{ stage: string; atUtc: string }>).map(
        (one) => `${one.stage} ${one.atUtc.slice(14, 16)}`,
      ),
    ).toEqual(['arrived 00', 'waiting 02', 'in_room 03']);
  });
  it('joins them whatever order their keys have: a database may sort them', () => {
    const turned = (one: object): object => Object.fromEntries(Object.entries(one).toReversed());
    const base = steps(step('arrived', 0));
    const patch: Patch = {
      kind: 'encounter',
      id,
      op: 'update',
      units: { steps: { before: base, after: steps(step('arrived', 0), step('in_scan', 4)) } },
    };
    const theirs = { id, ...(steps(turned(step('arrived', 0)), turned(step('in_scan', 3))) as object) };
    expect(applyPatch(encounter, theirs, patch).conflicts).toEqual([]);
  });
  it('a step back against a step on is for a person', () => {
    const before = steps(step('arrived', 0), step('waiting', 1));
    const patch: Patch = {
      kind: 'encounter',
      id,
      op: 'update',
      units: { steps: { before, after: steps(step('arrived', 0), step('waiting', 1), step('in_room', 2)) } },
    };
    const theirs = { id, ...(steps(step('arrived', 0)) as object) };
    expect(applyPatch(encounter, theirs, patch).conflicts).toHaveLength(1);
  });
});
