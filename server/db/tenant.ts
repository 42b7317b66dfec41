import type { Db, Queryable } from './db.ts';

/** A transaction that sees and writes one organization's rows only (row-level security, design §5). */
export function inOrganization<T>(
  db: Db,
  organizationId: string,
  work: (tx: Queryable) => T | Promise<T>,
  options?: { snapshot?: boolean },
): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.query(`select set_config('praxis.organization', $1, true)`, [organizationId]);
    return work(tx);
  }, options);
}
