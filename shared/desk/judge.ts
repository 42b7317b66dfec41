/**
 * The second half of the desk: a set that a station made, judged by the same law over the server's documents and facts
 * (`change-sets.md` §4). It answers accepted, merged or refused and says what to write; the caller writes all of it, with
 * set and answer, in one transaction.
 */
import type { ChangeSet } from '../kernel/change-set.ts';
import { LAW_VERSION, MAX_CHANGE_SET_BYTES } from '../kernel/change-set.ts';
import type { Author, CommandContext, CommandSpec } from '../kernel/command.ts';
import type { Doc } from '../kernel/kind.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { UnitConflict } from './apply.ts';
import { applyPatch } from './apply.ts';
import { checkDeclared, checkDocuments, checkRules } from './check.ts';
import type { DeskPorts, Written } from './ports.ts';
import { checkUndo } from './undo.ts';

export type DocConflict = { kind: string; docId: string; doc: Doc; units: UnitConflict[]; violations: Violation[] };

export type Verdict =
  | { result: 'accepted' | 'merged'; written: Written[]; conflicts: DocConflict[]; flags: Violation[] }
  | { result: 'refused'; violations: Violation[] }
  | { result: 'held'; why: string };

export type JudgePorts = DeskPorts & {
  /** A set that the server took before, for undo. */
  readSet: (id: string) => Promise<ChangeSet | undefined>;
};

/** `rightsNow` are the author's today, `author.permissions` those at the set's `seenThrough`. */
export async function judge(
  set: ChangeSet,
  author: Author,
  rightsNow: ReadonlySet<string>,
  station: CommandContext['station'],
  ports: JudgePorts,
): Promise<Verdict> {
  if (set.lawVersion > LAW_VERSION) return { result: 'held', why: 'law-version' };
  if (JSON.stringify(set).length > MAX_CHANGE_SET_BYTES) return refused('KERNEL-9', 'too-large');
  const spec = ports.law.commands[set.command];
  if (!spec) return refused('KERNEL-1', 'unknown-command');
  const input = spec.input.safeParse(set.input);
  if (!input.success) return refused('KERNEL-1', 'malformed-input');
  if (!author.permissions.has(spec.permission)) return refused('ACCESS-1', 'not-permitted');
  const flags: Violation[] = [];
  if (!rightsNow.has(spec.permission)) {
    if (spec.nature === 'claim') return refused('ACCESS-2', 'right-taken-away');
    flags.push(violation('ACCESS-2', 'right-taken-away'));
  }
  const context: CommandContext = {
    nowUtc: set.atUtc,
    author,
    station,
    reason: set.reason,
    newId: ports.newId,
    nextNumber: () => {
      throw new Error('numbers are given where a command is given');
    },
  };
  return judgePatches({ set, spec, input: input.data, context, flags }, ports);
}

type Case = { set: ChangeSet; spec: CommandSpec; input: unknown; context: CommandContext; flags: Violation[] };

async function judgePatches({ set, spec, input, context, flags }: Case, ports: JudgePorts): Promise<Verdict> {
  const facts = await spec.gather(ports.reader, input, context);
  const written: Written[] = [];
  const conflicts: DocConflict[] = [];
  for (const patch of set.patches) {
    const kind = ports.law.kinds[patch.kind];
    if (!kind) return refused('KERNEL-3', 'unknown-kind');
    const before = (await ports.reader.get(patch.kind, patch.id)) ?? null;
    const applied = applyPatch(kind, before, patch);
    written.push({ kind: patch.kind, id: patch.id, before, after: applied.after });
    if (applied.conflicts.length > 0 && before)
      conflicts.push({ kind: patch.kind, docId: patch.id, doc: before, units: applied.conflicts, violations: [] });
  }
  const declared = await declaredOrUndo(set, spec, written, ports);
  const broken = [...declared, ...checkDocuments(ports.law, written, set.authorId)];
  if (broken.length > 0) return { result: 'refused', violations: broken };
  if (conflicts.length > 0 && spec.nature === 'claim')
    return { result: 'refused', violations: [violation('KERNEL-8', 'changed-meanwhile')] };
  const against = checkRules(spec, input, written, facts, context);
  if (against.length === 0) return { result: conflicts.length > 0 ? 'merged' : 'accepted', written, conflicts, flags };
  if (spec.nature === 'record')
    return { result: conflicts.length > 0 ? 'merged' : 'accepted', written, conflicts, flags: [...flags, ...against] };
  const lost = spec.lose?.({ input, docs: written }, against);
  if (!lost) return { result: 'refused', violations: against };
  return loseClaim(written, lost, against, flags);
}

/** A new claim that lost: stored without what it claimed, and one conflict that a person solves. */
function loseClaim(
  written: Written[],
  lost: Array<{ kind: string; id: string; next: Doc | null }>,
  against: Violation[],
  flags: Violation[],
): Verdict {
  const conflicts: DocConflict[] = [];
  const result = written.map((doc) => {
    const draft = lost.find((one) => one.kind === doc.kind && one.id === doc.id);
    if (!draft) return doc;
    if (draft.next) conflicts.push({ kind: doc.kind, docId: doc.id, doc: draft.next, units: [], violations: against });
    return { ...doc, after: draft.next };
  });
  return { result: 'merged', written: result, conflicts, flags };
}

async function declaredOrUndo(
  set: ChangeSet,
  spec: CommandSpec,
  written: Written[],
  ports: JudgePorts,
): Promise<Violation[]> {
  if (!set.undoes) return checkDeclared(ports.law, spec, written);
  const undone = await ports.readSet(set.undoes);
  return checkUndo(ports.law, set, undone);
}

const refused = (law: string, code: string): Verdict => ({ result: 'refused', violations: [violation(law, code)] });
