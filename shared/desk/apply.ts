/**
 * Applying a change set to documents: the one merge, used by a station's desk, by its replay of pending sets, and by the
 * server. A unit whose current value is what the author saw takes the new value; one that changed meanwhile is joined by its
 * kind's `mergeUnit` or stays and becomes a conflict (`change-sets.md` §4).
 */
import { sameJson } from '../kernel/canonical-json.ts';
import type { Patch, UnitValue } from '../kernel/change-set.ts';
import type { Doc, KindSpec } from '../kernel/kind.ts';
import { unitOf, withUnit } from '../kernel/kind.ts';

export type UnitConflict = { unit: string; base: UnitValue; theirs: UnitValue; mine: UnitValue };
export type Applied = { after: Doc | null; conflicts: UnitConflict[] };

/** One patch on the document as it stands here; `null` in and out means that it does not exist. */
export function applyPatch(spec: KindSpec, current: Doc | null, patch: Patch): Applied {
  if (patch.op === 'remove') return applyRemove(spec, current, patch);
  if (!current && patch.op === 'update') return { after: revive(spec, patch), conflicts: [] };
  let after: Doc = current ?? { id: patch.id };
  const conflicts: UnitConflict[] = [];
  for (const [unit, change] of Object.entries(patch.units)) {
    const theirs = unitOf(spec, unit, current);
    if (sameJson(theirs, change.after)) continue;
    if (sameJson(theirs, change.before)) {
      after = withUnit(spec, after, unit, change.after);
      continue;
    }
    const joined = spec.mergeUnit?.(unit, change.before, theirs, change.after);
    if (joined === undefined) conflicts.push({ unit, base: change.before, theirs, mine: change.after });
    else after = withUnit(spec, after, unit, joined);
  }
  return { after, conflicts };
}

/** A removal stands only if nobody changed the document meanwhile: an edit beats a delete. */
function applyRemove(spec: KindSpec, current: Doc | null, patch: Patch): Applied {
  if (!current) return { after: null, conflicts: [] };
  const changed = Object.entries(patch.units).filter(
    ([unit, change]) => !sameJson(unitOf(spec, unit, current), change.before),
  );
  if (changed.length === 0) return { after: null, conflicts: [] };
  return {
    after: current,
    conflicts: changed.map(([unit, change]) => ({
      unit,
      base: change.before,
      theirs: unitOf(spec, unit, current),
      mine: null,
    })),
  };
}

/** An edit of a document that was removed meanwhile brings it back as far as the edit knows it (an edit beats a delete). */
function revive(spec: KindSpec, patch: Patch): Doc {
  return Object.entries(patch.units).reduce<Doc>((doc, [unit, change]) => withUnit(spec, doc, unit, change.after), {
    id: patch.id,
  });
}

/** What a pending patch shows before the server has answered: the author's values over the base, unit by unit. */
export function overlayPatch(spec: KindSpec, base: Doc | null, patch: Patch): Doc | null {
  if (patch.op === 'remove') return null;
  return Object.entries(patch.units).reduce<Doc>((doc, [unit, change]) => {
    const theirs = unitOf(spec, unit, base);
    const clean = sameJson(theirs, change.before) || sameJson(theirs, change.after);
    const joined = clean ? change.after : (spec.mergeUnit?.(unit, change.before, theirs, change.after) ?? change.after);
    return withUnit(spec, doc, unit, joined);
  }, base ?? { id: patch.id });
}
