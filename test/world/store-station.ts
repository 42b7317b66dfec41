/** A workstation without window and door: its real store process, enrolled at a real server. For histories of many stations. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CommandAnswer, SyncState } from '../../shared/ipc/contract.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { CheckReport } from '../../main/station/check-store.ts';
import type { FromStore, StoreConfig } from '../../main/station/messages.ts';

const entry = join(import.meta.dirname, '..', '..', 'dist', 'main', 'station', 'process.js');

/** What a person at the one window of a station does. */
export type Hands = {
  request: <T = unknown>(channel: string, payload: unknown) => Promise<T>;
  signIn: (username: string, password: string) => Promise<void>;
  run: (
    name: string,
    input: Record<string, unknown>,
    options?: { seen?: Record<string, Doc>; reason?: string },
  ) => Promise<CommandAnswer>;
  view: <T = Record<string, unknown>>(name: string, params: Record<string, unknown>) => Promise<T>;
  sync: () => Promise<SyncState>;
};
export type StoreStation = Hands & {
  /** An hour and a minute go by on its machine, where its clock is off already. */
  anHourLater: () => void;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
};

/** The keys of a station in a test: kept by whoever opens it again. */
export const newKeys = (): Pick<StoreConfig, 'databaseKeyHex' | 'objectKeyBase64'> => ({
  databaseKeyHex: randomBytes(32).toString('hex'),
  objectKeyBase64: randomBytes(32).toString('base64'),
});

export const configOf = (dataDir: string, serverUrl: string, keys: ReturnType<typeof newKeys>): StoreConfig => ({
  ...keys,
  dataDir,
  serverUrl,
  stateFile: join(dataDir, 'state.json'),
  stationName: 'test',
  doorHost: '127.0.0.1',
  doorPort: 0,
  aeTitle: 'PRAXIS',
  journalFile: join(dataDir, 'door.journal'),
  objectFolder: join(dataDir, 'objects'),
  resourcesDir: null,
  settings: {},
  keys: { backend: 'test', strong: false, note: '' },
});

/** The argument of Node with which a process runs on a machine whose clock is off. */
export const clockOff = (clockMs: number): string =>
  `--import=${pathToFileURL(join(import.meta.dirname, 'shifted-clock.ts')).href}?ms=${clockMs}`;

export function handsOn(ask: (channel: string, payload: unknown) => Promise<unknown>): Hands {
  const request = <T>(channel: string, payload: unknown): Promise<T> => ask(channel, payload) as Promise<T>;
  let views = 0;
  return {
    request,
    signIn: async (username, password) => {
      const { failure } = await request<{ failure: string | null }>('session', { do: 'signIn', username, password });
      if (failure) throw new Error(`sign-in: ${failure}`);
    },
    run: (name, input, options = {}) =>
      request('command.run', {
        actionId: uuidV7(Date.now(), randomBytes(10)),
        name,
        input,
        seen: options.seen ?? {},
        reason: options.reason ?? null,
      }),
    view: async <T>(name: string, params: Record<string, unknown>) => {
      const viewId = `v${++views}`;
      const value = await request<{ ok: boolean; value: T; code: string }>('view.open', { viewId, name, params });
      await request('view.close', { viewId });
      if (!value.ok) throw new Error(`${name}: ${value.code}`);
      return value.value;
    },
    sync: () => request('station', { do: 'sync' }),
  };
}

/** What `--check` says of a station's folder that no process has open. */
export async function checkStoreStation(dataDir: string, keys: ReturnType<typeof newKeys>): Promise<CheckReport> {
  const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const report = new Promise<CheckReport>((resolve, reject) => {
    child.on('message', (message: FromStore) => {
      if (message.type === 'checked') resolve(message.report as CheckReport);
      if (message.type === 'failed') reject(new Error(message.code));
    });
  });
  child.send({ type: 'start', config: configOf(dataDir, 'http://127.0.0.1:1', keys), check: true });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  try {
    return await report;
  } finally {
    child.kill('SIGKILL');
    // Until it is gone it holds the store's lock.
    await exited;
  }
}

export async function openStoreStation(
  dataDir: string,
  serverUrl: string,
  keys: ReturnType<typeof newKeys>,
  enrolCode: string | null,
  /** How far the clock of its machine is off. */
  clockMs = 0,
): Promise<StoreStation> {
  mkdirSync(dataDir, { recursive: true });
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    ...(clockMs === 0 ? {} : { execArgv: [clockOff(clockMs)] }),
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  let opened: ((message: FromStore) => void) | undefined;
  child.on('message', (message: FromStore) => {
    if (message.type === 'opened' || message.type === 'failed') opened?.(message);
    if (message.type === 'answer') waiting.get(message.requestId)?.resolve(message.value);
    if (message.type === 'failedRequest') waiting.get(message.requestId)?.reject(new Error(message.code));
    // Main would seal the station key for the escrow; here there is no main.
    if (message.type === 'ask' && message.ask.what === 'seal')
      child.send({ type: 'reply', askId: message.askId, value: 'sealed' });
    if (message.type === 'log' && message.entry['level'] === 'error')
      process.stderr.write(`${JSON.stringify(message.entry)}\n`);
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const config = configOf(dataDir, serverUrl, keys);
  const first = new Promise<FromStore>((resolve) => {
    opened = resolve;
  });
  child.send({ type: 'start', config, check: false });
  const answer = await first;
  if (answer.type === 'failed') throw new Error(answer.code);
  const ask = <T>(message: Record<string, unknown>): Promise<T> =>
    new Promise((resolve, reject) => {
      const requestId = nextId++;
      waiting.set(requestId, { resolve: resolve as (value: unknown) => void, reject });
      child.send({ ...message, requestId });
    });
  if (enrolCode) await ask({ type: 'enrol', code: enrolCode, stationName: 'test', profile: 'all' });
  return {
    ...handsOn((channel, payload) => ask({ type: 'request', windowId: 1, channel, payload })),
    anHourLater: () => child.kill('SIGUSR2'),
    stop: async () => {
      child.send({ type: 'stop' });
      await exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
