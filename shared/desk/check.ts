/** The checks that hold for every command, on both sides: schema, declared writes, invariants of each document, its own rules. */
import type { CommandContext, CommandSpec } from '../kernel/command.ts';
import { changedUnits } from '../kernel/kind.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Law, Written } from './ports.ts';

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

/** Each document's schema and the invariants of its kind and merge class (KERNEL-4 … 6). */
export function checkDocuments(law: Law, docs: readonly Written[], authorId: string): Violation[] {
  return docs.flatMap((doc) => {
    const kind = law.kinds[doc.kind];
    if (!kind) return [violation('KERNEL-3', 'unknown-kind', { params: { kind: doc.kind } })];
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

/** The command's own rules, without what a person with the right sets aside by giving a reason. */
export function checkRules(
  spec: CommandSpec,
  input: unknown,
  docs: readonly Written[],
  facts: unknown,
  context: CommandContext,
): Violation[] {
  const found = spec.check?.({ input, docs }, facts, context) ?? [];
  return found.filter((one) => !isOverridden(one, context));
}

function isOverridden(one: Violation, context: CommandContext): boolean {
  if (!one.overridableBy || !context.reason) return false;
  return [...context.author.permissions].some((permission) => permission === one.overridableBy);
}
