import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { law } from '../../shared/law.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import { findAccount, membershipsOf } from '../../server/access/accounts.ts';
import { migrate } from '../../server/db/migrate.ts';
import { openPglite } from '../../server/db/pglite.ts';
import { inOrganization } from '../../server/db/tenant.ts';
import { createServerDesk, type ServerDesk } from '../../server/desk/server-desk.ts';
import { createOrganization } from '../../server/organizations/create-organization.ts';
import { useEnrolCode } from '../../server/stations/enrol-codes.ts';
import { serverAuthor } from '../../server/stations/enrol.ts';
import { DEMO_ORGANIZATION_ID, EMPTY_ORGANIZATION_ID } from '../../server/demo/clinic-places.ts';
import { type DemoServer, type DemoStart, seedDemo } from '../../server/demo/seed-demo.ts';

/** Some seconds on a quiet machine; test machines are not. */
const SEED_TIMEOUT_MS = 180_000;
const newId = (): string => uuidV7(Date.now(), randomBytes(10));

type TestServer = DemoServer & { desk: ServerDesk };

async function openServer(): Promise<TestServer> {
  const db = await openPglite(undefined, migrate);
  const nowUtc = (): string => new Date().toISOString();
  const deskDeps = { db, law, nowUtc, newId, alarm: () => undefined };
  return { db, deskDeps, desk: createServerDesk(deskDeps) };
}

let server: TestServer;
let first: DemoStart;

beforeAll(async () => {
  server = await openServer();
  first = await seedDemo(server, undefined);
}, SEED_TIMEOUT_MS);
afterAll(() => server.db.close());

const countOf = async (organizationId: string): Promise<Record<string, number>> => {
  const rows = await inOrganization(server.db, organizationId, (tx) =>
    tx.query<{ kind: string; count: number }>('select kind, count(*)::int as count from documents group by kind'),
  );
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
};
const setsOf = async (organizationId: string): Promise<Array<{ bytes: number }>> =>
  inOrganization(server.db, organizationId, (tx) =>
    tx.query<{ bytes: number }>('select octet_length(body) as bytes from change_sets'),
  );
const codeOf = (start: DemoStart, name: string): string =>
  start.lines.find((line) => line.startsWith(`enrol code ${name}: `))?.split(': ')[1] ?? '';

it('writes both clinics in sets of at most 1 MB', async () => {
  expect(await countOf(DEMO_ORGANIZATION_ID)).toMatchObject({
    organization: 1,
    location: 2,
    user: 6,
    device: 3,
    patient: 2000,
  });
  expect(await countOf(EMPTY_ORGANIZATION_ID)).toEqual({ organization: 1, location: 1, user: 1 });
  const sizes = (await setsOf(DEMO_ORGANIZATION_ID)).map((set) => set.bytes);
  expect(sizes.length).toBeGreaterThan(10);
  expect(Math.max(...sizes)).toBeLessThan(1_000_000);
});

it('gives six sign-ins that are marked as demo, and a code for each location', async () => {
  const users = first.lines.filter((line) => line.startsWith('user '));
  expect(users.map((line) => line.split(' ')[1])).toEqual([
    'receptionist',
    'technician',
    'doctor',
    'doctor2',
    'cashier',
    'manager',
  ]);
  for (const line of users) {
    const [, username = '', , password = ''] = line.split(' ');
    expect(password).toBe(`praxis-${username}`);
    const account = await findAccount(server.db, username, password);
    expect(account?.demo).toBe(true);
    const memberships = await membershipsOf(server.db, account?.userId ?? '');
    expect(memberships.map((one) => one.organizationId)).toEqual([DEMO_ORGANIZATION_ID]);
  }
  const stranger = await findAccount(server.db, 'kosong-manager', 'praxis-kosong-manager');
  expect((await membershipsOf(server.db, stranger?.userId ?? '')).map((one) => one.organizationId)).toEqual([
    EMPTY_ORGANIZATION_ID,
  ]);
  expect(first.enrolCode).toBe(codeOf(first, 'kemang'));
  expect(codeOf(first, 'amsterdam')).toMatch(/^\w{4}-\w{4}-\w{4}$/);
});

it('a second start writes nothing, and gives sign-ins and codes that can be used', async () => {
  const before = (await setsOf(DEMO_ORGANIZATION_ID)).length;
  const second = await seedDemo(server, undefined);
  expect((await setsOf(DEMO_ORGANIZATION_ID)).length).toBe(before);
  expect(second.lines.slice(0, 6)).toEqual(first.lines.slice(0, 6));
  expect(await useEnrolCode(server.db, codeOf(first, 'kemang'), newId())).toBeUndefined();
  expect(await useEnrolCode(server.db, codeOf(second, 'kemang'), newId())).toMatchObject({
    organizationId: DEMO_ORGANIZATION_ID,
  });
  expect(codeOf(await seedDemo(server, undefined), 'kemang')).not.toBe('');
});

it('the server numbers its next patient after the last of the demo', async () => {
  const details = await inOrganization(server.db, DEMO_ORGANIZATION_ID, (tx) =>
    tx.query<{ body: Record<string, unknown> }>(`select body from documents where kind = 'patient' limit 1`),
  );
  const { id: _id, recordNumber: _number, mergedInto: _merged, active: _active, ...rest } = details[0]?.body ?? {};
  const author = { ...serverAuthor(newId()), permissions: new Set(['patients.register'] as const) };
  const call = { name: 'people/register', input: { details: rest }, author, seen: {}, reason: null };
  const ran = await server.desk.run(DEMO_ORGANIZATION_ID, call);
  if (!ran.ok) throw new Error(JSON.stringify(ran.error));
  expect(JSON.stringify(ran.value.set.patches)).toContain('S1-002001');
});

it('one password for all, or none, replaces the demo passwords', async () => {
  const one = await seedDemo(server, 'another word');
  expect(one.lines).toContain('user cashier password another word');
  expect(await findAccount(server.db, 'cashier', 'praxis-cashier')).toBeUndefined();
  expect(await findAccount(server.db, 'cashier', 'another word')).toMatchObject({ demo: true });
  const off = await seedDemo(server, 'off');
  expect(off.lines.filter((line) => line.startsWith('user '))).toEqual([]);
  expect(await findAccount(server.db, 'cashier', 'another word')).toBeUndefined();
});

it('leaves nothing of a seeding that is cut off', async () => {
  const cut = await openServer();
  let ids = 0;
  const deskDeps = {
    ...cut.deskDeps,
    newId: () => {
      if (ids++ === 5) throw new Error('cut off');
      return newId();
    },
  };
  await expect(seedDemo({ ...cut, deskDeps }, undefined)).rejects.toThrow('cut off');
  expect(await cut.db.query('select 1 from organizations')).toEqual([]);
  await cut.db.close();
});

it('leaves a server with a real clinic alone', async () => {
  const real = await openServer();
  const nowUtc = new Date().toISOString();
  const id = newId();
  await inOrganization(real.db, id, (tx) =>
    createOrganization(tx, { id, name: 'Real', serverStationId: newId(), nowUtc }),
  );
  expect(await seedDemo(real, undefined)).toEqual({ lines: [], enrolCode: undefined });
  expect(await real.db.query('select 1 from organizations')).toHaveLength(1);
  await real.db.close();
});
