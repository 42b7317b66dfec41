/** A server of its own for a test: real HTTP on a free port, two organizations that must not see one another. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Law } from '../../shared/desk/ports.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import { setFirstPassword } from '../../server/access/accounts.ts';
import { readConfig } from '../../server/config.ts';
import { addOrganization } from '../../server/first-run.ts';
import type { OpenServer } from '../../server/open-server.ts';
import { startServer } from '../../server/start-server.ts';
import { issueEnrolCode } from '../../server/stations/enrol-codes.ts';
import { serverAuthor } from '../../server/stations/enrol.ts';
import { placeNewDatabase } from '../world/new-database.ts';
import { testLaw } from './test-law.ts';
import { createTestStation, type TestStation } from './test-station.ts';

export const newId = (): string => uuidV7(Date.now(), randomBytes(10));
export const PASSWORD = 'a long password';

export type TestOrganization = {
  organizationId: string;
  locationId: string;
  managerId: string;
  username: string;
  doctorId: string;
  roomId: string;
};

export type TestServer = {
  url: string;
  inside: Pick<OpenServer, 'db' | 'desk' | 'deskDeps'>;
  folder: string;
  clinic: TestOrganization;
  neighbour: TestOrganization;
  enrol(organization?: TestOrganization): Promise<TestStation>;
  close(): Promise<void>;
};

export type TestServerOptions = { databaseUrl?: string; folder?: string; law?: Law };

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'praxis-server-'));
  const env = {
    PRAXIS_DATA: folder,
    PRAXIS_SERVER_PORT: '0',
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
  };
  const config = readConfig(env);
  if (!config.ok) throw new Error(config.error);
  if (!options.databaseUrl) await placeNewDatabase(config.value.dataDir);
  let inside: TestServer['inside'] | undefined;
  const made: TestOrganization[] = [];
  const started = await startServer(config.value, options.law ?? testLaw, async (server) => {
    inside = server;
    for (const name of ['clinic', 'neighbour']) made.push(await addTestOrganization(server, name));
    return { lines: [], enrolCode: undefined };
  });
  if (!started.ok) throw new Error(started.error);
  const [clinic, neighbour] = made;
  if (!inside || !clinic || !neighbour) throw new Error('the folder was not new');
  const url = started.value.address;
  const within = inside;
  return {
    url,
    inside: within,
    folder,
    clinic,
    neighbour,
    enrol: async (organization = clinic) => {
      const code = await issueEnrolCode(within.db, { ...organization, purpose: newId(), validMinutes: 5 });
      return createTestStation(url, code, organization);
    },
    close: async () => {
      await started.value.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function addTestOrganization(server: TestServer['inside'], name: string): Promise<TestOrganization> {
  const ids = { organizationId: newId(), locationId: newId(), userId: newId() };
  const input = {
    organizationName: name,
    locationName: `Kemang ${name}`,
    zone: 'Asia/Jakarta',
    currency: 'IDR',
    managerName: 'Manager',
    username: `${name}-manager`,
  };
  await addOrganization(server.deskDeps, { ...input, ...ids });
  await setFirstPassword(server.db, ids.userId, PASSWORD, false);
  const doctor = { ...userDocument(`${name}-doctor`, ['doctor']) };
  const room = { id: newId(), locationId: ids.locationId, name: `room of ${name}`, active: true };
  const documents = [
    { kind: 'user', doc: doctor },
    { kind: 'room', doc: room },
  ];
  const ran = await server.desk.run(ids.organizationId, {
    name: 'organizations/load',
    input: { documents },
    author: serverAuthor(newId()),
    seen: {},
    reason: null,
  });
  if (!ran.ok) throw new Error(JSON.stringify(ran.error));
  return { ...ids, managerId: ids.userId, username: input.username, doctorId: doctor.id, roomId: room.id };
}

export const userDocument = (username: string, roles: string[]) => ({
  id: newId(),
  username,
  name: username,
  credentials: '',
  roles,
  active: true,
  locationIds: [],
  locale: 'en',
  specialty: '',
  practices: [],
  absences: [],
});
