/** A clinic for tests: one server, workstations with a real Chromium each, and a person's hands on a window. */
import { randomBytes } from 'node:crypto';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { startDemoServer } from './demo-server.ts';
import { createPretendPrinter } from './pretend-printer.ts';
import type { Service } from './services.ts';
import { freePort, makeFolder, runProgram, startService, until } from './services.ts';

const root = join(import.meta.dirname, '..', '..');

export type Station = {
  name: string;
  pid: number;
  dataDir: string;
  dicomPort: number;
  page: Page;
  request: <T = unknown>(channel: string, payload: unknown) => Promise<T>;
  signIn: (username: string) => Promise<void>;
  view: <T = Record<string, unknown>>(name: string, params: Record<string, unknown>) => Promise<T>;
  run: (
    name: string,
    input: Record<string, unknown>,
    options?: { seen?: Record<string, Doc>; reason?: string },
  ) => Promise<CommandAnswer>;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
  /** Takes hold of the window anew: after its renderer died, the page of before answers no more. */
  reconnect: () => Promise<void>;
  check: () => Promise<CheckReport>;
  /** What its processes wrote on stdout and stderr. */
  said: () => string;
};
export type CheckReport = {
  scopes: string[];
  documents: Record<string, Record<string, string>>;
  instances: number;
  bytes: number;
  files: Array<{ sopInstanceUid: string; sha256: string }>;
  problems: string[];
};

/** `more` is added to the environment of server and workstations. */
export async function openClinic(more: Record<string, string> = {}) {
  const folder = makeFolder('clinic');
  const keys = makeFolder('keys');
  const serverPort = await freePort();
  const serverUrl = `http://127.0.0.1:${serverPort}`;
  const exports = makeFolder('exports');
  const printer = createPretendPrinter(join(exports.path, 'printer'));
  // What this machine may really print on is left alone.
  printer.setPrinter('Front-Desk');
  const env = {
    PATH: `${printer.folder}${delimiter}${process.env['PATH'] ?? ''}`,
    PRAXIS_DATA: folder.path,
    PRAXIS_KEY_DIR: keys.path,
    PRAXIS_EXPORT_DIR: join(exports.path, 'Downloads'),
    PRAXIS_SERVER_PORT: String(serverPort),
    ...more,
  };
  let server: Service | undefined;
  const stations: Station[] = [];
  let passwords = new Map<string, string>();

  /** With the demo clinic, or without anybody. */
  const startServer = async (empty?: '--empty'): Promise<Service> => {
    const data = join(folder.path, 'server');
    server = empty
      ? await startService('server/main.js', ['--data', data, empty], env)
      : await startDemoServer(data, env);
    passwords = new Map(
      server.lines
        .flatMap((line) => /^user (\S+) password (\S+)/.exec(line)?.slice(1, 3) ?? [])
        .reduce<Array<[string, string]>>(
          (pairs, value, i, all) => (i % 2 === 0 ? [...pairs, [value, all[i + 1] ?? '']] : pairs),
          [],
        ),
    );
    return server;
  };
  const codeFor = async (location: string): Promise<string> => {
    const line = server?.lines.find((one) => one.startsWith(`enrol code ${location}:`));
    if (!line) throw new Error(`no enrol code for ${location}`);
    return line.slice(line.indexOf(':') + 1).trim();
  };

  const openStation = async (name: string, enrolCode?: string, dicom?: number): Promise<Station> => {
    const dataDir = join(folder.path, name);
    const dicomPort = dicom ?? (await freePort());
    const debugPort = await freePort();
    const args = [
      '--data',
      dataDir,
      '--server',
      serverUrl,
      '--dicom-port',
      String(dicomPort),
      '--headless',
      ...(enrolCode ? ['--enrol', enrolCode] : []),
    ];
    const service = await startService('main/main.js', args, { ...env, PRAXIS_DEBUG_PORT: String(debugPort) });
    let browser: Browser;
    const connect = async (): Promise<Page> => {
      // A connection made while the page lies dead never sees it rise: each look is a connection of its own.
      return until('a page', async () => {
        browser = await chromium.connectOverCDP(`http://127.0.0.1:${debugPort}`);
        const pages = browser.contexts().flatMap((context) => context.pages());
        const page = pages.find((one) => one.url().startsWith('https://'));
        const isAlive = page && (await Promise.race([page.title().then(() => true), delay(500, false)]));
        if (!isAlive) await browser.close();
        return isAlive ? page : undefined;
      });
    };
    let viewCount = 0;
    const request = <T>(channel: string, payload: unknown): Promise<T> =>
      station.page.evaluate(
        ([one, body]) =>
          (
            globalThis as unknown as { praxis: { request: (c: string, p: unknown) => Promise<unknown> } }
          ).praxis.request(one as string, body),
        [channel, payload],
      ) as Promise<T>;
    const station: Station = {
      name,
      pid: service.pid,
      dataDir,
      dicomPort,
      page: await connect(),
      request,
      signIn: async (username) => {
        const answer = await request<{ failure: string | null }>('session', {
          do: 'signIn',
          username,
          password: passwords.get(username) ?? '',
        });
        if (answer.failure) throw new Error(`${username} can't sign in at ${name}: ${answer.failure}`);
      },
      view: async <T>(view: string, params: Record<string, unknown>): Promise<T> => {
        const viewId = `test-${++viewCount}`;
        const answer = await request<{ ok: boolean; value: T; code?: string }>('view.open', {
          viewId,
          name: view,
          params,
        });
        await request('view.close', { viewId });
        if (!answer.ok) throw new Error(`${view}: ${answer.code}`);
        return answer.value;
      },
      run: (command, input, options = {}) =>
        request('command.run', {
          actionId: uuidV7(Date.now(), randomBytes(10)),
          name: command,
          input,
          seen: options.seen ?? {},
          reason: options.reason ?? null,
        }),
      stop: async () => {
        await browser.close().catch(() => undefined);
        await service.stop();
        stations.splice(stations.indexOf(station), 1);
      },
      kill: async () => {
        await service.kill();
        stations.splice(stations.indexOf(station), 1);
      },
      reconnect: async () => {
        await browser.close().catch(() => undefined);
        station.page = await connect();
      },
      check: async () => {
        const result = await runProgram(
          process.execPath,
          [join(root, 'dist/main/main.js'), '--data', dataDir, '--check'],
          env,
        );
        if (!result.stdout) throw new Error(`check of ${name}: ${result.stderr}`);
        return JSON.parse(result.stdout) as CheckReport;
      },
      said: service.said,
    };
    stations.push(station);
    return station;
  };

  return {
    env,
    folder: folder.path,
    exportDir: env.PRAXIS_EXPORT_DIR,
    printer,
    keyFolder: keys.path,
    serverUrl,
    startServer,
    stopServer: async (): Promise<void> => {
      await server?.stop();
      server = undefined;
    },
    codeFor,
    openStation,
    checkServer: async (scopes: string[] = []): Promise<CheckReport> => {
      const args = [
        join(root, 'dist/server/main.js'),
        '--data',
        join(folder.path, 'server'),
        '--check',
        ...(scopes.length > 0 ? ['--scopes', scopes.join(',')] : []),
      ];
      const result = await runProgram(process.execPath, args, env);
      if (!result.stdout) throw new Error(`check of the server: ${result.stderr}`);
      return JSON.parse(result.stdout) as CheckReport;
    },
    close: async (): Promise<void> => {
      for (const station of stations.slice()) await station.stop();
      await server?.stop();
      folder.remove();
      keys.remove();
      exports.remove();
    },
  };
}
export type Clinic = Awaited<ReturnType<typeof openClinic>>;

/** A clinic with the demo and one workstation at Kemang, which has loaded everything; nobody has signed in. */
export async function openClinicWithStation(): Promise<{ clinic: Clinic; station: Station }> {
  const clinic = await openClinic();
  await clinic.startServer();
  const station = await clinic.openStation('one', await clinic.codeFor('kemang'));
  await until(
    'the first load',
    async () => (await station.request<{ phase: string }>('station', { do: 'sync' })).phase === 'synced',
    180_000,
  );
  return { clinic, station };
}
