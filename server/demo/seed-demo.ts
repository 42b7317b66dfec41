import { createCabinetReader } from '../db/cabinet-reader.ts';
import type { Db, Queryable } from '../db/db.ts';
import { inOrganization } from '../db/tenant.ts';
import type { DeskDeps } from '../desk/desk-deps.ts';
import { SERVER_STATION_CODE } from '../desk/run.ts';
import { createOrganization, hasOrganization } from '../organizations/create-organization.ts';
import { serverAuthor } from '../stations/enrol.ts';
import { issueEnrolCode } from '../stations/enrol-codes.ts';
import { DEMO_ORGANIZATION_ID, EMPTY_ORGANIZATION_ID } from './clinic-places.ts';
import { type Counters, createCounters } from './counters.ts';
import { documentsOf, generateDemoClinic } from './demo-clinic.ts';
import { seededRandom } from './dice.ts';
import { EMPTY_CLINIC_NAME, EMPTY_MANAGER_USERNAME, emptyClinicDocuments } from './empty-clinic.ts';
import { loadDocuments } from './load-documents.ts';
import { type DemoUser, keepDemoSignIns } from './sign-ins.ts';
import { demoUsernames } from './staff.ts';
import { readDemoTables } from './tables.ts';

const SEED = 20_261_121;
const CODE_VALID_MINUTES = 24 * 60;
/** Of several servers that start on one PostgreSQL one seeds and the others wait. Any number that no other program takes. */
const SEED_LOCK = 7_204_512;

export type DemoServer = { db: Db; deskDeps: DeskDeps };

export type DemoStart = {
  /** `user receptionist password …` for each of the six, then `enrol code kemang: …` for each location. */
  lines: string[];
  /** The first location's code, for the workstation that is started along. */
  enrolCode: string | undefined;
};

/**
 * The demo clinic and the empty one beside it. Writes them, all or nothing, on a server that has no organization, and nothing on a
 * later start; gives the sign-ins and one unused enrolment code per location every time. On a server with a real clinic it does
 * nothing. `setting` is PRAXIS_DEMO_PASSWORD as it stands, undefined where it is not set. The caller asks only when loopback alone
 * can reach the server. Throws when the database does, or when the law refuses the demo.
 */
export async function seedDemo(server: DemoServer, setting: string | undefined): Promise<DemoStart> {
  const isHere = await server.db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [SEED_LOCK]);
    if (await hasDemo(tx)) return true;
    if (await hasOrganization(tx)) return false;
    await writeClinic(tx, server.deskDeps);
    await writeEmptyClinic(tx, server.deskDeps);
    return true;
  });
  return isHere ? startLines(server.db, setting) : { lines: [], enrolCode: undefined };
}

const hasDemo = async (tx: Queryable): Promise<boolean> =>
  (await tx.query('select 1 from organizations where id = $1', [DEMO_ORGANIZATION_ID])).length > 0;

type NewOrganization = { id: string; name: string; serverStationId: string };

/** From here on the transaction sees and writes this organization, which it makes. */
async function openOrganization(
  tx: Queryable,
  deskDeps: DeskDeps,
  { id, name, serverStationId }: NewOrganization,
): Promise<void> {
  await tx.query(`select set_config('praxis.organization', $1, true)`, [id]);
  await createOrganization(tx, { id, name, serverStationId, nowUtc: deskDeps.nowUtc() });
}

async function writeClinic(tx: Queryable, deskDeps: DeskDeps): Promise<void> {
  const counters = createCounters(SERVER_STATION_CODE);
  const serverStationId = deskDeps.newId();
  const clinic = generateDemoClinic({
    nowUtc: deskDeps.nowUtc(),
    random: seededRandom(SEED),
    nextNumber: (series) => counters.next(series),
    serverStationId,
    tables: readDemoTables(),
  });
  const { name } = clinic.places.organization;
  await openOrganization(tx, deskDeps, { id: DEMO_ORGANIZATION_ID, name, serverStationId });
  await saveSeries(tx, serverStationId, counters);
  await loadDocuments(tx, deskDeps, DEMO_ORGANIZATION_ID, serverAuthor(serverStationId), documentsOf(clinic));
}

/** The server's own series go on after the numbers that the demo has used up. */
async function saveSeries(tx: Queryable, serverId: string, counters: Counters): Promise<void> {
  for (const [series, last] of counters.used()) {
    await tx.query('insert into series (organization_id, station_id, name, last_number) values ($1, $2, $3, $4)', [
      DEMO_ORGANIZATION_ID,
      serverId,
      series,
      last,
    ]);
  }
}

async function writeEmptyClinic(tx: Queryable, deskDeps: DeskDeps): Promise<void> {
  const serverStationId = deskDeps.newId();
  await openOrganization(tx, deskDeps, { id: EMPTY_ORGANIZATION_ID, name: EMPTY_CLINIC_NAME, serverStationId });
  const documents = emptyClinicDocuments(deskDeps.newId);
  await loadDocuments(tx, deskDeps, EMPTY_ORGANIZATION_ID, serverAuthor(serverStationId), documents);
}

async function startLines(db: Db, setting: string | undefined): Promise<DemoStart> {
  const signIns = await keepDemoSignIns(db, await usersOf(db, DEMO_ORGANIZATION_ID, demoUsernames), setting);
  await keepDemoSignIns(db, await usersOf(db, EMPTY_ORGANIZATION_ID, [EMPTY_MANAGER_USERNAME]), setting);
  const locations = await inOrganization(db, DEMO_ORGANIZATION_ID, async (tx) =>
    createCabinetReader(tx).find('location', 'all', { prefix: '' }),
  );
  // Ids are in the order of making: Kemang, the main clinic, comes first.
  const codes: Array<{ name: string; code: string }> = [];
  for (const { id, name } of locations.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const place = { organizationId: DEMO_ORGANIZATION_ID, locationId: id };
    const code = await issueEnrolCode(db, { ...place, purpose: 'start', validMinutes: CODE_VALID_MINUTES });
    codes.push({ name: String(name).toLowerCase(), code });
  }
  return {
    lines: [
      ...signIns.map(({ username, password }) => `user ${username} password ${password}`),
      ...codes.map(({ name, code }) => `enrol code ${name}: ${code}`),
    ],
    enrolCode: codes[0]?.code,
  };
}

/** The members of these names, in this order; who was renamed or made inactive since is no demo user any more. */
async function usersOf(db: Db, organizationId: string, usernames: readonly string[]): Promise<DemoUser[]> {
  const rows = await db.query<{ user_id: string; username: string }>(
    'select user_id, username from memberships where organization_id = $1 and active',
    [organizationId],
  );
  return usernames.flatMap((username) => {
    const found = rows.find((row) => row.username === username);
    return found ? [{ userId: found.user_id, username }] : [];
  });
}
