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
  return {
    get: async <T extends Doc>(kind: string, id: string) => {
      if (!uuid.test(id)) return undefined;
      const rows = await tx.query<{ body: T }>(
        'select body from documents where kind = $1 and id = $2 and not deleted',
        [kind, id],
      );
      return rows[0]?.body;
    },
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

/** PostgreSQL's text holds no NUL: "below key + NUL" is "at most key". */
function boundsOf(range: KeyRange): { sql: string; from: string; to: string } {
  if ('prefix' in range) return { sql: 'key >= $3 and key < $4', from: range.prefix, to: range.prefix + LAST };
  const { from, to } = range;
  if (to.endsWith(NUL)) return { sql: 'key >= $3 and key <= $4', from, to: to.slice(0, -1) };
  return { sql: 'key >= $3 and key < $4', from, to };
}
