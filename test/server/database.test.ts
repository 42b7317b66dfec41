import { migrations } from '../../server/db/migrations/list.ts';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db } from '../../server/db/db.ts';
import { globalTables } from '../../server/db/global.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openPglite } from '../../server/db/pglite.ts';
import { openPostgres } from '../../server/db/postgres.ts';
import { inOrganization } from '../../server/db/tenant.ts';
import { createOrganization } from '../../server/organizations/create-organization.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import { execute, hasPostgres, noPostgres, startPostgres, type TestPostgres } from '../ports/postgres.ts';
import { newId, startTestServer } from './test-server.ts';
import { idOf } from './clinic-inputs.ts';

let postgres: TestPostgres | undefined;
beforeAll(async () => {
  if (hasPostgres) postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

const openOn = async (name: string): Promise<Db> => {
  if (name === 'PGlite') return openPglite(undefined, migrate);
  return openPostgres({ url: (await postgres?.createDatabase()) ?? '', onFailure: () => undefined }, migrate);
};

for (const name of ['PGlite', 'PostgreSQL']) {
  describe.skipIf(name === 'PostgreSQL' && !hasPostgres)(
    `tenancy in the database: ${name}${name === 'PGlite' ? '' : noPostgres}`,
    () => {
      let db: Db;
      const ids = [uuidV7(Date.now(), randomBytes(10)), uuidV7(Date.now(), randomBytes(10))] as const;
      beforeAll(async () => {
        db = await openOn(name);
        for (const id of ids)
          await inOrganization(db, id, (tx) =>
            createOrganization(tx, { id, name: 'x', serverStationId: newId(), nowUtc: new Date().toISOString() }),
          );
      });
      afterAll(() => db.close());

      test('every table is global by the list, or keyed by organization with forced row security', async () => {
        const tables = await db.query<{
          name: string;
          secured: boolean;
          forced: boolean;
          policies: number;
          first: string | null;
          owned: boolean;
        }>(
          `select c.relname as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced, pg_has_role('praxis_app', c.relowner, 'usage') as owned,
           (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
           (select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indrelid = c.oid and i.indisprimary) as first
         from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
        );
        const isGlobal = (table: string): boolean => globalTables.some((one) => one === table);
        expect(tables.filter((one) => isGlobal(one.name)).map((one) => one.name)).toEqual([...globalTables].toSorted());
        for (const table of tables.filter((one) => !isGlobal(one.name))) {
          expect(table).toMatchObject({
            secured: true,
            forced: true,
            policies: 1,
            first: 'organization_id',
            owned: false,
          });
        }
        expect(tables.length).toBeGreaterThan(globalTables.length + 10);
      });

      test('a transaction sees its own organization only, and none without one', async () => {
        expect(await db.query('select id from stations')).toEqual([]);
        for (const id of ids) {
          const seen = await inOrganization(db, id, (tx) =>
            tx.query<{ organization_id: string }>('select organization_id from stations'),
          );
          expect(seen).toEqual([{ organization_id: id }]);
        }
        expect(await db.query('select id from stations')).toEqual([]);
      });

      test('no row of another organization can be written or moved', async () => {
        const insert = inOrganization(db, ids[0], (tx) =>
          tx.query(`insert into objects (organization_id, sha256, bytes) values ($1, 'x', 1)`, [ids[1]]),
        );
        await expect(insert).rejects.toMatchObject({ code: '42501' });
        const move = inOrganization(db, ids[0], (tx) => tx.query('update stations set organization_id = $1', [ids[1]]));
        await expect(move).rejects.toThrow();
      });

      test('the role cannot be left, the log cannot be rewritten, the schema cannot be changed', async () => {
        for (const sql of [
          'set role postgres',
          'RESET ROLE',
          'set session authorization default',
          `select set_config('role', 'x', false)`,
        ]) {
          await expect((async () => db.query(sql))()).rejects.toThrow(/role/);
        }
        for (const sql of [
          'update change_sets set body = null',
          'delete from changes',
          'alter table stations disable row level security',
        ]) {
          await expect(inOrganization(db, ids[0], (tx) => tx.query(sql))).rejects.toMatchObject({ code: '42501' });
        }
      });
    },
  );
}

describe.skipIf(!hasPostgres)(`many at once on PostgreSQL${noPostgres}`, () => {
  test('a wait for a connection, and a connection that is gone, are outages with a code, not defects of ours', async () => {
    const db = await openOn('PostgreSQL');
    await db.close();
    await expect(db.transaction(async (tx) => tx.query('select 1'))).rejects.toMatchObject({ code: '08006' });
    await expect((async () => db.query('select 1'))()).rejects.toMatchObject({ code: '08006' });
  });

  test('servers that start together migrate once', async () => {
    const url = (await postgres?.createDatabase()) ?? '';
    const open = () => openPostgres({ url, onFailure: () => undefined }, migrate);
    const all = await Promise.all([open(), open(), open()]);
    expect((await execute(url, 'select count(*)::int as count from schema_migrations')).rows).toEqual([
      { count: migrations.length },
    ]);
    for (const one of all) await one.close();
  });

  test('a separate owner: the application login owns nothing and still works', async () => {
    const ownerUrl = (await postgres?.createDatabase()) ?? '';
    await execute(ownerUrl, 'create role clinic_login login');
    const url = ownerUrl.replace('//praxis@', '//clinic_login@');
    const db = await openPostgres({ url, ownerUrl, onFailure: () => undefined }, migrate);
    expect(await db.query('select session_user::text as login, current_user::text as role')).toEqual([
      { login: 'clinic_login', role: 'praxis_app' },
    ]);
    await db.close();
  });

  test('change numbers never skip: 16 writers, a reader that follows all the while', async () => {
    const server = await startTestServer({ databaseUrl: (await postgres?.createDatabase()) ?? '' });
    const writers = await Promise.all(Array.from({ length: 16 }, () => server.enrol()));
    const reader = await server.enrol();
    let { cursor } = await reader.load(['core']);
    const begin = cursor.number;
    const seen = new Set<string>();
    const made: string[] = [];
    let isWriting = true;
    const follow = async (): Promise<void> => {
      for (;;) {
        const last = !isWriting;
        const page = (await reader.pull([{ scopes: ['core'], cursor, after: null }], 7)).body.pages[0];
        for (const change of page?.changes ?? []) seen.add(change.id);
        cursor = page?.cursor ?? cursor;
        if (last && !page?.more) return;
      }
    };
    const write = async (writer: (typeof writers)[number]): Promise<void> => {
      for (let i = 0; i < 15; i++) {
        const set = await writer.act(server.clinic.frontId, 'people/register', server.clinic.inputs.patient());
        made.push(idOf(set, 'patient'));
        expect((await writer.push(set)).map((one) => one.result)).toEqual(['accepted']);
      }
    };
    const following = follow();
    await Promise.all(writers.map(write));
    isWriting = false;
    await following;
    expect(made.filter((id) => !seen.has(id))).toEqual([]);
    const gaps = await inOrganization(server.inside.db, server.clinic.organizationId, (tx) =>
      tx.query(
        'select count(*)::int as count, max(number) - min(number) + 1 as span from change_sets where number > $1',
        [begin],
      ),
    );
    expect(gaps).toEqual([{ count: 240, span: 240 }]);
    await server.close();
  });
});
