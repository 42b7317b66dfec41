/** The checks that hold for every command, wherever it is looked at: schema, declared writes, invariants of each document, its own rules. */
import type { Change, CommandSpec, RuleContext } from '../kernel/command.ts';
import { changedUnits } from '../kernel/kind.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { DeskPorts, Law, Written } from './ports.ts';

/** Kinds and units that a command did not declare (KERNEL-3). */
export function checkDeclared(law: Law, spec: CommandSpec, docs: readonly Written[]): Violation[] {
  return docs.flatMap((doc) => {
    const allowed = spec.writes[doc.kind];
    const kind = law.kinds[doc.kind];
    if (!kind || !allowed) return [violation('KERNEL-3', 'undeclared-kind', { params: { kind: doc.kind } })];
    if (allowed === 'all') return [];
    return changedUnits(kind, doc.before, doc.after)
      .filter((unit) => !allowed.includes(unit))
      .map((unit) => violation('KERNEL-3', 'undeclared-unit', { params: { kind: doc.kind, unit } }));
  });
}

/** Each document's schema and the invariants of its kind and merge class (KERNEL-4 … 6, KERNEL-11). */
export function checkDocuments(
  law: Law,
  docs: readonly Written[],
  authorId: string,
  side: DeskPorts['side'],
): Violation[] {
  return docs.flatMap((doc) => {
    const kind = law.kinds[doc.kind];
    if (!kind) return [violation('KERNEL-3', 'unknown-kind', { params: { kind: doc.kind } })];
    if (kind.merge === 'serverOnly' && side !== 'server')
      return [violation('KERNEL-11', 'servers-own', { params: { kind: doc.kind } })];
    const parsed = doc.after ? kind.schema.safeParse(doc.after) : undefined;
    if (parsed && !parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      return [violation('KERNEL-4', 'malformed', { params: { kind: doc.kind }, field })];
    }
    const changed = doc.before !== null && changedUnits(kind, doc.before, doc.after).length > 0;
    if (changed && kind.merge === 'append') return [violation('KERNEL-5', 'immutable', { params: { kind: doc.kind } })];
    if (changed && kind.merge === 'oneAuthor' && doc.before?.['authorId'] !== authorId)
      return [violation('KERNEL-6', 'other-author', { params: { kind: doc.kind } })];
    return kind.invariants?.(doc.before, doc.after) ?? [];
  });
}

/** The command's own rules over the facts of `reader`. */
export async function checkRules(
  spec: CommandSpec,
  change: Change,
  reader: Reader,
  context: RuleContext,
): Promise<Violation[]> {
  if ('none' in spec.rules) return [];
  const found = await Promise.all(
    spec.rules.map(async (rule) => rule.check(change, await rule.gather(reader, change, context), context)),
  );
  return found.flat();
}

/** What a command asks of whoever gives it: a reason (KERNEL-7), and that the server's own commands are the server's (KERNEL-11). */
export function checkGiven(spec: CommandSpec, reason: string | null, side: DeskPorts['side']): Violation[] {
  if (spec.serverOnly && side !== 'server') return [violation('KERNEL-11', 'servers-own')];
  if (spec.needsReason && !reason?.trim()) return [violation('KERNEL-7', 'reason-needed', { field: 'reason' })];
  return [];
}
