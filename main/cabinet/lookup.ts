import type Database from 'better-sqlite3-multiple-ciphers';
import type { Doc, KindSpec } from '../../shared/kernel/kind.ts';
import type { FindOptions, KeyRange } from '../../shared/kernel/reader.ts';

/** Scopes of a document are kept as keys of this name, so that what a scope holds is one index range. */
const SCOPE_KEY = 'scope';

/** Smallest text after every text that begins with `prefix`. */
const endOf = (range: KeyRange): { from: string; to: string } =>
  'prefix' in range ? { from: range.prefix, to: `${range.prefix}\u{10ffff}` } : range;

/** Look-up keys of all kinds in one table: what the law declares, found by range in code point order. */
export function createLookup(db: Database.Database) {
  const wipe = db.prepare('delete from lookup where kind = ? and id = ?');
  const add = db.prepare('insert or ignore into lookup(kind, name, key, id) values(?, ?, ?, ?)');
  const up = db
    .prepare('select id from lookup where kind = ? and name = ? and key >= ? and key < ? order by key, id')
    .pluck();
  const down = db
    .prepare('select id from lookup where kind = ? and name = ? and key >= ? and key < ? order by key desc, id desc')
    .pluck();
  const counted = db
    .prepare('select count(distinct id) from lookup where kind = ? and name = ? and key >= ? and key < ?')
    .pluck();
  const inScope = db.prepare(`select kind, id from lookup where name = '${SCOPE_KEY}' and key = ?`);
  const ofKind = db
    .prepare(`select distinct id from lookup where kind = ? and name = '${SCOPE_KEY}' order by id`)
    .pluck();
  db.exec(`create index if not exists lookup_by_scope on lookup(key) where name = '${SCOPE_KEY}'`);

  return {
    put: (kind: KindSpec, id: string, doc: Doc | null): void => {
      wipe.run(kind.kind, id);
      if (!doc) return;
      for (const [name, keysOf] of Object.entries(kind.keys))
        for (const key of keysOf(doc)) add.run(kind.kind, name, key, id);
      for (const scope of kind.scopes(doc)) add.run(kind.kind, SCOPE_KEY, scope, id);
    },
    find: (kind: string, name: string, range: KeyRange, options: FindOptions = {}): string[] => {
      const { from, to } = endOf(range);
      const limit = options.limit ?? Number.POSITIVE_INFINITY;
      const ids = new Set<string>();
      // A document may stand in the range under several keys; it counts once.
      for (const id of (options.reverse ? down : up).iterate(kind, name, from, to) as Iterable<string>) {
        if (ids.size >= limit) break;
        ids.add(id);
      }
      return [...ids];
    },
    count: (kind: string, name: string, range: KeyRange): number => {
      const { from, to } = endOf(range);
      return counted.get(kind, name, from, to) as number;
    },
    idsInScope: (scope: string) => inScope.all(scope) as Array<{ kind: string; id: string }>,
    allIds: (kind: string) => ofKind.all(kind) as string[],
  };
}
export type Lookup = ReturnType<typeof createLookup>;
