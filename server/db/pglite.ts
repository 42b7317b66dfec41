import { PGlite, type Transaction } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { APPLICATION_ROLE, type Db, type OwnerDb, type Queryable, refuseRoleChange, type Row } from './db.ts';

/**
 * PostgreSQL in this process, on a folder (or in memory where none is given). `migrate` runs as owner, then the one connection
 * becomes the application's role for good. PGlite has no lock of its own: the caller holds the folder's (`lock.ts`).
 */
export async function openPglite(folder: string | undefined, migrate: (owner: OwnerDb) => Promise<void>): Promise<Db> {
  const pglite = await PGlite.create({
    ...(folder === undefined ? {} : { dataDir: folder }),
    extensions: { btree_gist },
  });
  const ask = async <T extends Row>(on: PGlite | Transaction, sql: string, params: readonly unknown[]): Promise<T[]> =>
    (await on.query<T>(sql, [...params])).rows;
  await migrate({
    query: (sql, params = []) => ask(pglite, sql, params),
    exec: async (sql) => void (await pglite.exec(sql)),
  });
  await pglite.exec(`set role ${APPLICATION_ROLE}`);
  const guarded = (on: PGlite | Transaction): Queryable => ({
    query: (sql, params = []) => {
      refuseRoleChange(sql);
      return ask(on, sql, params);
    },
  });
  return {
    engine: 'pglite',
    ...guarded(pglite),
    // Transactions of the one connection run strictly one after another, so every one of them reads a snapshot.
    transaction: (work) => pglite.transaction((tx) => work(guarded(tx))),
    listen: (channel, onPayload) => pglite.listen(channel, onPayload),
    close: () => pglite.close(),
  };
}
