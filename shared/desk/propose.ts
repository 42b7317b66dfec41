/**
 * The first half of the desk: from a call to one change set, where the command is given. Permission → facts → decision →
 * patches against what the person saw → rules. Nothing is written here; the caller writes the whole set or nothing.
 */
import type { ChangeSet, Patch } from '../kernel/change-set.ts';
import { LAW_VERSION } from '../kernel/change-set.ts';
import type { CommandContext, CommandSpec } from '../kernel/command.ts';
import type { Doc } from '../kernel/kind.ts';
import { unitOf } from '../kernel/kind.ts';
import { sameJson } from '../kernel/canonical-json.ts';
import type { Result } from '../kernel/result.ts';
import { fail, ok } from '../kernel/result.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import { overlayPatch } from './apply.ts';
import { checkDeclared, checkDocuments, checkGiven, checkRules } from './check.ts';
import type { Decided } from './decide.ts';
import { decideOver, opOf } from './decide.ts';
import type { CommandCall, DeskPorts, Law, Written } from './ports.ts';
import { witness } from './witness.ts';

/** A set without what only the carrying station can add (its counter, clock offset and cursors). */
export type ProposedSet = Omit<ChangeSet, 'stationId' | 'stationSeq' | 'clockOffsetMs' | 'seenThrough' | 'buildsOn'>;
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
  const parsed = spec.input.safeParse(call.input);
  if (!parsed.success)
    return fail(
      parsed.error.issues.map((issue) => violation('KERNEL-1', 'malformed-input', { field: issue.path.join('.') })),
    );
  const given = checkGiven(spec, call.reason, ports.side);
  if (given.length > 0) return fail(given);
  const noted = witness(ports.reader, { newId: ports.newId, nextNumber: base.nextNumber });
  const context: CommandContext = {
    station: base.station,
    nowUtc: ports.nowUtc(),
    author: call.author,
    reason: call.reason?.trim() || null,
    lawVersion: LAW_VERSION,
    newId: noted.newId,
    nextNumber: noted.nextNumber,
  };
  const input = spec.find ? await spec.find(noted.reader, parsed.data) : parsed.data;
  const decided = await decideOver(ports.law, spec, input, noted.reader, context);
  if (!decided.ok) return decided;
  const patches = patchesOf(decided.value, call, spec, ports.law);
  if (!patches.ok) return patches;
  const written = decided.value.map((doc, at) => shownWith(doc, patches.value[at], ports.law));
  const change = { input, docs: written, isUndo: false };
  const violations = [
    ...checkDeclared(ports.law, spec, written),
    ...checkDocuments(ports.law, written, call.author.id, ports.side),
    ...(await checkRules(spec, change, noted.reader, context)),
  ];
  if (violations.length > 0) return fail(violations);
  const set: ProposedSet = {
    id: ports.newId(),
    command: spec.name,
    input: JSON.parse(JSON.stringify(input)),
    lawVersion: LAW_VERSION,
    authorId: call.author.id,
    atUtc: context.nowUtc,
    reason: context.reason,
    undoes: null,
    minted: noted.minted,
    lacked: noted.lacked(),
    patches: patches.value,
  };
  return ok({ set, written, spec });
}

/**
 * The document as the station shows it until the server has answered: what changed since the person looked is joined with
 * what they gave, as the server will join it.
 */
function shownWith({ kind, id, before, after }: Decided, patch: Patch | undefined, law: Law): Written {
  const spec = law.kinds[kind];
  return { kind, id, before, after: spec && patch ? overlayPatch(spec, before, patch) : after };
}

/** A patch per document against what the person saw of it; a claim on something that has changed since is refused (KERNEL-8). */
function patchesOf(
  decided: readonly Decided[],
  call: CommandCall,
  spec: CommandSpec,
  law: Law,
): Result<Patch[], Violation[]> {
  const patches: Patch[] = [];
  for (const doc of decided) {
    const byDesk = doc.basis === 'desk' || call.author.automatic || doc.before === null;
    const seen = byDesk ? doc.before : call.seen[`${doc.kind}/${doc.id}`];
    if (seen === undefined) return fail([violation('KERNEL-2', 'not-seen', { params: { kind: doc.kind } })]);
    const patch = patchOf(law, doc, seen);
    if (spec.nature === 'claim' && isStale(law, patch, doc.before))
      return fail([violation('KERNEL-8', 'changed-meanwhile', { params: { kind: doc.kind } })]);
    patches.push(patch);
  }
  return ok(patches);
}

function patchOf(law: Law, doc: Decided, seen: Doc | null): Patch {
  const kind = law.kinds[doc.kind];
  if (!kind) throw new Error(`no such kind: ${doc.kind}`);
  const units = doc.units.map((unit) => [
    unit,
    { before: unitOf(kind, unit, seen), after: unitOf(kind, unit, doc.after) },
  ]);
  return { kind: doc.kind, id: doc.id, op: opOf(doc), units: Object.fromEntries(units) };
}

function isStale(law: Law, patch: Patch, current: Doc | null): boolean {
  const kind = law.kinds[patch.kind];
  return (
    !!kind &&
    Object.entries(patch.units).some(([unit, change]) => !sameJson(unitOf(kind, unit, current), change.before))
  );
}
