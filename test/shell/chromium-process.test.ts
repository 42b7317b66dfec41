import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { createChromiumHost } from '../../main/shell/chromium/create-chromium-host.ts';
import { buildPreload } from '../../scripts/build-preload.ts';
import { freshFolder, startChromiumHarness } from './chromium-harness.ts';
import { prepareContract } from './contract.ts';
import type { Dom } from './contract-harness.ts';

let preloadFile = '';
beforeAll(async () => {
  preloadFile = await buildPreload(freshFolder('preload'));
});

/** Processes whose command line names the folder, zombies left out. */
const processesOf = (folder: string): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);

const alive = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

type Running = { child: ChildProcess; lines: string[]; browserPid: number; childPid: number; dataDir: string };

const { DISPLAY: _display, ...withoutScreen } = process.env;

const startApp = async (dataDir = freshFolder('data'), env: NodeJS.ProcessEnv = withoutScreen): Promise<Running> => {
  const child = fork(join(import.meta.dirname, 'host-process-entry.ts'), [dataDir, freshFolder('keys'), preloadFile], {
    silent: true,
    execArgv: [],
    env,
  });
  const lines: string[] = [];
  const ready = await new Promise<RegExpExecArray>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      lines.push(...text.trim().split('\n'));
      const match = /ready (\d+) (\d+)/.exec(lines.join('\n'));
      if (match !== null) resolve(match);
    });
    child.once('exit', () => reject(new Error(lines.join('\n'))));
  });
  return { child, lines, dataDir, browserPid: Number(ready[1]), childPid: Number(ready[2]) };
};

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

describe('how the Chromium shell starts and ends', () => {
  test('says in one line what is missing', async () => {
    const start = (options: object) =>
      createChromiumHost({
        dataDir: freshFolder('data'),
        keyDir: freshFolder('keys'),
        exportDir: freshFolder('exports'),
        preloadFile,
        headless: true,
        ...options,
      });
    const missing = await start({ env: { PRAXIS_CHROMIUM: '/nowhere/chromium' } });
    expect(missing).toMatchObject({ ok: false, problem: { code: 'chromium-missing' } });
    const broken = await start({ env: { PRAXIS_CHROMIUM: '/bin/true' } });
    expect(broken).toMatchObject({ ok: false, problem: { code: 'browser-start-failed' } });
    const dataDir = freshFolder('data');
    const inside = await start({ dataDir, keyDir: join(dataDir, 'keys') });
    expect(inside).toMatchObject({ ok: false, problem: { code: 'key-folder-refused' } });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends everything with code 0', async (signal) => {
    const app = await startApp();
    expect(processesOf(app.dataDir)).toContain(app.browserPid);
    app.child.kill(signal);
    expect(await ended(app.child)).toBe(0);
    expect(app.lines).toContain('quit signal');
    expect([alive(app.browserPid), alive(app.childPid), processesOf(app.dataDir).filter(alive)]).toEqual([
      false,
      false,
      [],
    ]);
  });

  test('the last window closed ends the app; Chromium dying ends it with code 70', async () => {
    const app = await startApp();
    app.child.send('close');
    expect(await ended(app.child)).toBe(0);
    expect(app.lines).toContain('quit last-window-closed');
    const other = await startApp();
    process.kill(other.browserPid, 'SIGKILL');
    expect(await ended(other.child)).toBe(70);
    expect(other.lines).toEqual(expect.arrayContaining(['crashed browser ended', 'quit browser-died']));
    expect([alive(other.childPid), processesOf(other.dataDir).filter(alive)]).toEqual([false, []]);
  });

  test('on a screen it opens an app window, and a window the person closes ends the app', async () => {
    const screen = spawn('/usr/bin/Xvfb', ['-displayfd', '3', '-screen', '0', '1024x700x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const number = await new Promise<string>((resolve) =>
      screen.stdio[3]?.once('data', (data) => resolve(String(data).trim())),
    );
    const app = await startApp(freshFolder('data'), { ...process.env, DISPLAY: `:${number}` });
    expect(app.lines.some((line) => line.startsWith('ready'))).toBe(true);
    app.child.send('close');
    expect(await ended(app.child)).toBe(0);
    expect(app.lines).toContain('quit last-window-closed');
    expect(processesOf(app.dataDir).filter(alive)).toEqual([]);
    screen.kill();
  });

  test('a second start on the same data is refused; after a kill the next start works', async () => {
    const app = await startApp();
    await expect(startApp(app.dataDir)).rejects.toThrow('already open');
    app.child.kill('SIGKILL');
    await ended(app.child);
    const next = await startApp(app.dataDir);
    expect([alive(app.browserPid), alive(next.browserPid)]).toEqual([false, true]);
    next.child.kill('SIGTERM');
    expect(await ended(next.child)).toBe(0);
  });

  test('a browser that outlived its app is ended, and a stranger with its number is not', async () => {
    const dataDir = freshFolder('data');
    const profile = join(dataDir, 'chromium');
    mkdirSync(profile);
    const flags = [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ];
    const left = spawn('/usr/bin/chromium', flags, { detached: true, stdio: 'ignore' });
    const bystander = spawn('/bin/sleep', ['30'], { detached: true, stdio: 'ignore' });
    await delay(1_500);
    const ticks = (pid = 0): string => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '';
    const owner = { pid: 4_000_000, startedTicks: '1' };
    const record = (browser: object): void =>
      writeFileSync(join(profile, 'praxis-browser.json'), JSON.stringify({ owner, browser }));

    record({ pid: left.pid, startedTicks: ticks(left.pid) });
    const app = await startApp(dataDir);
    expect(alive(left.pid ?? 0)).toBe(false);
    expect(app.lines.join('\n')).toContain(`left over from an earlier start (pid ${left.pid})`);
    app.child.kill('SIGTERM');
    await ended(app.child);

    record({ pid: bystander.pid, startedTicks: `${ticks(bystander.pid)}0` });
    const again = await startApp(dataDir);
    expect(alive(bystander.pid ?? 0)).toBe(true);
    bystander.kill('SIGKILL');
    again.child.kill('SIGTERM');
    await ended(again.child);
  });

  test('IndexedDB outlives a restart; keys are files that only their owner reads; a crashed page is told', async () => {
    const first = await startChromiumHarness();
    prepareContract(first.host);
    const window = await first.host.openWindow({ title: 'a', width: 300, height: 200, path: '/' });
    await first.inPage(window, () => {
      const world = globalThis as unknown as { indexedDB: Dom };
      return new Promise<void>((resolve) => {
        const open = world.indexedDB.open('layout', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('settings');
        open.onsuccess = () => {
          const turn = open.result.transaction('settings', 'readwrite', { durability: 'strict' });
          turn.objectStore('settings').put('wide', 'column');
          turn.oncomplete = () => resolve();
        };
      });
    });
    await first.host.secrets.set('station-key', new Uint8Array(32));
    await expect(first.host.secrets.get('../station-key')).rejects.toThrow('Not a secret name');
    const modes = [first.keyDir, join(first.keyDir, 'station-key.key')].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600]);
    await first.host.quit();
    expect(first.exits).toEqual([0]);

    const second = await startChromiumHarness({ dataDir: first.dataDir, keyDir: first.keyDir });
    prepareContract(second.host);
    const later = await second.host.openWindow({ title: 'b', width: 300, height: 200, path: '/' });
    const value = await second.inPage(later, () => {
      const world = globalThis as unknown as { indexedDB: Dom };
      return new Promise((resolve) => {
        const open = world.indexedDB.open('layout', 1);
        open.onsuccess = () => {
          const read = open.result.transaction('settings').objectStore('settings').get('column');
          read.onsuccess = () => resolve(read.result);
        };
      });
    });
    expect(value).toBe('wide');
    expect((await second.host.secrets.get('station-key'))?.length).toBe(32);

    const crashed = new Promise<string>((resolve) => later.onCrashed(resolve));
    second
      .debuggerOf(later)
      .send('Page.crash')
      .catch(() => undefined);
    expect(await crashed).toMatch(/^renderer /);
    await second.host.quit();
    expect(processesOf(first.dataDir).filter(alive)).toEqual([]);
  });
});
