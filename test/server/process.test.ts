import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import { sha256Hex } from '../../server/db/chain.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import { placeNewDatabase } from '../world/new-database.ts';
import { newPatient } from '../world/new-patient.ts';
import { createRealStation, type RealStation } from './real-station.ts';
import { ask, createStationWire, enrolByCode } from './station-wire.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).toReversed()) cleanup();
});

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-process-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

type Ready = { ready: true; lines: string[]; enrolCode?: string };
type Started = {
  child: ChildProcess;
  ready: Promise<Ready | undefined>;
  exit: Promise<number | null>;
  text: () => string;
};

/** Starts the program as the launcher does, with a channel. */
function start(folder: string, args: string[] = [], env: Record<string, string> = {}): Started {
  const child = fork(join(import.meta.dirname, 'server-main.ts'), args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '', PRAXIS_DATA: folder, PRAXIS_SERVER_PORT: '0', ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const ready = Promise.race([
    new Promise<Ready>((resolve) => child.once('message', (message) => resolve(message as Ready))),
    exit.then(() => undefined),
  ]);
  cleanups.push(() => child.kill('SIGKILL'));
  return { child, ready, exit, text: () => text };
}

async function startReady(folder: string, args: string[] = [], env: Record<string, string> = {}) {
  await placeNewDatabase(join(folder, 'server'));
  const started = start(folder, args, env);
  const ready = await started.ready;
  if (!ready) throw new Error(`did not start: ${started.text()}`);
  const url = ready.lines[0]?.replace('praxis: server ', '') ?? '';
  return { ...started, url, ready };
}

async function enrol(url: string, code: string | undefined): Promise<RealStation> {
  const station = createRealStation(createStationWire(url, await enrolByCode(url, code ?? '')));
  await station.sync();
  return station;
}

/** Sets of a receptionist who registers people, not sent yet. */
async function registrations(station: RealStation, families: readonly string[]): Promise<ChangeSet[]> {
  const [front] = await station.reader.find('user', 'byUsername', { prefix: 'clinic-front' });
  const sets: ChangeSet[] = [];
  for (const family of families)
    sets.push(await station.act(front?.id ?? '', 'people/register', { details: newPatient(family, 'Ani') }));
  return sets;
}

async function stop(started: Pick<Started, 'child' | 'exit'>): Promise<number | null> {
  started.child.kill('SIGTERM');
  return started.exit;
}

test('starts with lines and a code, ends cleanly at SIGTERM, and has yesterday’s data', async () => {
  const folder = newFolder();
  const one = await startReady(folder);
  expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(one.ready.lines.slice(1)).toEqual(['a line of the demo']);
  expect(one.ready.enrolCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const station = await enrol(one.url, one.ready.enrolCode);
  expect(await stop(one)).toBe(0);
  expect(existsSync(join(folder, 'server/server.lock'))).toBe(false);
  expect(statSync(join(folder, 'server/secrets.json')).mode & 0o777).toBe(0o600);
  const two = await startReady(folder);
  expect(two.ready.enrolCode).not.toBe(one.ready.enrolCode);
  const hello = await ask(`${two.url}/sync/v1/hello`, {
    method: 'POST',
    headers: { authorization: station.authorization },
    json: { protocolVersion: 1, lawVersion: 1, contactToken: null, stationSeq: 0, atUtc: new Date().toISOString() },
  });
  expect(hello.status).toBe(200);
  await stop(two);
});

test('kill -9 between push and answer: asked again, the set was taken once or not at all, and the check is clean', async () => {
  const folder = newFolder();
  let running = await startReady(folder);
  const station = await enrol(running.url, running.ready.enrolCode);
  const send = (url: string, sets: unknown[]) =>
    ask<{ answers: { result: string; changeNumber: number }[] }>(`${url}/sync/v1/push`, {
      method: 'POST',
      headers: { authorization: station.authorization },
      json: { sets },
    });
  for (const delayMs of [1, 4, 8, 15]) {
    const sets = await registrations(station, ['a', 'b', 'c', 'd', 'e']);
    const lost = send(running.url, sets).catch(() => undefined);
    await sleep(delayMs);
    running.child.kill('SIGKILL');
    await Promise.all([lost, running.exit]);
    running = await startReady(folder);
    const { answers } = (await send(running.url, sets)).body;
    expect(answers.map((one) => one.result)).toEqual(sets.map(() => 'accepted'));
    const numbers = answers.map((one) => one.changeNumber);
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
    expect((await send(running.url, sets)).body.answers).toEqual(answers);
  }
  await stop(running);
  const check = start(folder, ['--check']);
  expect([await check.exit, JSON.parse(check.text()).problems]).toEqual([0, []]);
});

test('a second server on the folder ends with one line; a dead one’s lock is taken over', async () => {
  const folder = newFolder();
  const one = await startReady(folder);
  const two = start(folder);
  expect(await two.exit).toBe(1);
  expect(two.text()).toMatch(/^praxis: another server \(process \d+\) is running on .*\n$/);
  expect(await start(folder, ['--check']).exit).toBe(1);
  expect((await ask(`${one.url}/health`)).status).toBe(200);
  one.child.kill('SIGKILL');
  await one.exit;
  const three = await startReady(folder);
  await stop(three);
});

test('--empty starts without anybody and is set up once, from the machine itself', async () => {
  const folder = newFolder();
  const running = await startReady(folder, ['--empty']);
  expect(running.ready.lines).toHaveLength(1);
  const json = {
    organizationName: 'Klinik',
    locationName: 'Kemang',
    zone: 'Asia/Jakarta',
    currency: 'IDR',
    managerName: 'Sari',
    username: 'sari',
    password: 'a long password',
  };
  const setUp = (body: unknown) =>
    ask<{ enrolCode: string; organizationId: string }>(`${running.url}/sync/v1/set-up`, { method: 'POST', json: body });
  expect((await setUp({ ...json, password: 'short' })).status).toBe(422);
  expect((await setUp({ ...json, zone: 'Mars/Olympus' })).status).toBe(422);
  const both = await Promise.all([setUp(json), setUp(json)]);
  expect(both.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  const done = both.find((one) => one.status === 201)?.body;
  const signedIn = await ask<{ accessToken: string }>(`${running.url}/v1/auth/sign-in`, {
    method: 'POST',
    json: { username: 'sari', password: 'a long password' },
  });
  expect(signedIn.status).toBe(200);
  const station = await enrol(running.url, done?.enrolCode);
  expect(station.stationCode).toBe('K1');
  expect(new Set((await station.load(['core'])).docs.map((one) => one.kind))).toEqual(
    new Set(['organization', 'location', 'user', 'station']),
  );
  await stop(running);
  const check = start(folder, ['--check']);
  await check.exit;
  expect(check.text()).not.toContain('a long password');
});

test('settings: a misspelt name, a bad value, an address without TLS, a taken port: one line each', async () => {
  const line = async (env: Record<string, string>, args: string[] = []): Promise<string> => {
    const started = start(newFolder(), args, env);
    expect(await started.exit).toBe(1);
    return started.text();
  };
  expect(await line({ PRAXIS_SEVER_PORT: '1' })).toBe('praxis: PRAXIS_SEVER_PORT is not a setting that Praxis knows\n');
  expect(await line({ PRAXIS_SERVER_PORT: '99999' })).toBe(
    'praxis: PRAXIS_SERVER_PORT must be a port number from 0 to 65535\n',
  );
  expect(await line({ PRAXIS_SERVER_HOST: '0.0.0.0' })).toMatch(
    /^praxis: PRAXIS_SERVER_HOST is not this machine alone: .*\n$/,
  );
  expect(await line({ DATABASE_URL: 'mysql://user:hunter2@x' })).toBe(
    'praxis: DATABASE_URL must be a postgres:// address\n',
  );
  expect(await line({}, ['--colour'])).toMatch(/^praxis: .*--colour.*\n$/);
  const unreachable = await line({ DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/x' });
  expect(unreachable).toMatch(/^praxis: the database cannot be opened: .*\n$/);
  expect(unreachable).not.toContain('hunter2');
  const running = await startReady(newFolder(), ['--empty']);
  const port = new URL(running.url).port;
  expect(await line({ PRAXIS_SERVER_PORT: port }, ['--empty'])).toMatch(
    new RegExp(`^praxis: port ${port} on 127.0.0.1 is taken.*\n$`),
  );
  await stop(running);
});

test('--routes prints every route with its policy', async () => {
  const started = start(newFolder(), ['--routes']);
  expect(await started.exit).toBe(0);
  const routes = JSON.parse(started.text()) as Record<string, unknown>[];
  expect(routes).toContainEqual({ method: 'GET', path: '/v1/me', auth: 'user', permission: null, dialect: 'native' });
  expect(routes.every((route) => typeof route['auth'] === 'string')).toBe(true);
});

/** A small disk of its own; needs root and the right to mount. */
function mountSmallDisk(folder: string, size: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
    cleanups.push(() => execFileSync('umount', ['-l', folder], { stdio: 'ignore' }));
    return true;
  } catch {
    return false;
  }
}
const canMount = mountSmallDisk(mkdtempSync(join(tmpdir(), 'praxis-mount-')), '1m');
for (const cleanup of cleanups.splice(0)) cleanup();

describe.skipIf(!canMount)(`disks${canMount ? '' : ' — SKIPPED: tmpfs cannot be mounted here'}`, () => {
  test('a read-only data folder: one line, exit 1', async () => {
    const folder = newFolder();
    mountSmallDisk(folder, '1m');
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    const started = start(folder);
    expect(await started.exit).toBe(1);
    expect(started.text()).toMatch(/^praxis: the data folder .* cannot be written: E(?:ROFS|NOENT).*\n$/);
  });

  test('a full disk: a clear answer, the process lives, nothing by halves, and it goes on once there is room', async () => {
    const folder = newFolder();
    mountSmallDisk(folder, '150m');
    const running = await startReady(folder);
    const station = await enrol(running.url, running.ready.enrolCode);
    const put = (bytes: Uint8Array) =>
      ask<{ error?: { code: string } }>(`${running.url}/sync/v1/objects/${sha256Hex(bytes)}`, {
        method: 'PUT',
        headers: { authorization: station.authorization },
        body: new Uint8Array(bytes),
      });
    const filler = join(folder, 'filler');
    fill(filler);
    const file = randomBytes(500_000);
    const refused = await put(file);
    expect([refused.status, refused.body.error?.code]).toEqual([507, 'storage-full']);
    const sets = await registrations(station, Array(40).fill('x'.repeat(40)));
    const full = await ask(`${running.url}/sync/v1/push`, {
      method: 'POST',
      headers: { authorization: station.authorization },
      json: { sets },
    }).catch(() => undefined);
    expect(full?.status === 200 || full?.status === 507 || full?.status === 503).toBe(true);
    expect(running.child.exitCode).toBeNull();
    rmSync(filler);
    expect((await put(file)).status).toBe(201);
    const answer = await ask<{ answers: { result: string }[] }>(`${running.url}/sync/v1/push`, {
      method: 'POST',
      headers: { authorization: station.authorization },
      json: { sets },
    });
    expect(answer.body.answers.map((one) => one.result)).toEqual(sets.map(() => 'accepted'));
    await stop(running);
    const check = start(folder, ['--check']);
    expect([await check.exit, JSON.parse(check.text()).problems]).toEqual([0, []]);
    expect(readFileSync(join(folder, 'logs/server.log'), 'utf8')).not.toContain('xxxx');
  });
});

/** Fills a disk to its last block. */
function fill(path: string): void {
  let size = 8_000_000;
  writeFileSync(path, '');
  while (size >= 1) {
    try {
      writeFileSync(path, new Uint8Array(size), { flag: 'a' });
    } catch {
      size = Math.floor(size / 4);
    }
  }
}
