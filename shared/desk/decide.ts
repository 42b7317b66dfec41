/** What a command makes of documents: the same steps where it is given and where the server decides it again. */
import type { CommandContext, CommandSpec, Draft } from '../kernel/command.ts';
import type { Doc } from '../kernel/kind.ts';
import { changedUnits } from '../kernel/kind.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Result } from '../kernel/result.ts';
import { ok } from '../kernel/result.ts';
import type { Violation } from '../kernel/violation.ts';
import type { Law, Written } from './ports.ts';

/** A document that the command changes: the units that differ, and on whose sight it rests. */
export type Decided = Written & { units: string[]; basis: Draft['basis'] };

/** The documents that really change, each with its form in `reader`; violations where there is nothing to build on. */
export async function decideOver(
  law: Law,
  spec: CommandSpec,
  input: unknown,
  reader: Reader,
  context: CommandContext,
): Promise<Result<Decided[], Violation[]>> {
  const facts = await spec.gather(reader, input, context);
  const drafts = spec.decide(input, facts, context);
  if (!drafts.ok) return drafts;
  const stored = await Promise.all(drafts.value.map(async (draft) => reader.get(draft.kind, draft.id)));
  return ok(
    drafts.value
      .map((draft, at) => decidedFrom(law, draft, stored[at] ?? null))
      .filter((one) => one.units.length > 0 || (one.after === null) !== (one.before === null)),
  );
}

function decidedFrom(law: Law, draft: Draft, before: Doc | null): Decided {
  const kind = law.kinds[draft.kind];
  if (!kind) throw new Error(`no such kind: ${draft.kind}`);
  const after = draft.next && (JSON.parse(JSON.stringify(draft.next)) as Doc);
  const units = changedUnits(kind, before, after);
  return { kind: draft.kind, id: draft.id, before, after, units, basis: draft.basis };
}

/** What became of a document, as a patch says it. */
export const opOf = (doc: Pick<Written, 'before' | 'after'>): 'create' | 'update' | 'remove' =>
  doc.after === null ? 'remove' : doc.before === null ? 'create' : 'update';
