/**
 * Undo (`change-sets.md` §6): the inverse patches of one set, under the same rules, naming the set that they invert. Redo is
 * the undo of an undo. The laws are the same where it is asked for and where the server judges it.
 */
import { sameJson } from '../kernel/canonical-json.ts';
import type { ChangeSet, Patch } from '../kernel/change-set.ts';
import { LAW_VERSION } from '../kernel/change-set.ts';
import type { Author, CommandContext } from '../kernel/command.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Result } from '../kernel/result.ts';
import { fail, ok } from '../kernel/result.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import { minutesBetween } from '../kernel/time.ts';
import { upgradeSet } from '../kernel/upgrade.ts';
import { applyPatch } from './apply.ts';
import { checkDocuments, checkRules } from './check.ts';
import type { DeskPorts, Law, Written } from './ports.ts';
import type { Proposal } from './propose.ts';
import { findDependents } from './references.ts';
import { witness } from './witness.ts';

/** What takes back a set, in the shapes of this program, whichever made it. */
const inverseOf = (law: Law, undone: Pick<ChangeSet, 'patches'>): Patch[] =>
  inversePatches(upgradeSet(law.kinds, undone).patches);

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

type UndoingSet = Pick<ChangeSet, 'command' | 'authorId' | 'atUtc' | 'patches'>;

/** UNDO-1: only its own author; UNDO-2: only commands that have an inverse; UNDO-3: exactly the inverse; UNDO-6: not for ever. */
export function checkUndo(law: Law, set: UndoingSet, undone: ChangeSet, withinMin: number): Violation[] {
  if (undone.authorId !== set.authorId) return [violation('UNDO-1', 'not-yours')];
  if (set.command !== undone.command || law.commands[undone.command]?.undo !== 'patches')
    return [violation('UNDO-2', 'no-inverse')];
  if (!sameJson(set.patches, inverseOf(law, undone))) return [violation('UNDO-3', 'not-the-inverse')];
  if (minutesBetween(undone.atUtc, set.atUtc) > withinMin)
    return [violation('UNDO-6', 'too-long-ago', { params: { minutes: withinMin } })];
  return [];
}

/** The laws of what an undo leaves: nothing that was built on it hangs in the air (UNDO-5), and the command's own rules. */
export async function checkUndone(
  undone: Pick<ChangeSet, 'command' | 'input'>,
  written: readonly Written[],
  context: Omit<CommandContext, 'newId' | 'nextNumber'>,
  ports: Pick<DeskPorts, 'law' | 'side'> & { reader: Reader },
): Promise<Violation[]> {
  const spec = ports.law.commands[undone.command];
  if (!spec) return [violation('UNDO-2', 'no-inverse')];
  const dependent = await findDependents(ports.law, ports.reader, written);
  if (dependent) return [violation('UNDO-5', 'built-upon', { params: dependent })];
  return [
    ...checkDocuments(ports.law, written, context.author.id, ports.side),
    ...(await checkRules(spec, { input: undone.input, docs: written, isUndo: true }, ports.reader, context)),
  ];
}

/** The set that takes back `undone`, or why it can't be; UNDO-4 where somebody changed it since. */
export async function proposeUndo(
  undone: ChangeSet,
  author: Author,
  ports: DeskPorts,
  base: Pick<CommandContext, 'station' | 'nextNumber'>,
): Promise<Result<Proposal, Violation[]>> {
  const spec = ports.law.commands[undone.command];
  if (!spec) return fail([violation('UNDO-2', 'no-inverse')]);
  if (!author.permissions.has(spec.permission)) return fail([violation('ACCESS-1', 'not-permitted')]);
  const patches = inverseOf(ports.law, undone);
  const atUtc = ports.nowUtc();
  const half = { command: undone.command, authorId: author.id, atUtc, patches };
  const against = checkUndo(ports.law, half, undone, await ports.law.undoWithinMin(ports.reader));
  if (against.length > 0) return fail(against);
  const written = await applyInverse(ports.law, ports.reader, patches);
  if (!written) return fail([violation('UNDO-4', 'changed-meanwhile')]);
  const noted = witness(ports.reader, { newId: ports.newId, nextNumber: base.nextNumber });
  const context = {
    station: base.station,
    nowUtc: atUtc,
    author,
    reason: undone.reason,
    lawVersion: LAW_VERSION,
  };
  const broken = await checkUndone(undone, written, context, { ...ports, reader: noted.reader });
  if (broken.length > 0) return fail(broken);
  const { input, reason } = undone;
  const rest = { id: ports.newId(), input, reason, lawVersion: LAW_VERSION, undoes: undone.id };
  return ok({ set: { ...half, ...rest, minted: noted.minted, lacked: noted.lacked() }, written, spec });
}

/** What the inverse makes of the documents, or undefined where somebody changed one of them since. */
async function applyInverse(law: Law, reader: Reader, patches: readonly Patch[]): Promise<Written[] | undefined> {
  const written: Written[] = [];
  for (const patch of patches) {
    const kind = law.kinds[patch.kind];
    const before = (await reader.get(patch.kind, patch.id)) ?? null;
    const applied = kind && applyPatch(kind, before, patch);
    const isGone = before === null && patch.op !== 'create';
    if (!applied || isGone || applied.conflicts.length > 0) return undefined;
    written.push({ kind: patch.kind, id: patch.id, before, after: applied.after });
  }
  return written;
}
