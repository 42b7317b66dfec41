import type { OwnerDb } from './db.ts';
import { migrations } from './migrations/list.ts';

/** Any number that no other program takes on this database. */
const MIGRATION_LOCK = 7_204_511;

/**
 * Brings the schema up to this program's: each missing migration in a transaction of its own, under a lock, so that servers that
 * start together apply each once. Refuses a database that a newer program migrated.
 *
 * @throws with one clear line when the database is newer than this program
 */
export async function migrate(db: OwnerDb): Promise<void> {
  await db.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await db.exec(
      'create table if not exists schema_migrations (number int primary key, name text not null, applied_at timestamptz not null default now())',
    );
    const applied = new Set(
      (await db.query<{ number: number }>('select number from schema_migrations')).map((row) => row.number),
    );
    const newest = migrations.at(-1)?.number ?? 0;
    if ([...applied].some((number) => number > newest)) {
      throw new Error('the database was made by a newer Praxis; update this server');
    }
    for (const migration of migrations.filter((one) => !applied.has(one.number))) {
      await db.exec(
        `begin; ${migration.sql}; insert into schema_migrations (number, name) values (${migration.number}, '${migration.name}'); commit`,
      );
    }
  } finally {
    // A failed script leaves its transaction open, and the connection would refuse every further word.
    await db.exec('rollback').catch(() => undefined);
    await db.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  }
}
