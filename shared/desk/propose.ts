/**
 * The first half of the desk: from a call to one change set, where the command is given. Permission → facts → decision →
 * patches against what the person saw → rules. Nothing is written here; the caller writes the whole set or nothing.
 */
import type { ChangeSet, Patch } from '../kernel/change-set.ts';
import { LAW_VERSION } from '../kernel/change-set.ts';
import type { CommandContext, CommandSpec, Draft } from '../kernel/command.ts';
import type { Doc } from '../kernel/kind.ts';
import { changedUnits, unitOf } from '../kernel/kind.ts';
import { sameJson } from '../kernel/canonical-json.ts';
import type { Result } from '../kernel/result.ts';
import { fail, ok } from '../kernel/result.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import { checkDeclared, checkDocuments, checkRules } from './check.ts';
import type { CommandCall, DeskPorts, Law, Written } from './ports.ts';

/** A set without what only the carrying station can add (its counter, clock offset and cursors). */
export type ProposedSet = Pick<
  ChangeSet,
  'id' | 'command' | 'input' | 'lawVersion' | 'authorId' | 'atUtc' | 'reason' | 'undoes' | 'patches'
>;
export type Proposal = { set: ProposedSet; written: Written[]; spec: CommandSpec };

/** Decides one call. Violations are the answer to whoever gave it; a throw is a bug. */
export async function propose(
  call: CommandCall,
  ports: DeskPorts,
  base: Pick<CommandContext, 'station' | 'nextNumber'>,
): Promise<Result<Proposal, Violation[]>> {
  const spec = ports.law.commands[call.name];
  if (!spec) return fail([violation('KERNEL-1', 'unknown-command')]);
  if (!call.author.permissions.has(spec.permission))
    return fail([violation('ACCESS-1', 'not-permitted', { params: { permission: spec.permission } })]);
  const input = spec.input.safeParse(call.input);
  if (!input.success)
    return fail(
      input.error.issues.map((issue) => violation('KERNEL-1', 'malformed-input', { field: issue.path.join('.') })),
    );
  if (spec.needsReason && !call.reason?.trim())
    return fail([violation('KERNEL-7', 'reason-needed', { field: 'reason' })]);
  const context: CommandContext = {
    ...base,
    nowUtc: ports.nowUtc(),
    author: call.author,
    reason: call.reason?.trim() || null,
    newId: ports.newId,
  };
  const facts = await spec.gather(ports.reader, input.data, context);
  const decided = spec.decide(input.data, facts, context);
  if (!decided.ok) return decided;
  const made = await makePatches(decided.value, call, spec, ports);
  if (!made.ok) return made;
  const { patches, written } = made.value;
  const violations = [
    ...checkDeclared(ports.law, spec, written),
    ...checkDocuments(ports.law, written, call.author.id),
    ...checkRules(spec, input.data, written, facts, context),
  ];
  if (violations.length > 0) return fail(violations);
  const set: ProposedSet = {
    id: ports.newId(),
    command: spec.name,
    input: JSON.parse(JSON.stringify(input.data)),
    lawVersion: LAW_VERSION,
    authorId: call.author.id,
    atUtc: context.nowUtc,
    reason: context.reason,
    undoes: null,
    patches,
  };
  return ok({ set, written, spec });
}

type Made = { patches: Patch[]; written: Written[] };

async function makePatches(
  drafts: Draft[],
  call: CommandCall,
  spec: CommandSpec,
  ports: DeskPorts,
): Promise<Result<Made, Violation[]>> {
  const made: Made = { patches: [], written: [] };
  const stored = await Promise.all(drafts.map(async (draft) => ports.reader.get(draft.kind, draft.id)));
  for (const [at, draft] of drafts.entries()) {
    const current = stored[at] ?? null;
    const byDesk = draft.basis === 'desk' || call.author.automatic || current === null;
    const seen = byDesk ? current : call.seen[`${draft.kind}/${draft.id}`];
    if (seen === undefined) return fail([violation('KERNEL-2', 'not-seen', { params: { kind: draft.kind } })]);
    const next = draft.next && (JSON.parse(JSON.stringify(draft.next)) as Doc);
    const patch = patchOf(ports.law, draft, current, seen, next);
    if (Object.keys(patch.units).length === 0) continue;
    const stale = Object.values(patch.units).length > 0 && isStale(ports.law, patch, current);
    if (stale && spec.nature === 'claim')
      return fail([violation('KERNEL-8', 'changed-meanwhile', { params: { kind: draft.kind } })]);
    made.patches.push(patch);
    made.written.push({ kind: draft.kind, id: draft.id, before: current, after: next });
  }
  return ok(made);
}

function patchOf(law: Law, draft: Draft, current: Doc | null, seen: Doc | null, next: Doc | null): Patch {
  const kind = law.kinds[draft.kind];
  if (!kind) throw new Error(`no such kind: ${draft.kind}`);
  const op = next === null ? 'remove' : current === null ? 'create' : 'update';
  const units = changedUnits(kind, current, next).map((unit) => [
    unit,
    { before: unitOf(kind, unit, seen), after: unitOf(kind, unit, next) },
  ]);
  return { kind: draft.kind, id: draft.id, op, units: Object.fromEntries(units) };
}

function isStale(law: Law, patch: Patch, current: Doc | null): boolean {
  const kind = law.kinds[patch.kind];
  return (
    !!kind &&
    Object.entries(patch.units).some(([unit, change]) => !sameJson(unitOf(kind, unit, current), change.before))
  );
}
