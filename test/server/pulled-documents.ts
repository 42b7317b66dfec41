/** What a station has pulled: documents by scope, in memory, by the same rules as a workstation's cabinet. */
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Holding } from '../../shared/kernel/reader.ts';
import { createMemoryReader } from '../world/memory-reader.ts';
import type { PageBody, PullGroup, StationWire } from './station-wire.ts';

export function createPulledDocuments(wire: Pick<StationWire, 'pull'>) {
  const reader = createMemoryReader({});
  const numbers = new Map<string, number>();
  const groups: PullGroup[] = [];
  const held = new Set<string>();

  const takePage = (page: PageBody): void => {
    for (const { kind, id, number, op, doc } of page.changes) {
      const known = numbers.get(`${kind}/${id}`) ?? 0;
      // An older number never overwrites a newer one; another scope may have brought what this one lets go.
      if (number < known || (op === 'left' && number === known)) continue;
      numbers.set(`${kind}/${id}`, number);
      if (doc) reader.put(kind, doc);
      else reader.remove(kind, id);
    }
  };
  const pullOnce = async (): Promise<boolean> => {
    const { status, body } = await wire.pull(groups);
    if (status !== 200) throw new Error(`pull: ${status}`);
    for (const [at, page] of body.pages.entries()) {
      const group = groups[at] as PullGroup;
      takePage(page);
      Object.assign(group, { cursor: page.cursor, after: page.after });
      if (!page.more) for (const scope of group.scopes) held.add(scope);
    }
    return body.pages.some((page) => page.more);
  };

  return {
    reader: { ...reader, holds: (scope: string): Holding => (held.has(scope) ? 'held' : 'no') },
    /** From the next pull on. */
    follow: (scopes: readonly string[]): void => {
      groups.push({ scopes: [...scopes], cursor: null, after: null });
    },
    pull: async (): Promise<void> => {
      while (await pullOnce());
    },
    /** The number that every followed scope has been brought up to. */
    through: (): number => Math.min(...groups.map((group) => group.cursor?.number ?? 0)),
    coreNumber: (): number => groups.find((group) => group.scopes.includes('core'))?.cursor?.number ?? 0,
    get: (kind: string, id: string): Doc | undefined => reader.get(kind, id) as Doc | undefined,
    idsOf: (kind: string): string[] =>
      [...numbers.keys()].filter((key) => key.startsWith(`${kind}/`)).map((key) => key.slice(kind.length + 1)),
  };
}
