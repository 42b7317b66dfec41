/**
 * What a kind of document is: its schema, the fields that mean something only together (merge units), how it merges, which
 * scopes it travels in, and by which keys it is found. The registry of all kinds is `shared/collections.ts`.
 */
import type { z } from 'zod';
import type { UnitValue } from './change-set.ts';
import { LAW_VERSION } from './change-set.ts';
import { sameJson } from './canonical-json.ts';
import type { Violation } from './violation.ts';

/** Any document of the law: an id and JSON fields. */
export type Doc = { id: string } & Record<string, unknown>;

export type CollectionName = 'reference' | 'people' | 'schedule' | 'billing' | 'clinical' | 'imaging' | 'inbox';

/** Fields of a document: all of them, or those of some of its merge units. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * One change of a kind's shape: fields in the shape before it, to the same fields in the shape after it. Pure. It meets whole documents,
 * single units of them (a patch, a conflict), and what has the new shape already, from a station or server of a later program: it
 * changes only what it finds in the old shape, and returns the very same object where that is nothing. Where the two shapes can't be
 * told apart, the new one is a field of another name.
 */
export type Upgrade = (fields: Fields) => Fields;

/** `append`: never changes after it was made; `oneAuthor`: only its author changes it; `units`: per merge unit; `serverOnly`. */
export type MergeClass = 'append' | 'oneAuthor' | 'units' | 'serverOnly';

export type KindSpec<T extends Doc = Doc> = {
  kind: string;
  schema: z.ZodType<T>;
  collection: CollectionName;
  merge: MergeClass;
  /** Unit → its fields. Every field but `id` belongs to exactly one unit (a test checks it). */
  units: Record<string, readonly string[]>;
  /** Whether it holds patient data: its reads are journalled, its content never logged. */
  phi: boolean;
  /** How its documents came into the shape of `schema`, one for each change since the first, in order (`upgrade.ts`). */
  upgrades?: readonly Upgrade[];
  /** Brings values of other kinds' units that its documents hold into the shape of this program; it meets parts of documents too. */
  bringHeld?: (fields: Partial<T>, bring: (kind: string, unit: string, value: UnitValue) => UnitValue) => Partial<T>;
  /** The scopes that a document travels in (`change-sets.md` §3). */
  scopes: (doc: T) => string[];
  /** Look-up keys by name; texts that sort as they should be found, at most a few per document. */
  keys: Record<string, (doc: T) => readonly string[]>;
  /** Kinds that its documents point to, each by a look-up key that begins with the id of the other document. */
  references?: ReadonlyArray<{ kind: string; key: string }>;
  /** How a document that was removed comes back, as it last stood: what it claimed may be another's by then. */
  broughtBack?: (last: T) => T;
  /** What else is judged with it: two sets that write documents with one of these names in common are judged one after the other. */
  locks?: (doc: T) => string[];
  /** What must hold of one document whatever command wrote it; `before` is null when it is made, `after` null when removed. */
  invariants?: (before: T | null, after: T | null) => Violation[];
  /** Joins a unit that two people changed apart; undefined means: a person must look. */
  mergeUnit?: (unit: string, base: UnitValue, theirs: UnitValue, mine: UnitValue) => UnitValue | undefined;
};

/** The same spec with its document type forgotten, for registries. */
export function defineKind<T extends Doc>(spec: KindSpec<T>): KindSpec {
  return spec as unknown as KindSpec;
}

/**
 * Which look-up keys the law declares, and over which shapes: a store that was filled by others fills its table of keys again. A key
 * that is reckoned otherwise under the same name belongs to a new version of the law.
 */
export function keysFingerprint(kinds: Readonly<Record<string, KindSpec>>): string {
  const names = Object.values(kinds).flatMap(({ kind, keys }) => Object.keys(keys).map((key) => `${kind}.${key}`));
  const shapes = Object.values(kinds).flatMap(({ kind, upgrades }) => (upgrades ? [`${kind}:${upgrades.length}`] : []));
  return [LAW_VERSION, ...names.toSorted(), ...shapes.toSorted()].join(' ');
}

/** The value of one unit of a document: its present fields, or null when none is there. */
export function unitOf(spec: KindSpec, unit: string, doc: Doc | null | undefined): UnitValue {
  if (!doc) return null;
  const fields = (spec.units[unit] ?? []).filter((field) => doc[field] !== undefined);
  if (fields.length === 0) return null;
  return Object.fromEntries(fields.map((field) => [field, doc[field]])) as UnitValue;
}

/** The document with one unit set to a value; fields of the unit that the value lacks are removed. */
export function withUnit(spec: KindSpec, doc: Doc, unit: string, value: UnitValue): Doc {
  const next: Doc = { ...doc };
  for (const field of spec.units[unit] ?? []) {
    if (value && value[field] !== undefined) next[field] = value[field];
    else delete next[field];
  }
  return next;
}

/** The units in which two forms of a document differ. */
export function changedUnits(spec: KindSpec, before: Doc | null, after: Doc | null): string[] {
  return Object.keys(spec.units).filter((unit) => !sameJson(unitOf(spec, unit, before), unitOf(spec, unit, after)));
}
