import { randomBytes } from 'node:crypto';
import { afterAll, describe, test } from 'vitest';
import type { Law } from '../../shared/desk/ports.ts';
import { LAW_VERSION } from '../../shared/kernel/change-set.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import { writeSet } from '../../server/db/cabinet.ts';
import { createCabinetReader } from '../../server/db/cabinet-reader.ts';
import { type Db, onlyRow } from '../../server/db/db.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openPglite } from '../../server/db/pglite.ts';
import { openPostgres } from '../../server/db/postgres.ts';
import { rebuildLookup } from '../../server/db/rebuild-lookup.ts';
import { inOrganization } from '../../server/db/tenant.ts';
import { createOrganization } from '../../server/organizations/create-organization.ts';
import { cabinetKinds, describeCabinet, type TestCabinet } from './cabinet.ts';
import { hasPostgres, noPostgres, startPostgres } from './postgres.ts';

const law: Law = { kinds: cabinetKinds, commands: {}, undoWithinMin: async () => 60, derivations: [] };
const newId = (): string => uuidV7(Date.now(), randomBytes(10));
const toClose: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of toClose.toReversed()) await close();
});

/** The server's cabinet, with another organization beside it that holds the same ids. */
async function openCabinet(db: Db): Promise<TestCabinet> {
  toClose.push(() => db.close());
  const organizationId = newId();
  const neighbourId = newId();
  let seq = 0;
  const stations = new Map<string, string>();
  for (const id of [organizationId, neighbourId]) {
    stations.set(id, newId());
    await inOrganization(db, id, (tx) =>
      createOrganization(tx, {
        id,
        name: 'Test',
        serverStationId: stations.get(id) ?? '',
        nowUtc: new Date().toISOString(),
      }),
    );
  }
  const write = (to: string, written: Parameters<TestCabinet['write']>[0]): Promise<unknown> =>
    inOrganization(db, to, async (tx) => {
      const stationId = stations.get(to) ?? '';
      seq += 1;
      const set = {
        id: newId(),
        command: 'test',
        input: {},
        lawVersion: LAW_VERSION,
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
      };
      return writeSet(tx, law, {
        organizationId: to,
        set,
        answer: { setId: set.id, result: 'accepted', violations: [], because: null },
        written,
      });
    });
  return {
    write: async (written) => {
      await write(organizationId, written);
      const foreign = written.map((doc) => ({
        ...doc,
        after: doc.after && { ...doc.after, name: `foreign ${String(doc.after['name'])}` },
      }));
      await write(neighbourId, foreign);
    },
    read: (work) => inOrganization(db, organizationId, (tx) => work(createCabinetReader(tx))),
    reopen: async (kinds) => {
      await rebuildLookup(db, { ...law, kinds });
    },
  };
}

describeCabinet('PGlite', async () => openCabinet(await openPglite(undefined, migrate)));

describe.skipIf(!hasPostgres)(`PostgreSQL${noPostgres}`, () => {
  describeCabinet('PostgreSQL', async () => {
    const postgres = await startPostgres();
    toClose.push(() => postgres.stop());
    return openCabinet(
      await openPostgres({ url: await postgres.createDatabase(), onFailure: () => undefined }, migrate),
    );
  });
});

if (!hasPostgres) test.skip(`the cabinet on PostgreSQL${noPostgres}`, () => onlyRow([]));
