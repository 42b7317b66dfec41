/** Documents of an earlier program in a server's database, brought up when the server opens it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Law } from '../../shared/desk/ports.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { law } from '../../shared/law.ts';
import { writeSet } from '../../server/db/cabinet.ts';
import { createCabinetReader } from '../../server/db/cabinet-reader.ts';
import type { Db, Queryable } from '../../server/db/db.ts';
import { formsAt, formsOf } from '../../server/db/document-forms.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openPglite } from '../../server/db/pglite.ts';
import { openPostgres } from '../../server/db/postgres.ts';
import { inOrganization } from '../../server/db/tenant.ts';
import { rebuildLookup } from '../../server/db/rebuild-lookup.ts';
import { upgradeDocuments } from '../../server/db/upgrade-documents.ts';
import { createOrganization } from '../../server/organizations/create-organization.ts';
import { hasPostgres, noPostgres, startPostgres, type TestPostgres } from '../ports/postgres.ts';
import { newId } from './test-server.ts';

const night = [{ weekday: 1, from: '22:00', to: '06:00' }];
const parted = [
  { weekday: 1, from: '22:00', to: '24:00' },
  { weekday: 2, from: '00:00', to: '06:00' },
];
const day = [{ weekday: 1, from: '08:00', to: '16:00' }];
const locationId = newId();
const device = (id: string, hours: unknown): Doc => ({
  id,
  locationId,
  name: 'CT',
  aeTitle: `CT-${id.slice(-8)}`,
  modality: 'CT',
  host: '127.0.0.1',
  port: 104,
  specificCharacterSet: 'ISO_IR 192',
  hours,
  active: true,
});

let postgres: TestPostgres | undefined;
beforeAll(async () => {
  if (hasPostgres) postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

const openOn = async (name: string): Promise<Db> => {
  if (name === 'PGlite') return openPglite(undefined, migrate);
  return openPostgres({ url: (await postgres?.createDatabase()) ?? '', onFailure: () => undefined }, migrate);
};

describe.each(['PGlite', ...(hasPostgres ? ['PostgreSQL'] : [])])(`on %s${noPostgres}`, (name) => {
  const organizationId = newId();
  const stationId = newId();
  const ids = Array.from({ length: 700 }, newId);
  const [first = '', second = ''] = ids;
  let db: Db;
  let seq = 0;
  const inside = <T>(work: (tx: Queryable) => Promise<T>): Promise<T> => inOrganization(db, organizationId, work);
  const write = (by: Law, docs: ReadonlyArray<{ before: Doc | null; after: Doc | null; id: string }>) =>
    inside((tx) => {
      seq += 1;
      const id = newId();
      return writeSet(tx, by, {
        organizationId,
        set: {
          id,
          command: 'devices/save',
          input: {},
          lawVersion: 1,
          authorId: stationId,
          stationId,
          stationSeq: seq,
          atUtc: new Date().toISOString(),
          clockOffsetMs: 0,
          seenThrough: 0,
          reason: null,
          undoes: null,
          buildsOn: [],
          patches: [],
        },
        answer: { setId: id, result: 'accepted', violations: [], because: null },
        written: docs.map((doc) => ({ kind: 'device', ...doc })),
      });
    });

  beforeAll(async () => {
    db = await openOn(name);
    await inside((tx) =>
      createOrganization(tx, {
        id: organizationId,
        name: 'X',
        serverStationId: stationId,
        nowUtc: new Date().toISOString(),
      }),
    );
    // As an earlier program wrote it: another shape, and a look-up key less.
    const spec = law.kinds['device'];
    if (!spec) throw new Error('device');
    const { byAeTitle: _, ...keys } = spec.keys;
    const earlier: Law = { ...law, kinds: { ...law.kinds, device: { ...spec, keys } } };
    await write(
      earlier,
      ids.map((id) => ({ id, before: null, after: device(id, night) })),
    );
    await write(earlier, [{ id: first, before: device(first, night), after: device(first, day) }]);
    await write(earlier, [{ id: second, before: device(second, night), after: null }]);
    await inside((tx) => tx.query(`update counters set document_upgrades = 0, lookup_keys = ''`));
    await upgradeDocuments(db, law);
    await rebuildLookup(db, law);
  });
  afterAll(() => db.close());

  it('documents, the forms that they had, and the last form of one that was removed', async () => {
    await inside(async (tx) => {
      const reader = createCabinetReader(tx);
      const found = await Promise.all(ids.map(async (id) => reader.get('device', id)));
      expect(found).toEqual(ids.map((id) => (id === second ? undefined : device(id, id === first ? day : parted))));
      const then = await formsAt(tx, 'device', { at: 1, after: 1 });
      expect(then.find((one) => one.id === first)?.body).toEqual(device(first, parted));
      expect(await formsOf(tx, 'device', second)).toEqual([device(second, parted)]);
    });
  });

  it('look-up keys that the earlier program did not have; change numbers and scopes as they were', async () => {
    await inside(async (tx) => {
      const { aeTitle } = device(first, day);
      const reader = createCabinetReader(tx);
      expect(await reader.find('device', 'byAeTitle', { prefix: String(aeTitle) })).toHaveLength(1);
      expect(await reader.count('device', 'byLocation', { prefix: locationId })).toBe(ids.length - 1);
      const rows = await tx.query(
        'select change_number as number, count(*)::int as count, min(scopes::text) as scopes from documents group by 1 order by 1',
      );
      expect(rows).toEqual([
        { number: 1, count: ids.length - 2, scopes: '{core}' },
        { number: 2, count: 1, scopes: '{core}' },
        { number: 3, count: 1, scopes: '{}' },
      ]);
      const members = await tx.query(`select count(*)::int as count from scope_members where scope = 'core'`);
      expect(members).toEqual([{ count: ids.length - 1 }]);
    });
  });

  it('once: the next start finds nothing to do', async () => {
    await inside((tx) =>
      tx.query(`update documents set body = $1 where id = $2`, [JSON.stringify(device(first, night)), first]),
    );
    await upgradeDocuments(db, law);
    const stored = await inside((tx) => createCabinetReader(tx).get('device', first) as Promise<Doc>);
    expect(stored['hours']).toEqual(night);
  });
});
