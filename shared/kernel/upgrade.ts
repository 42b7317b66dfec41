/**
 * What an earlier program wrote, in the shapes of this one: documents of a station and of the server, what a page brings, and the
 * values in change sets. A set itself is never rewritten; its patches are brought here each time they are used.
 */
import type { ChangeSet, Patch, UnitValue } from './change-set.ts';
import { sameJson } from './canonical-json.ts';
import type { Doc, Fields, KindSpec } from './kind.ts';
import { unitOf } from './kind.ts';

type Kinds = Readonly<Record<string, KindSpec>>;

const upgraded = (spec: KindSpec, fields: Fields): Fields =>
  (spec.upgrades ?? []).reduce((before, upgrade) => upgrade(before), fields);

/** A document in its kind's present shape; the same object where it has that. A kind that is not known here stays as it is. */
export function upgradeDoc(kinds: Kinds, kind: string, doc: Doc): Doc {
  const spec = kinds[kind];
  if (!spec) return doc;
  const fields = upgraded(spec, doc);
  const own = fields === doc ? doc : { ...fields, id: doc.id };
  if (!spec.bringHeld) return own;
  return { ...spec.bringHeld(own, (ofKind, unit, value) => upgradeUnit(kinds[ofKind], unit, value)), id: doc.id };
}

function upgradeUnit(spec: KindSpec | undefined, unit: string, value: UnitValue): UnitValue {
  if (!spec?.upgrades || value === null) return value;
  return unitOf(spec, unit, { id: '', ...upgraded(spec, value) });
}

/** The same set with its patches in the present shapes: what it shows and what is judged, not what is stored, hashed and sent. */
export function upgradeSet<S extends Pick<ChangeSet, 'patches'>>(kinds: Kinds, set: S): S {
  if (!set.patches.some((patch) => kinds[patch.kind]?.upgrades)) return set;
  return { ...set, patches: set.patches.map((patch) => upgradePatch(kinds[patch.kind], patch)) };
}

function upgradePatch(spec: KindSpec | undefined, patch: Patch): Patch {
  if (!spec?.upgrades) return patch;
  const before = sideOf(spec, patch, 'before');
  const after = sideOf(spec, patch, 'after');
  // A change of shape may part one unit into two, or move a field to another.
  const units = Object.keys(spec.units).flatMap((unit) => {
    const change = { before: unitOf(spec, unit, before), after: unitOf(spec, unit, after) };
    return unit in patch.units || !sameJson(change.before, change.after) ? [[unit, change] as const] : [];
  });
  return { ...patch, units: Object.fromEntries(units) };
}

/** All values of one side together, upgraded; null where the document did not stand. */
function sideOf(spec: KindSpec, patch: Patch, side: 'before' | 'after'): Doc | null {
  const values = Object.values(patch.units).flatMap((change) => change[side] ?? []);
  if (values.length === 0) return null;
  return { ...upgraded(spec, Object.assign({}, ...values) as Fields), id: patch.id };
}

/** How many changes of shape this program knows, over all kinds: it only grows. */
export const upgradeCount = (kinds: Kinds): number =>
  Object.values(kinds).reduce((count, spec) => count + (spec.upgrades?.length ?? 0), 0);
