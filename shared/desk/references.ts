/** Which documents point to which, by the keys that their kinds declare. */
import type { KindSpec } from '../kernel/kind.ts';
import type { Doc } from '../kernel/kind.ts';
import type { Reader } from '../kernel/reader.ts';
import type { Law, Written } from './ports.ts';

export type Reference = { kind: string; id: string };

const UUID_LENGTH = 36;

/** What a document points to: a referring key begins with the id of the document that it names. */
export function referencesOf(spec: KindSpec, doc: Doc): Reference[] {
  return (spec.references ?? []).flatMap(({ kind, key }) =>
    (spec.keys[key]?.(doc) ?? []).map((value) => ({ kind, id: value.slice(0, UUID_LENGTH) })),
  );
}

/** A document that points to one that the change removes and stays itself; undefined where nothing does. */
export async function findDependents(
  law: Law,
  reader: Reader,
  written: readonly Written[],
): Promise<{ kind: string; byKind: string } | undefined> {
  const removed = written.filter((doc) => doc.after === null && doc.before !== null);
  const gone = new Set(removed.map((doc) => `${doc.kind}/${doc.id}`));
  for (const doc of removed)
    for (const spec of Object.values(law.kinds))
      for (const { kind, key } of spec.references ?? []) {
        if (kind !== doc.kind) continue;
        const found = await reader.find(spec.kind, key, { prefix: doc.id }, { limit: gone.size + 1 });
        if (found.some((one) => !gone.has(`${spec.kind}/${one.id}`))) return { kind: doc.kind, byKind: spec.kind };
      }
  return undefined;
}
