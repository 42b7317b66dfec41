/** A server of its own for a test: real HTTP on a free port, two clinics that must not see one another, the real law. */
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
import { enrolStation, serverAuthor } from '../../server/stations/enrol.ts';
import type { CommandCall } from '../../shared/desk/ports.ts';
import { law } from '../../shared/law.ts';
import { placeNewDatabase } from '../world/new-database.ts';
import { referenceDocuments } from '../world/reference-documents.ts';
import { type ClinicInputs, createClinicInputs } from './clinic-inputs.ts';
import { createRealStation, type RealStation } from './real-station.ts';
import { createStationWire } from './station-wire.ts';

export const newId = (): string => uuidV7(Date.now(), randomBytes(10));
export const PASSWORD = 'a long password';

export type TestOrganization = {
  organizationId: string;
  locationId: string;
  managerId: string;
  username: string;
  frontId: string;
  cashierId: string;
  doctorId: string;
  deputyId: string;
  /** People, rooms, scanners and services as they were loaded. */
  reference: ReturnType<typeof referenceDocuments>;
  inputs: ClinicInputs;
};

export type TestServer = {
  url: string;
  inside: Pick<OpenServer, 'db' | 'desk' | 'deskDeps'>;
  folder: string;
  clinic: TestOrganization;
  neighbour: TestOrganization;
  /** A new station that has pulled all that it follows; enrolled by the server itself, which over HTTP counts attempts. */
  enrol(organization?: TestOrganization): Promise<RealStation>;
  /** A command of the server's own. */
  run(name: string, input: unknown, organization?: TestOrganization): Promise<void>;
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
  const started = await startServer(config.value, options.law ?? law, async (server) => {
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
      const request = {
        code,
        stationName: 'Test',
        profile: 'all' as const,
        protocolVersion: 1,
        lawVersion: 1,
        escrow: null,
      };
      const credential = await enrolStation(within.deskDeps, request, 'no escrow');
      if (!credential) throw new Error('the code was not good');
      const station = createRealStation(createStationWire(url, credential));
      await station.sync();
      return station;
    },
    run: (name, input, organization = clinic) => runAtServer(within, organization.organizationId, name, input),
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
  const reference = referenceDocuments(ids, newId, name);
  await runAtServer(server, ids.organizationId, 'organizations/load', { documents: reference.documents });
  const { front, cashier, doctor, deputy } = reference.users;
  return {
    ...ids,
    managerId: ids.userId,
    username: input.username,
    frontId: front.id,
    cashierId: cashier.id,
    doctorId: doctor.id,
    deputyId: deputy.id,
    reference,
    inputs: createClinicInputs(ids.locationId, reference),
  };
}

async function runAtServer(
  { desk }: Pick<TestServer['inside'], 'desk'>,
  organizationId: string,
  name: string,
  input: unknown,
): Promise<void> {
  const call: CommandCall = { name, input, author: serverAuthor(newId()), seen: {}, reason: null };
  const ran = await desk.run(organizationId, call);
  if (!ran.ok) throw new Error(JSON.stringify(ran.error));
}
