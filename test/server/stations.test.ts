/** What a manager does about stations, over HTTP; and what another organization's ids do on every route and sync kind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setFirstPassword } from '../../server/access/accounts.ts';
import { inOrganization } from '../../server/db/tenant.ts';
import { routes } from '../../server/http/routes.ts';
import { kinds } from '../../shared/collections.ts';
import { law } from '../../shared/law.ts';
import { newId, PASSWORD, startTestServer, type TestServer } from './test-server.ts';
import { ask, enrolByCode } from './station-wire.ts';

let server: TestServer;
let manager: Record<string, string>;
let doctor: Record<string, string>;
beforeAll(async () => {
  server = await startTestServer();
  await setFirstPassword(server.inside.db, server.clinic.doctorId, PASSWORD, false);
  manager = await signIn(server.clinic.username);
  doctor = await signIn('clinic-doctor');
});
afterAll(() => server.close());

async function signIn(username: string): Promise<Record<string, string>> {
  const { body } = await post<{ accessToken: string }>('/v1/auth/sign-in', { username, password: PASSWORD });
  return { authorization: `Bearer ${body.accessToken}` };
}
const post = <T = Record<string, unknown>>(path: string, json: unknown, headers: Record<string, string> = {}) =>
  ask<T>(`${server.url}${path}`, { method: 'POST', json, headers });
const codeOf = (body: unknown): unknown => (body as { error?: { code?: string } }).error?.code;
const inClinic = <T extends Record<string, unknown>>(sql: string) =>
  inOrganization(server.inside.db, server.clinic.organizationId, (tx) => tx.query<T>(sql));

test('a manager asks for a code: it enrols one station, and is kept nowhere', async () => {
  const asked = () =>
    post<{ code: string; expiresAtUtc: string }>(
      '/v1/stations/enrol-codes',
      { locationId: server.clinic.locationId },
      manager,
    );
  const [one, two] = [await asked(), await asked()];
  expect([one.status, two.status]).toEqual([201, 201]);
  const { code, expiresAtUtc } = one.body;
  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect((Date.parse(expiresAtUtc) - Date.now()) / 60_000).toBeCloseTo(60, 0);
  // A code that was asked for first is still good when another was asked for.
  const station = await enrolByCode(server.url, code);
  expect(station.stationCode).toMatch(/^K\d+$/);
  await expect(enrolByCode(server.url, code)).rejects.toThrow('enrol-code-invalid');
  await enrolByCode(server.url, two.body.code);
  const sets = await inClinic<{ body: string; author_id: string }>(
    `select body, author_id from change_sets where command = 'stations/issue-code'`,
  );
  expect(sets.map((row) => row.author_id)).toEqual([server.clinic.managerId, server.clinic.managerId]);
  const bare = code.replaceAll('-', '');
  const kept = [JSON.stringify(sets), JSON.stringify(await server.inside.db.query('select * from enrol_codes'))];
  kept.push(readFileSync(join(server.folder, 'logs/server.log'), 'utf8'));
  for (const text of kept) expect([text.includes(code), text.includes(bare)]).toEqual([false, false]);
});

test('a code needs the right, a location of one’s own, and a body as it should be', async () => {
  const ask1 = (json: unknown, headers = manager) => post('/v1/stations/enrol-codes', json, headers);
  expect(codeOf((await ask1({ locationId: server.clinic.locationId }, doctor)).body)).toBe('not_permitted');
  for (const locationId of [server.neighbour.locationId, newId()])
    expect((await ask1({ locationId })).status).toBe(404);
  expect((await ask1({ locationId: 'x' })).status).toBe(422);
  expect((await ask1({ locationId: server.clinic.locationId, validMinutes: 99_999 })).status).toBe(422);
});

test('a manager revokes a station: a clear refusal, its unsent sets held, and nobody else’s touched', async () => {
  const station = await server.enrol();
  const sister = await server.enrol();
  const revoke = (json: unknown, headers = manager, id = station.stationId) =>
    post(`/v1/stations/${id}/revoke`, json, headers);
  expect((await revoke({ reason: '  ' })).body).toMatchObject({ error: { fields: { reason: 'reason-needed' } } });
  expect((await revoke({ reason: 'lost' }, doctor)).status).toBe(403);
  const theirs = await server.enrol(server.neighbour);
  for (const id of [theirs.stationId, newId(), 'x'])
    expect((await revoke({ reason: 'lost' }, manager, id)).status).toBe(404);
  expect((await revoke({ reason: 'lost' })).body).toMatchObject({ revokedAtUtc: expect.any(String) });
  expect(codeOf((await revoke({ reason: 'lost' })).body)).toBe('already_revoked');
  for (const [method, path] of [
    ['GET', 'verifiers'],
    ['GET', 'contacts'],
    ['GET', 'stream'],
  ] as const)
    expect(codeOf((await station.send(method, path)).body)).toBe('station-revoked');
  const unsent = station.give(server.clinic.frontId, 'people/register', server.clinic.inputs.patient());
  expect(await unsent).toMatchObject({ result: 'held', violations: [{ code: 'quarantined' }] });
  const { docs } = await sister.load(['core', `inbox/${server.clinic.locationId}`]);
  expect(docs.find((one) => one.id === station.stationId)?.doc).toMatchObject({ revokedAtUtc: expect.any(String) });
  expect(docs.filter((one) => one.doc?.['reason'] === 'quarantined-station')).toHaveLength(1);
  const kept = await inClinic<{ reason: string }>(
    `select body::jsonb->>'reason' as reason from change_sets where command = 'stations/revoke'`,
  );
  expect(kept).toEqual([{ reason: 'lost' }]);
  expect((await theirs.send('GET', 'verifiers')).status).toBe(200);
});

test('when each station was last heard of is told to its own organization only', async () => {
  const station = await server.enrol();
  const theirs = await server.enrol(server.neighbour);
  for (const one of [station, theirs]) {
    const json = {
      protocolVersion: 1,
      lawVersion: 1,
      contactToken: null,
      stationSeq: 0,
      atUtc: new Date().toISOString(),
    };
    expect((await one.send('POST', 'hello', json)).status).toBe(200);
  }
  const { contacts } = (await station.send<{ contacts: Record<string, string> }>('GET', 'contacts')).body;
  expect(Date.now() - Date.parse(contacts[station.stationId] ?? '')).toBeLessThan(60_000);
  expect(contacts[theirs.stationId]).toBeUndefined();
});

test('another organization named in the header, on every route of a person: as if it did not exist', async () => {
  for (const route of routes.filter((one) => one.auth === 'user')) {
    const path = route.path.replace('{id}', server.neighbour.organizationId);
    const answer = await ask(`${server.url}${path}`, {
      method: route.method,
      headers: { ...manager, 'x-organization-id': server.neighbour.organizationId },
      ...(route.body ? { json: {} } : {}),
    });
    expect([route.path, answer.status]).toEqual([route.path, 404]);
  }
});

test('another organization’s documents of every kind: no set changes, removes or reads one', async () => {
  const station = await server.enrol();
  const theirs = await server.enrol(server.neighbour);
  await theirs.give(server.neighbour.frontId, 'people/register', server.neighbour.inputs.patient());
  const foreign = (await theirs.load(['core', `inbox/${server.neighbour.locationId}`])).docs;
  const all = () =>
    inOrganization(server.inside.db, server.neighbour.organizationId, (tx) =>
      tx.query('select kind, id, body, change_number, deleted from documents order by kind, id'),
    );
  const before = await all();
  const writersOf = (kind: string): string[] =>
    Object.values(law.commands)
      .filter((spec) => spec.writes[kind])
      .map((spec) => spec.name);
  for (const { kind, id, doc } of foreign) {
    const units = Object.keys(kinds[kind]?.units ?? {});
    const change = Object.fromEntries(units.map((unit) => [unit, { before: doc as never, after: null }]));
    const sets = writersOf(kind).flatMap((command) =>
      (['update', 'remove'] as const).map((op) => {
        const given = { reason: 'a reason', patches: [{ kind, id, op, units: change }], input: (doc ?? {}) as never };
        return station.byHand(command, { authorId: server.clinic.managerId, ...given });
      }),
    );
    for (const answer of await station.push(...sets)) expect(['refused', 'held']).toContain(answer.result);
  }
  expect(foreign.length).toBeGreaterThan(3);
  expect(foreign.map((one) => one.kind)).toContain('patient');
  expect(await all()).toEqual(before);
  const head = (await theirs.load(['core'])).cursor;
  expect((await station.send('POST', 'common', { cursors: [head] })).body).toMatchObject({ number: 0 });
  expect((await theirs.send('POST', 'common', { cursors: [head] })).body).toMatchObject({ number: head.number });
});
