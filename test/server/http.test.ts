import { afterAll, beforeAll, expect, test } from 'vitest';
import { SignJWT } from 'jose';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '../../shared/collections.ts';
import { createCabinetReader } from '../../server/db/cabinet-reader.ts';
import { inOrganization } from '../../server/db/tenant.ts';
import { routes } from '../../server/http/routes.ts';
import { ACCESS_TOKEN_SECONDS, signAccessToken } from '../../server/access/access-token.ts';
import { newId, PASSWORD, startTestServer, type TestServer } from './test-server.ts';
import { idOf } from './clinic-inputs.ts';
import { ask } from './station-wire.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

type Tokens = { accessToken: string; refreshToken: string };
const post = <T = Record<string, unknown>>(path: string, json: unknown, headers: Record<string, string> = {}) =>
  ask<T>(`${server.url}${path}`, { method: 'POST', json, headers });
const signIn = async (username = server.clinic.username): Promise<Tokens> =>
  (await post<Tokens>('/v1/auth/sign-in', { username, password: PASSWORD })).body;
const bearer = (token: string, extra: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${token}`, ...extra },
});
const codeOf = (body: unknown): unknown => (body as { error?: { code?: string } }).error?.code;
const secret = (): Uint8Array =>
  Buffer.from(JSON.parse(readFileSync(join(server.folder, 'server/secrets.json'), 'utf8')).accessToken, 'base64url');

test('health and system-info are public; everything else is not', async () => {
  expect((await ask(`${server.url}/health`)).body).toMatchObject({
    status: 'ok',
    database: { status: 'ok', engine: 'pglite' },
  });
  expect((await ask(`${server.url}/v1/public/system-info`)).body).toMatchObject({
    manufacturer: { name: expect.any(String) },
  });
  for (const route of routes.filter((one) => one.auth === 'user' || one.auth === 'station')) {
    const path = route.path.replace('{id}', newId()).replace('{sha256}', 'a'.repeat(64));
    const answer = await ask(`${server.url}${path}`, { method: route.method, ...(route.body ? { json: {} } : {}) });
    expect([route.path, answer.status]).toEqual([route.path, 401]);
    const wrong = await ask(`${server.url}${path}`, {
      method: route.method,
      ...(route.body ? { json: {} } : {}),
      headers: {
        authorization:
          route.auth === 'user' ? `Station ${newId()}.${'x'.repeat(43)}` : bearer('x'.repeat(30)).headers.authorization,
      },
    });
    expect(wrong.status).toBe(401);
  }
  expect((await ask(`${server.url}/v1/nothing`)).body).toMatchObject({ error: { code: 'not_found' } });
});

test('signing in: right, wrong password, unknown name, in any case', async () => {
  const tokens = await signIn(server.clinic.username.toUpperCase());
  expect((await ask(`${server.url}/v1/me`, bearer(tokens.accessToken))).body).toMatchObject({
    user: { username: server.clinic.username },
    currentOrganizationId: server.clinic.organizationId,
    permissions: expect.arrayContaining(['settings.write']),
  });
  const wrong = await post('/v1/auth/sign-in', { username: server.clinic.username, password: 'wrong' });
  const unknown = await post('/v1/auth/sign-in', { username: 'nobody', password: 'wrong' });
  expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body]);
  expect(codeOf(wrong.body)).toBe('sign_in_failed');
});

test('too many sign-ins for one account are refused with the time to wait', async () => {
  const answers = await Promise.all(
    Array.from({ length: 14 }, () => post('/v1/auth/sign-in', { username: 'tried', password: 'x' })),
  );
  const refused = answers.filter((one) => one.status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(4);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('refresh: each token once; a replay revokes the whole family, parallel requests do not', async () => {
  const first = await signIn();
  const refresh = (refreshToken: string) => post<Tokens>('/v1/auth/refresh', { refreshToken });
  const second = (await refresh(first.refreshToken)).body;
  expect((await ask(`${server.url}/v1/me`, bearer(second.accessToken))).status).toBe(200);
  const replayed = await refresh(first.refreshToken);
  expect([replayed.status, codeOf(replayed.body)]).toEqual([401, 'refresh_replayed']);
  expect(codeOf((await refresh(second.refreshToken)).body)).toBe('refresh_invalid');
  const other = await signIn();
  const parallel = await Promise.all([1, 2, 3, 4].map(() => refresh(other.refreshToken)));
  const good = parallel.filter((one) => one.status === 200);
  expect(good).toHaveLength(1);
  const out = good[0]?.body.refreshToken ?? '';
  // PGlite takes requests one by one: there a second one may already count as a replay.
  expect(parallel.filter((one) => one.status !== 200).every((one) => [401, 409].includes(one.status))).toBe(true);
  await ask(`${server.url}/v1/auth/sign-out`, { method: 'POST', json: { refreshToken: out } });
  expect((await refresh(out)).status).toBe(401);
});

test('an access token that is expired, foreign, unsigned or of another kind is refused', async () => {
  const me = (token: string) => ask(`${server.url}/v1/me`, bearer(token));
  const expired = await signAccessToken(
    secret(),
    server.clinic.managerId,
    Date.now() - (ACCESS_TOKEN_SECONDS + 5) * 1000,
  );
  expect(codeOf((await me(expired)).body)).toBe('token_expired');
  const foreign = await signAccessToken(new Uint8Array(32), server.clinic.managerId, Date.now());
  const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${Buffer.from(JSON.stringify({ sub: server.clinic.managerId, iss: 'praxis', aud: 'praxis-api', exp: 9e9 })).toString('base64url')}.`;
  const audience = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(server.clinic.managerId)
    .setIssuer('praxis')
    .setAudience('x')
    .setExpirationTime('5m')
    .sign(secret());
  const nobody = await signAccessToken(secret(), newId(), Date.now());
  for (const token of [foreign, none, audience, nobody]) expect(codeOf((await me(token)).body)).toBe('token_invalid');
});

test('organizations: only the own ones; another one looks as if it did not exist', async () => {
  const { accessToken } = await signIn();
  const get = (path: string, headers = {}) => ask(`${server.url}${path}`, bearer(accessToken, headers));
  expect((await get('/v1/organizations')).body).toMatchObject({
    data: [{ id: server.clinic.organizationId, name: 'clinic' }],
    pagination: { page: 1, limit: 50, total: 1 },
  });
  expect((await get('/v1/organizations?page=0&limit=9999&sort=-name,created_at')).body).toMatchObject({
    pagination: { page: 1, limit: 500 },
  });
  expect((await get('/v1/organizations?sort=secret')).body).toMatchObject({
    error: { code: 'validation_failed', fields: { sort: expect.any(String) } },
  });
  expect((await get('/v1/organizations?colour=1')).body).toMatchObject({
    error: { fields: { colour: 'unknown-field' } },
  });
  expect((await get(`/v1/organizations/${server.clinic.organizationId}`)).status).toBe(200);
  const [foreign, missing, odd] = await Promise.all(
    [server.neighbour.organizationId, newId(), 'x'].map((id) => get(`/v1/organizations/${id}`)),
  );
  expect([foreign?.status, foreign?.body]).toEqual([404, missing?.body]);
  expect(odd?.body).toEqual(missing?.body);
  const named = await get('/v1/me', { 'x-organization-id': server.neighbour.organizationId });
  expect([named.status, named.body]).toEqual([404, missing?.body]);
  const switched = await ask(`${server.url}/v1/me/switch-organization`, {
    method: 'PUT',
    json: { organizationId: server.neighbour.organizationId },
    ...bearer(accessToken),
  });
  expect([switched.status, switched.body]).toEqual([404, missing?.body]);
});

test('another organization: no route and no kind gives or takes anything of it', async () => {
  const station = await server.enrol();
  const theirs = await server.enrol(server.neighbour);
  const foreignSet = await theirs.act(server.neighbour.frontId, 'people/register', server.neighbour.inputs.patient());
  await theirs.pushAll();
  const foreign = await theirs.load(['core', `inbox/${server.neighbour.locationId}`]);
  const foreignIds = new Set(foreign.docs.map((doc) => doc.id));
  const scopes = [
    'core',
    `inbox/${server.neighbour.locationId}`,
    `schedule/${server.neighbour.locationId}/2026-11`,
    `patient/${server.neighbour.managerId}`,
  ];
  const mine = await station.load(scopes);
  expect(mine.docs.filter((doc) => foreignIds.has(doc.id))).toEqual([]);
  expect((await station.pull([{ scopes: ['core'], cursor: foreign.cursor, after: null }])).status).toBe(409);
  // Writing under a foreign document's id makes a document of one's own and leaves the other one alone.
  const takenId = idOf(foreignSet, 'patient');
  const before = await readIn(server.neighbour.organizationId, 'patient', takenId);
  const patient = server.clinic.inputs.patient('mine');
  const taken = await station.give(server.clinic.frontId, 'people/register', patient, { ids: [takenId] });
  expect(taken.result).toBe('accepted');
  expect(await readIn(server.neighbour.organizationId, 'patient', takenId)).toEqual(before);
  expect(await readIn(server.clinic.organizationId, 'patient', takenId)).toMatchObject(patient.details);
  for (const kind of Object.keys(kinds)) {
    for (const id of foreignIds) {
      if (id !== takenId) expect(await readIn(server.clinic.organizationId, kind, id)).toBeUndefined();
    }
  }
  expect((await station.send('POST', 'push', { sets: [foreignSet] })).status).toBe(422);
  const { authorId, command, input } = foreignSet;
  const built = station.byHand(command, { authorId: server.clinic.frontId, input, buildsOn: [foreignSet.id] });
  expect((await station.push(built))[0]).toMatchObject({ result: 'held' });
  const undone = station.byHand(command, { authorId, input, undoes: foreignSet.id });
  expect((await station.push(undone))[0]?.result).not.toBe('accepted');
  const own = station.byHand(command, { authorId: server.clinic.frontId, input, undoes: foreignSet.id });
  expect((await station.push(own))[0]).toMatchObject({ result: 'held', violations: [{ code: 'undoes-unknown' }] });
  const reads = [
    {
      seq: 1,
      atUtc: new Date().toISOString(),
      userId: server.neighbour.managerId,
      view: 'v',
      patientId: newId(),
      hash: 'h',
    },
  ];
  expect((await station.send('POST', 'reads', { reads })).status).toBe(200);
});

const readIn = (organizationId: string, kind: string, id: string) =>
  inOrganization(server.inside.db, organizationId, (tx) => Promise.resolve(createCabinetReader(tx).get(kind, id)));

test('bad bodies: malformed JSON, an unknown field, a wrong type, too large; never the value in the answer', async () => {
  const raw = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') =>
    ask(`${server.url}/v1/auth/sign-in`, { method: 'POST', body, headers: { 'content-type': type } });
  expect(codeOf((await raw('{"username": "a", ')).body)).toBe('malformed_json');
  expect(codeOf((await raw(new Uint8Array([0x22, 0xff, 0x22]))).body)).toBe('malformed_json');
  expect(codeOf((await raw('a=b', 'text/plain')).body)).toBe('not_json');
  expect((await raw('{"username":"a","password":"b","surname":"Secret"}')).body).toMatchObject({
    error: { code: 'validation_failed', fields: { surname: 'unknown-field' } },
  });
  expect(JSON.stringify((await raw('{"username":{"x":"Secret"},"password":"b"}')).body)).not.toContain('Secret');
  expect((await raw(`{"username":"${'a'.repeat(1_100_000)}"}`)).status).toBe(413);
  expect((await raw('[]')).status).toBe(422);
  const station = await server.enrol();
  expect(
    (
      await station.send('POST', 'pull', {
        groups: [{ scopes: ['core'], cursor: null, after: null, more: 1 }],
        limit: 1,
      })
    ).body,
  ).toMatchObject({
    error: { code: 'validation-failed', fields: { 'groups.0.more': 'unknown-field' } },
  });
  expect((await station.pull([{ scopes: ['core'], cursor: null, after: 'x/y; drop' }])).status).toBe(422);
});

test('set-up is over once there is an organization; answers carry security headers', async () => {
  const json = {
    organizationName: 'a',
    locationName: 'b',
    zone: 'Asia/Jakarta',
    currency: 'IDR',
    managerName: 'c',
    username: 'd',
    password: 'long enough',
  };
  const answer = await post('/sync/v1/set-up', json);
  expect([answer.status, codeOf(answer.body)]).toEqual([409, 'already-set-up']);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('the log has a line per request, without bodies, query values or what was typed', async () => {
  await post('/v1/auth/sign-in', { username: 'typed-user-name', password: 'typed-password' });
  await ask(`${server.url}/v1/organizations?sort=typed-value`, bearer((await signIn()).accessToken));
  const log = readFileSync(join(server.folder, 'logs/server.log'), 'utf8');
  expect(
    log
      .trim()
      .split('\n')
      .every((line) => typeof JSON.parse(line).event === 'string'),
  ).toBe(true);
  expect(log).toContain('"route":"/v1/auth/sign-in"');
  expect(log).not.toMatch(/typed-|a long password|Kemang/);
});
