import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inOrganization } from '../../server/db/tenant.ts';
import type { SetAnswer } from '../../shared/kernel/change-set.ts';
import { patientScope, scheduleScope } from '../../shared/kernel/scopes.ts';
import { addMinutes } from '../../shared/kernel/time.ts';
import { idOf } from './clinic-inputs.ts';
import type { RealStation } from './real-station.ts';
import { ask, type PageBody } from './station-wire.ts';
import { addTestOrganization, newId, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
let station: RealStation;
beforeAll(async () => {
  server = await startTestServer();
  station = await server.enrol();
});
afterAll(() => server.close());

const register = (family?: string, at = station, clinic = server.clinic): Promise<SetAnswer> =>
  at.give(clinic.frontId, 'people/register', clinic.inputs.patient(family));
const familyOf = (doc: Record<string, unknown> | null): unknown =>
  (doc?.['names'] as Array<{ written: { family: string } }> | undefined)?.[0]?.written.family;
const follow = async (scope: string, cursor: PageBody['cursor']): Promise<PageBody> =>
  (await station.pull([{ scopes: [scope], cursor, after: null }])).body.pages[0] as PageBody;
const hello = (from: RealStation, contactToken: string | null, extra: object = {}) =>
  from.send<{ contactToken: string; stationSeq: number }>('POST', 'hello', {
    protocolVersion: 1,
    lawVersion: 1,
    contactToken,
    stationSeq: 0,
    atUtc: new Date().toISOString(),
    ...extra,
  });
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('a load in small pages brings every document once, then follows from where it began', async () => {
  for (let i = 0; i < 5; i++) await register(`page ${i}`);
  const whole = await station.load(['core']);
  const ids: string[] = [];
  let group = { scopes: ['core'], cursor: null as PageBody['cursor'] | null, after: null as string | null };
  for (let more = true; more; ) {
    const page = (await station.pull([group], 4)).body.pages[0] as PageBody;
    expect(page.changes.length).toBeLessThanOrEqual(4);
    ids.push(...page.changes.map((one) => one.id));
    // Somebody is registered between two pages: the follow-up brings them, the load need not.
    if (ids.length === 4) await register('in between');
    group = { scopes: ['core'], cursor: page.cursor, after: page.after };
    more = page.more;
  }
  expect(new Set(ids).size).toBe(ids.length);
  const followed = (await station.pull([group])).body.pages[0] as PageBody;
  const all = new Set([...ids, ...followed.changes.map((one) => one.id)]);
  expect(whole.docs.every((one) => all.has(one.id))).toBe(true);
  expect(followed.changes.map((one) => familyOf(one.doc))).toContain('in between');
});

test('entered, changed, left and deleted, each seen from the cursor', async () => {
  const { inputs, frontId, locationId } = server.clinic;
  const patient = await station.act(frontId, 'people/register', inputs.patient());
  await station.pushAll();
  const slot = inputs.slot();
  const scope = scheduleScope(locationId, slot.startsAtUtc);
  const { cursor: start } = await station.load([scope]);
  const give = async (name: string, input: Record<string, unknown>): Promise<string> => {
    const set = await station.act(frontId, name, input);
    expect((await station.pushAll()).map((one) => one.result)).toEqual(['accepted']);
    return idOf(set, 'appointment');
  };
  const id = await give('scheduling/book', inputs.booking(idOf(patient, 'patient'), slot));
  const first = await follow(scope, start);
  const doc = await station.reader.get('appointment', id);
  expect(first.changes).toEqual([expect.objectContaining({ id, op: 'entered', doc })]);
  for (const minutes of [5, 10])
    await give('scheduling/move', { ...slot, appointmentId: id, startsAtUtc: addMinutes(slot.startsAtUtc, minutes) });
  const second = await follow(scope, first.cursor);
  expect(second.changes.map((one) => [one.op, one.doc?.['startsAtUtc']])).toEqual([
    ['changed', addMinutes(slot.startsAtUtc, 10)],
  ]);
  const later = addMinutes(slot.startsAtUtc, 60 * 24 * 62);
  await give('scheduling/move', { ...slot, appointmentId: id, startsAtUtc: later });
  const third = await follow(scope, second.cursor);
  expect(third.changes).toEqual([expect.objectContaining({ id, op: 'left', doc: null })]);
  // Seen from before it came, a document that came and went was never there.
  expect((await follow(scope, start)).changes).toEqual([]);
  const mistake = await station.act(frontId, 'people/register', inputs.patient('a mistake'));
  await station.pushAll();
  const { cursor } = await station.load(['core']);
  await station.undo(mistake);
  await station.pushAll();
  expect((await follow('core', cursor)).changes).toEqual([
    expect.objectContaining({ id: idOf(mistake, 'patient'), op: 'deleted', doc: null }),
  ]);
});

test('a page never ends inside a change number', async () => {
  const { inputs, frontId, doctorId, locationId } = server.clinic;
  const patient = await station.act(frontId, 'people/register', inputs.patient());
  const patientId = idOf(patient, 'patient');
  const visit = { patientId, locationId, practitionerId: doctorId, serviceId: null, deviceId: null };
  const walkIn = await station.act(frontId, 'waiting-room/walk-in', visit);
  await station.pushAll();
  const scope = patientScope(patientId);
  const { cursor } = await station.load([scope]);
  for (const prescriptions of [1, 0, 2]) {
    const chart = inputs.chart(idOf(walkIn, 'encounter'), 'well', prescriptions);
    expect((await station.give(doctorId, 'charting/save-encounter', chart)).result).toBe('accepted');
  }
  const sizes: number[] = [];
  let at = cursor;
  for (let more = true; more; ) {
    const page = (await station.pull([{ scopes: [scope], cursor: at, after: null }], 2)).body.pages[0] as PageBody;
    expect(new Set(page.changes.map((one) => one.number)).size).toBe(1);
    sizes.push(page.changes.length);
    [at, more] = [page.cursor, page.more];
  }
  // A note alone; with one medicine note, vitals and that; with two one more.
  expect(sizes).toEqual([3, 1, 4]);
});

test('a cursor that is not of this history is a fork; the common number is found', async () => {
  const { cursor } = await station.load(['core']);
  const pull = (bad: PageBody['cursor']) => station.pull([{ scopes: ['core'], cursor: bad, after: null }]);
  for (const bad of [
    { ...cursor, hash: 'f'.repeat(64) },
    { number: cursor.number + 1000, hash: cursor.hash },
    { number: 0, hash: 'x' },
  ]) {
    const answer = await pull(bad);
    expect([answer.status, (answer.body as unknown as { error: { code: string } }).error.code]).toEqual([409, 'fork']);
  }
  expect((await pull({ number: 0, hash: '' })).status).toBe(200);
  const common = await station.send('POST', 'common', {
    cursors: [{ number: cursor.number + 9, hash: 'x' }, cursor, { number: 0, hash: '' }],
  });
  expect(common.body).toMatchObject({ number: cursor.number });
});

test('hello: tokens follow one another, a lost answer locks nobody out, a second copy is found', async () => {
  const own = await server.enrol();
  const first = (await hello(own, null)).body.contactToken;
  const again = (await hello(own, null)).body.contactToken;
  expect(again).not.toBe(first);
  const lost = await hello(own, again);
  // A station shows its token with every request, with a hello too.
  const retried = await own.send<{ contactToken: string }>(
    'POST',
    'hello',
    {
      protocolVersion: 1,
      lawVersion: 1,
      contactToken: again,
      stationSeq: 0,
      atUtc: new Date().toISOString(),
    },
    { 'praxis-contact': again },
  );
  expect([lost.status, retried.status]).toEqual([200, 200]);
  const current = retried.body.contactToken;
  const used = await own.send('GET', 'verifiers', undefined, { 'praxis-contact': current });
  expect(used.status).toBe(200);
  // A copy of the data folder was taken before the last hello; its first contact shows it.
  const copy = await hello(own, again);
  expect([copy.status, copy.body]).toMatchObject([409, { error: { code: 'second-copy' } }]);
  expect((await own.send('GET', 'verifiers', undefined, { 'praxis-contact': again })).status).toBe(409);
  expect((await hello(own, current)).status).toBe(200);
  expect((await hello(own, null, { protocolVersion: 99 })).status).toBe(426);
});

test('an enrolment code works once, in any writing, and not after its time', async () => {
  const { issueEnrolCode } = await import('../../server/stations/enrol-codes.ts');
  const issue = (validMinutes: number) =>
    issueEnrolCode(server.inside.db, { ...server.clinic, purpose: newId(), validMinutes });
  const enrol = (code: string) =>
    ask(`${server.url}/sync/v1/enrol`, {
      method: 'POST',
      json: { code, stationName: 'x', profile: 'scan', protocolVersion: 1, lawVersion: 1, escrow: null },
    });
  const code = await issue(5);
  const written = code.toLowerCase().replaceAll('-', ' ');
  expect((await enrol(written)).status).toBe(201);
  expect((await enrol(code)).body).toMatchObject({ error: { code: 'enrol-code-invalid' } });
  expect((await enrol(await issue(-1))).status).toBe(401);
  const { docs } = await station.load(['core']);
  const codes = docs.filter((one) => one.kind === 'station').map((one) => String(one.doc?.['code']));
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every((one) => /^K\d+$/.test(one))).toBe(true);
});

test('verifiers are those of the own organization', async () => {
  const answer = await station.send<{ verifiers: { userId: string; verifier: string }[] }>('GET', 'verifiers');
  expect(answer.body.verifiers.map((one) => one.userId)).toEqual([server.clinic.managerId]);
  expect(answer.body.verifiers[0]?.verifier).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('files: put, again, get, ranges, head; a wrong hash is refused and leaves nothing', async () => {
  const bytes = randomBytes(300_000);
  const sha256 = hashOf(bytes);
  const at = (name: string) => `${server.url}/sync/v1/objects/${name}`;
  const headers = { authorization: station.authorization };
  const put = (name: string, body: Uint8Array) => ask(at(name), { method: 'PUT', headers, body: new Uint8Array(body) });
  expect((await put(hashOf(Buffer.from('x')), bytes)).status).toBe(422);
  expect((await ask(at(sha256), { headers })).status).toBe(404);
  expect([(await put(sha256, bytes)).status, (await put(sha256, bytes)).status]).toEqual([201, 201]);
  expect(readdirSync(join(server.folder, 'server/objects/incoming'))).toEqual([]);
  const whole = await fetch(at(sha256), { headers });
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  const part = await fetch(at(sha256), { headers: { ...headers, range: 'bytes=10-19' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/300000']);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
  const tail = await fetch(at(sha256), { headers: { ...headers, range: 'bytes=-5' } });
  expect(Buffer.from(await tail.arrayBuffer()).equals(bytes.subarray(-5))).toBe(true);
  expect((await ask(at(sha256), { headers: { ...headers, range: 'bytes=300000-' } })).status).toBe(416);
  const head = await fetch(at(sha256), { method: 'HEAD', headers });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '300000']);
  const empty = hashOf(new Uint8Array());
  expect((await put(empty, new Uint8Array())).status).toBe(201);
  expect((await fetch(at(empty), { headers })).status).toBe(200);
  const held = await station.send<{ held: string[] }>('POST', 'objects/held', { sha256: [sha256, 'a'.repeat(64)] });
  expect(held.body.held).toEqual([sha256]);
  const stranger = await server.enrol(server.neighbour);
  expect((await stranger.send('POST', 'objects/held', { sha256: [sha256] })).body).toEqual({ held: [] });
  expect((await fetch(at(sha256), { headers: { authorization: stranger.authorization } })).status).toBe(404);
});

test('earlier forms of documents go once no station can have seen them, and not before', async () => {
  const { forgetForms } = await import('../../server/jobs/forget-forms.ts');
  const third = await addTestOrganization(server.inside, 'third');
  const [near, away] = [await server.enrol(third), await server.enrol(third)];
  const patient = await near.act(third.frontId, 'people/register', third.inputs.patient());
  await near.pushAll();
  const patientId = idOf(patient, 'patient');
  await Promise.all([near.sync(), away.sync()]);
  const correct = async (at: RealStation, address: string): Promise<unknown> => {
    const answer = await at.give(third.frontId, 'people/update', { patientId, details: { address } });
    await at.sync();
    return answer.result;
  };
  const forms = () =>
    inOrganization(server.inside.db, third.organizationId, (tx) =>
      tx.query('select 1 from document_forms where id = $1', [patientId]),
    );
  // It had pulled the patient, and goes offline with this in hand.
  expect((await away.give(third.frontId, 'people/register', third.inputs.patient())).result).toBe('accepted');
  const late = await away.act(third.frontId, 'people/update', { patientId, details: { phones: ['0811'] } });
  for (const address of ['one', 'two', 'three']) expect(await correct(near, address)).toBe('accepted');
  const kept = (await forms()).length;
  expect(kept).toBeGreaterThanOrEqual(3);
  expect(await forgetForms(server.inside.db)).toBe(0);
  await forgetForms(server.inside.db, 0);
  expect((await forms()).length).toBe(kept);
  expect((await away.push(late)).map((one) => one.result)).toEqual(['accepted']);
  await away.sync();
  for (const at of [near, away]) {
    await at.sync();
    await at.give(third.frontId, 'people/register', third.inputs.patient());
  }
  await forgetForms(server.inside.db, 0);
  expect(await forms()).toEqual([]);
  expect(await correct(near, 'four')).toBe('accepted');
});

test('reads are journalled once each', async () => {
  const read = (seq: number) => ({
    seq,
    atUtc: new Date().toISOString(),
    userId: server.clinic.managerId,
    view: 'visit',
    patientId: newId(),
    hash: 'h',
  });
  expect((await station.send('POST', 'reads', { reads: [read(1), read(2)] })).body).toEqual({ seq: 2 });
  expect((await station.send('POST', 'reads', { reads: [read(2), read(3)] })).body).toEqual({ seq: 3 });
  const rows = await inOrganization(server.inside.db, server.clinic.organizationId, (tx) =>
    tx.query('select seq from reads order by seq'),
  );
  expect(rows.map((row) => row['seq'])).toEqual([1, 2, 3]);
});

test('the stream says at once and after each commit how far the organization is, and nothing of others', async () => {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/sync/v1/stream`, {
    headers: { authorization: station.authorization },
    signal: stop.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader();
  const numbers: number[] = [];
  const next = async (): Promise<number> => {
    const { value } = await reader.read();
    const number = Number(/"number":(\d+)/.exec(value ?? '')?.[1]);
    numbers.push(number);
    return number;
  };
  const first = await next();
  const foreign = await server.enrol(server.neighbour);
  await register('foreign', foreign, server.neighbour);
  const answer = await register('streamed');
  expect(await next()).toBe(answer.changeNumber);
  expect(answer.changeNumber).toBe(first + 1);
  stop.abort();
});

test('the check finds nothing wrong, then an altered file', async () => {
  const { checkServer } = await import('../../server/check.ts');
  const { createObjectStore } = await import('../../server/sync/object-store.ts');
  const { law } = await import('../../shared/law.ts');
  const objects = createObjectStore(join(server.folder, 'server/objects'));
  const bytes = Buffer.from('to be altered');
  await ask(`${server.url}/sync/v1/objects/${hashOf(bytes)}`, {
    method: 'PUT',
    headers: { authorization: station.authorization },
    body: bytes,
  });
  const good = await checkServer(server.inside.db, law, objects, {});
  expect(good.problems).toEqual([]);
  expect(Object.keys(good.documents['patient'] ?? {}).length).toBeGreaterThan(5);
  // A scope that has documents tells which organization is meant.
  const { inputs, frontId, locationId } = server.clinic;
  const patient = await station.act(frontId, 'people/register', inputs.patient());
  const slot = inputs.slot();
  await station.act(frontId, 'scheduling/book', inputs.booking(idOf(patient, 'patient'), slot));
  await station.pushAll();
  const inClinic = await checkServer(server.inside.db, law, objects, {
    scopes: ['core', scheduleScope(locationId, slot.startsAtUtc)],
  });
  expect(Object.keys(inClinic.documents['patient'] ?? {}).length).toBeGreaterThan(5);
  for (const room of server.neighbour.reference.rooms)
    expect(Object.keys(inClinic.documents['room'] ?? {})).not.toContain(room.id);
  writeFileSync(
    join(server.folder, 'server/objects', server.clinic.organizationId, hashOf(bytes).slice(0, 2), hashOf(bytes)),
    'altered',
  );
  expect((await checkServer(server.inside.db, law, objects, {})).problems).toEqual([`damaged-file ${hashOf(bytes)}`]);
});
