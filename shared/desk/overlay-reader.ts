/** A reader that answers as if some documents stood otherwise: as a station saw them, or as a set would leave them. */
import type { Doc } from '../kernel/kind.ts';
import type { FindOptions, KeyRange, Reader } from '../kernel/reader.ts';
import type { Law } from './ports.ts';

/** Documents of one kind that stand otherwise, by id; null: not there. */
export type Others = ReadonlyMap<string, Doc | null>;

const isWithin = (key: string, range: KeyRange): boolean =>
  'prefix' in range ? key.startsWith(range.prefix) : key >= range.from && key < range.to;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type KeysOf = (doc: Doc) => readonly string[];
/** Keys of documents that stand otherwise, by the key's own function: thousands of them are looked through again and again. */
const remembered = new WeakMap<KeysOf, WeakMap<Doc, readonly string[]>>();

function rememberedKeys(keysOf: KeysOf): KeysOf {
  const known = remembered.get(keysOf) ?? new WeakMap<Doc, readonly string[]>();
  remembered.set(keysOf, known);
  return (doc) => {
    const keys = known.get(doc) ?? keysOf(doc);
    known.set(doc, keys);
    return keys;
  };
}

/** `othersOf` gives the documents of a kind that replace what `reader` has of them. Order and limits are the reader's own. */
export function createOverlayReader(
  law: Pick<Law, 'kinds'>,
  reader: Reader,
  othersOf: (kind: string) => Promise<Others>,
): Reader {
  const find = async (kind: string, key: string, range: KeyRange, options: FindOptions = {}): Promise<Doc[]> => {
    const others = await othersOf(kind);
    const keysOf = law.kinds[kind]?.keys[key];
    if (!keysOf || others.size === 0) return reader.find(kind, key, range, options);
    const limit = options.limit === undefined ? {} : { limit: options.limit + others.size };
    const stored = await reader.find(kind, key, range, { ...options, ...limit });
    const keysOfDoc = rememberedKeys(keysOf);
    const all = stored.filter((doc) => !others.has(doc.id));
    for (const doc of others.values()) if (doc && keysOfDoc(doc).some((one) => isWithin(one, range))) all.push(doc);
    const turn = options.reverse ? -1 : 1;
    // Each document stands at its first key in the range, its last when the order is turned.
    return all
      .flatMap((doc) => {
        const keys = keysOfDoc(doc).filter((one) => isWithin(one, range));
        const [first] = keys.toSorted((a, b) => turn * compare(a, b));
        return first === undefined ? [] : [{ doc, key: first }];
      })
      .toSorted((a, b) => turn * (compare(a.key, b.key) || compare(a.doc.id, b.doc.id)))
      .slice(0, options.limit)
      .map(({ doc }) => doc);
  };
  return {
    get: async <T extends Doc>(kind: string, id: string) => {
      const other = (await othersOf(kind)).get(id);
      return (other === undefined ? reader.get<T>(kind, id) : (other ?? undefined)) as T | undefined;
    },
    find: async <T extends Doc>(kind: string, key: string, range: KeyRange, options?: FindOptions) =>
      (await find(kind, key, range, options)) as T[],
    count: async (kind, key, range) => (await find(kind, key, range)).length,
    holds: (scope) => reader.holds(scope),
  };
}
