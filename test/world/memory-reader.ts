import { kinds } from '../../shared/collections.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { FindOptions, Holding, KeyRange, Reader } from '../../shared/kernel/reader.ts';

export type MemoryReader = Reader & {
  put: (kind: string, doc: Doc) => void;
  remove: (kind: string, id: string) => void;
  /** What `holds` answers for one scope; everything is held unless said otherwise. */
  setHolding: (scope: string, holding: Holding) => void;
  /** Every document, by kind. */
  all: () => Map<string, Doc[]>;
  /** The documents as they stand now; later puts do not reach it. */
  snapshot: () => MemoryReader;
  /** From now on what another reader holds, and nothing else; what is held stays as it was said. */
  become: (other: MemoryReader) => void;
  everything: () => Record<string, Doc[]>;
};

type Entry = { key: string; doc: Doc };

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A `Reader` over documents in memory, by the keys that each kind declares: what views and laws are tested against. */
export function createMemoryReader(docsByKind: Record<string, readonly Doc[]>): MemoryReader {
  const stored = new Map<string, Map<string, Doc>>();
  const indexes = new Map<string, Entry[]>();
  const holdings = new Map<string, Holding>();

  const put = (kind: string, doc: Doc): void => {
    const docs = stored.get(kind) ?? new Map<string, Doc>();
    stored.set(kind, docs.set(doc.id, doc));
    for (const name of Object.keys(kinds[kind]?.keys ?? {})) indexes.delete(`${kind}.${name}`);
  };
  for (const [kind, docs] of Object.entries(docsByKind)) for (const doc of docs) put(kind, doc);

  const entriesOf = (kind: string, name: string): Entry[] => {
    const known = indexes.get(`${kind}.${name}`);
    if (known) return known;
    const keysOf = kinds[kind]?.keys[name];
    if (!keysOf) throw new Error(`${kind} has no key ${name}`);
    const entries = [...(stored.get(kind)?.values() ?? [])].flatMap((doc) => keysOf(doc).map((key) => ({ key, doc })));
    entries.sort((a, b) => compare(a.key, b.key) || compare(a.doc.id, b.doc.id));
    indexes.set(`${kind}.${name}`, entries);
    return entries;
  };

  const within = (kind: string, name: string, range: KeyRange): Entry[] =>
    entriesOf(kind, name).filter(({ key }) =>
      'prefix' in range ? key.startsWith(range.prefix) : key >= range.from && key < range.to,
    );

  const remove = (kind: string, id: string): void => {
    stored.get(kind)?.delete(id);
    for (const name of Object.keys(kinds[kind]?.keys ?? {})) indexes.delete(`${kind}.${name}`);
  };
  const everything = (): Record<string, Doc[]> =>
    Object.fromEntries([...stored].map(([kind, docs]) => [kind, [...docs.values()]]));
  const snapshot = (): MemoryReader => {
    const copy = createMemoryReader(everything());
    for (const [scope, holding] of holdings) copy.setHolding(scope, holding);
    return copy;
  };
  const become = (other: MemoryReader): void => {
    stored.clear();
    indexes.clear();
    for (const [kind, docs] of Object.entries(other.everything())) for (const doc of docs) put(kind, doc);
  };
  return {
    put,
    remove,
    all: () => new Map([...stored].map(([kind, docs]) => [kind, [...docs.values()]])),
    snapshot,
    become,
    everything,
    setHolding: (scope, holding) => holdings.set(scope, holding),
    get: <T extends Doc>(kind: string, id: string) => stored.get(kind)?.get(id) as T | undefined,
    find: <T extends Doc>(kind: string, key: string, range: KeyRange, options: FindOptions = {}) => {
      const found = within(kind, key, range).map(({ doc }) => doc);
      if (options.reverse) found.reverse();
      return [...new Set(found)].slice(0, options.limit) as T[];
    },
    count: (kind, key, range) => within(kind, key, range).length,
    holds: (scope) => holdings.get(scope) ?? 'held',
  };
}
