import { describe, expect, it } from 'vitest';
import { kinds } from '../collections.ts';
import { overlayPatch } from '../desk/apply.ts';
import { inversePatches } from '../desk/undo.ts';
import type { Patch } from './change-set.ts';
import type { Doc, Fields, KindSpec } from './kind.ts';
import { keysFingerprint } from './kind.ts';
import { upgradeCount, upgradeDoc, upgradeSet } from './upgrade.ts';

const id = '01980000-0000-7000-8000-000000000001';
const night = [{ weekday: 1, from: '22:00', to: '06:00' }];
const parted = [
  { weekday: 1, from: '22:00', to: '24:00' },
  { weekday: 2, from: '00:00', to: '06:00' },
];

/** One document of the oldest shape for each kind that has changed; a new change of shape needs one here. */
const oldest: Record<string, Doc> = {
  location: { id, name: 'X', hours: night, closures: [{ day: '2026-01-01', from: '23:00', to: '01:00', reason: '' }] },
  user: { id, practices: [{ locationId: id, hours: night }], absences: [] },
  device: { id, hours: night },
};

describe('every change of shape', () => {
  const changed = Object.values(kinds).filter((spec) => spec.upgrades);
  it('has a document of the oldest shape here', () =>
    expect(changed.map((spec) => spec.kind).toSorted()).toEqual(Object.keys(oldest).toSorted()));

  it.each(changed)('$kind: changes the old shape, leaves the new one and parts that lack its fields', ({ kind }) => {
    const before = oldest[kind] ?? { id };
    const after = upgradeDoc(kinds, kind, before);
    expect(after).not.toEqual(before);
    expect(upgradeDoc(kinds, kind, after)).toBe(after);
    const empty = { id };
    expect(upgradeDoc(kinds, kind, empty)).toBe(empty);
  });
});

describe('patches of an earlier program', () => {
  const spec: KindSpec = {
    ...(kinds['room'] as KindSpec),
    kind: 'thing',
    units: { name: ['given', 'family'], rest: ['note'] },
    upgrades: [
      (fields) => {
        const { name, ...rest } = fields;
        if (typeof name !== 'string') return fields;
        const [given = '', family = ''] = name.split(' ');
        return { ...rest, given, family };
      },
    ],
  };
  const things = { ...kinds, thing: spec };
  const update: Patch = {
    kind: 'thing',
    id,
    op: 'update',
    units: { name: { before: { name: 'Ada Byron' }, after: { name: 'Ada Lovelace' } } },
  };

  it('show over an upgraded document what the new shape says', () => {
    const set = upgradeSet(things, { patches: [update] });
    const doc = upgradeDoc(things, 'thing', { id, name: 'Ada Byron', note: 'kept' });
    expect(overlayPatch(spec, doc, set.patches[0] as Patch)).toEqual({
      id,
      given: 'Ada',
      family: 'Lovelace',
      note: 'kept',
    });
  });

  it('are the inverse of their upgraded inverse, so that an old set can be undone', () => {
    const patches = [
      update,
      { ...update, op: 'create' as const, units: { name: { before: null, after: { name: 'A B' } } } },
    ];
    expect(inversePatches(upgradeSet(things, { patches }).patches)).toEqual(
      upgradeSet(things, { patches: inversePatches(patches) }).patches,
    );
  });

  it('of kinds that have not changed are the very same', () => {
    const set = { patches: [{ kind: 'room', id, op: 'remove' as const, units: {} }] };
    expect(upgradeSet(kinds, set)).toBe(set);
  });
});

it('a conflict keeps its versions in the shape of their kind', () => {
  const conflict = {
    id,
    docKind: 'location',
    units: [{ unit: 'hours', base: null, theirs: { hours: parted }, mine: { hours: night } }],
  };
  expect(upgradeDoc(kinds, 'conflict', conflict)).toEqual({
    ...conflict,
    units: [{ unit: 'hours', base: null, theirs: { hours: parted }, mine: { hours: parted } }],
  });
  // A server may know only some units of what a document was.
  const part = { id, status: 'open' };
  expect(upgradeDoc(kinds, 'conflict', part)).toEqual(part);
});

it('a change of shape counts, and look-ups that were filled from the shape before are filled again', () => {
  const room = kinds['room'] as KindSpec;
  const changed = { ...kinds, room: { ...room, upgrades: [(fields: Fields) => ({ ...fields })] } };
  expect(upgradeCount(changed)).toBe(upgradeCount(kinds) + 1);
  expect(keysFingerprint(changed)).not.toBe(keysFingerprint(kinds));
});
