/** What the server writes beside a set because of it (`shared/kernel/derive.ts`). */
import { sameJson } from '../kernel/canonical-json.ts';
import type { Draft } from '../kernel/command.ts';
import type { Doc } from '../kernel/kind.ts';
import type { Reader } from '../kernel/reader.ts';
import { createOverlayReader } from './overlay-reader.ts';
import type { Law, Written } from './ports.ts';

/** Documents that follow from `written`, each with its form in `reader`; only those that really change. */
export async function deriveDocuments(law: Law, reader: Reader, written: readonly Written[]): Promise<Written[]> {
  const others = Map.groupBy(written, (doc) => doc.kind);
  const after = createOverlayReader(
    law,
    reader,
    async (kind) => new Map((others.get(kind) ?? []).map((doc) => [doc.id, doc.after])),
  );
  const drafts = await Promise.all(law.derivations.map(({ derive }) => derive(after, written)));
  return changesOver(reader, drafts.flat());
}

/** All that is derived, counted anew; only what is not so already. */
export async function recountDocuments(law: Law, reader: Reader): Promise<Written[]> {
  const drafts = await Promise.all(law.derivations.map(({ recount }) => recount(reader)));
  return changesOver(reader, drafts.flat());
}

async function changesOver(reader: Reader, drafts: readonly Draft[]): Promise<Written[]> {
  const changes = drafts.map(async ({ kind, id, next }): Promise<Written> => {
    const before = (await reader.get(kind, id)) ?? null;
    return { kind, id, before, after: next && (JSON.parse(JSON.stringify(next)) as Doc) };
  });
  return (await Promise.all(changes)).filter(({ before, after }) => !sameJson(before, after));
}
