import type { Doc } from '../../shared/kernel/kind.ts';
import type { FindOptions, KeyRange, Reader } from '../../shared/kernel/reader.ts';
import type { Queryable } from './db.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NUL = '\u0000';
/** The highest code point: every key that starts with a prefix sorts below prefix + this (but that very character). */
const LAST = '\u{10FFFF}';

/**
 * The Reader over PostgreSQL, inside a transaction that has chosen its organization. Keys sort by code point (`collate "C"`), as
 * in SQLite. Each document is found once, at its first key in the range (its last when reversed); equal keys by id.
 */
export function createCabinetReader(tx: Queryable): Reader {
  const getSoon = createGatheredGet(tx);
  return {
    get: async <T extends Doc>(kind: string, id: string) =>
      uuid.test(id) ? ((await getSoon(kind, id)) as T | undefined) : undefined,
    find: async <T extends Doc>(kind: string, key: string, range: KeyRange, options: FindOptions = {}) => {
      const bounds = boundsOf(range);
      const [pick, order] = options.reverse ? ['max', 'desc'] : ['min', 'asc'];
      const rows = await tx.query<{ body: T }>(
        `with found as (
           select id, ${pick}(key) as key from lookup where kind = $1 and name = $2 and ${bounds.sql}
           group by id order by 2 ${order}, 1 ${order} limit $5)
         select d.body from found join documents d on d.kind = $1 and d.id = found.id order by found.key ${order}, found.id ${order}`,
        [kind, key, bounds.from, bounds.to, options.limit ?? null],
      );
      return rows.map((row) => row.body);
    },
    count: async (kind, key, range) => {
      const bounds = boundsOf(range);
      const rows = await tx.query<{ count: number }>(
        `select count(distinct id) as count from lookup where kind = $1 and name = $2 and ${bounds.sql}`,
        [kind, key, bounds.from, bounds.to],
      );
      return rows[0]?.count ?? 0;
    },
    holds: () => 'held',
  };
}

type Wanted = { kind: string; id: string; resolve: (doc: Doc | undefined) => void; reject: (error: unknown) => void };

/** Documents that are asked for in one turn of the event loop come by one statement: a set of 200 is not 200 journeys. */
function createGatheredGet(tx: Queryable) {
  let waiting: Wanted[] = [];
  const ask = async (): Promise<void> => {
    const wanted = waiting;
    waiting = [];
    try {
      const rows = await tx.query<{ kind: string; id: string; body: Doc }>(
        `select d.kind, d.id, d.body from documents d
         join unnest($1::text[], $2::uuid[]) as w(kind, id) on d.kind = w.kind and d.id = w.id where not d.deleted`,
        [wanted.map((one) => one.kind), wanted.map((one) => one.id)],
      );
      const found = new Map(rows.map((row) => [`${row.kind}/${row.id}`, row.body]));
      for (const one of wanted) one.resolve(found.get(`${one.kind}/${one.id}`));
    } catch (error) {
      for (const one of wanted) one.reject(error);
    }
  };
  return (kind: string, id: string): Promise<Doc | undefined> =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) queueMicrotask(() => void ask());
      waiting.push({ kind, id, resolve, reject });
    });
}

/** PostgreSQL's text holds no NUL: "below key + NUL" is "at most key". */
function boundsOf(range: KeyRange): { sql: string; from: string; to: string } {
  if ('prefix' in range) return { sql: 'key >= $3 and key < $4', from: range.prefix, to: range.prefix + LAST };
  const { from, to } = range;
  if (to.endsWith(NUL)) return { sql: 'key >= $3 and key <= $4', from, to: to.slice(0, -1) };
  return { sql: 'key >= $3 and key < $4', from, to };
}
