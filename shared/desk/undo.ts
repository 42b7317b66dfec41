/** Undo (`change-sets.md` §6): the inverse patches of one set, under the same checks, naming the set that they invert. */
import { sameJson } from '../kernel/canonical-json.ts';
import type { ChangeSet, Patch } from '../kernel/change-set.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Law } from './ports.ts';

/** The patches that bring back what a set changed, last first. */
export function inversePatches(patches: readonly Patch[]): Patch[] {
  return patches.toReversed().map((patch) => ({
    kind: patch.kind,
    id: patch.id,
    op: patch.op === 'create' ? 'remove' : patch.op === 'remove' ? 'create' : 'update',
    units: Object.fromEntries(
      Object.entries(patch.units).map(([unit, change]) => [unit, { before: change.after, after: change.before }]),
    ),
  }));
}

/** UNDO-1: only its own author; UNDO-2: only commands that have an inverse; UNDO-3: exactly the inverse. */
export function checkUndo(
  law: Law,
  set: Pick<ChangeSet, 'command' | 'authorId' | 'patches'>,
  undone: ChangeSet | undefined,
): Violation[] {
  if (!undone) return [violation('UNDO-3', 'nothing-to-undo')];
  if (undone.authorId !== set.authorId) return [violation('UNDO-1', 'not-yours')];
  if (set.command !== undone.command || law.commands[undone.command]?.undo !== 'patches')
    return [violation('UNDO-2', 'no-inverse')];
  if (!sameJson(set.patches, inversePatches(undone.patches))) return [violation('UNDO-3', 'not-the-inverse')];
  return [];
}
