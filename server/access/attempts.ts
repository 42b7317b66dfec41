import type { Db } from '../db/db.ts';

export type Allowance = { allowed: true } | { allowed: false; retryAfterSeconds: number };

/**
 * Counts an attempt against a limit per window, in the database, so that several server processes count as one. Keys are made of
 * hashes by the caller: no user name or address stands in the table.
 */
export async function countAttempt(db: Db, key: string, limit: number, windowSeconds: number): Promise<Allowance> {
  const rows = await db.query<{ count: number; left: number }>(
    `insert into attempts (key, window_start, count) values ($1, date_bin(make_interval(secs => $2), now(), 'epoch'), 1)
     on conflict (key, window_start) do update set count = attempts.count + 1
     returning count, ceil(extract(epoch from window_start + make_interval(secs => $2) - now()))::int as left`,
    [key, windowSeconds],
  );
  const row = rows[0];
  if (row && row.count === 1) await db.query(`delete from attempts where window_start < now() - interval '1 day'`);
  return row && row.count > limit ? { allowed: false, retryAfterSeconds: Math.max(1, row.left) } : { allowed: true };
}
