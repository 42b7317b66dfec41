/** The start on Electron, whose ready waits for the entry module: over a stand-in, as there is no Electron binary here. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort, makeFolder } from '../world/services.ts';

let folder: ReturnType<typeof makeFolder>;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = makeFolder('electron-start');
});
afterEach(() => {
  child?.kill('SIGKILL');
  folder.remove();
});

/** Starts it; answers what it told its parent and wrote on stderr, once it works, has ended or 60 s are over. */
async function startOverStandIn(env: Record<string, string> = {}) {
  const told: Record<string, unknown>[] = [];
  const started = fork(
    join(import.meta.dirname, 'electron-stand-in-start.ts'),
    ['--name', 'Front desk', '--headless'],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder.path,
        PRAXIS_DATA: join(folder.path, 'data'),
        PRAXIS_KEY_DIR: join(folder.path, 'keys'),
        PRAXIS_SERVER_PORT: String(await freePort()),
        ...env,
      },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  child = started;
  let said = '';
  started.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const code = await new Promise<number | null | 'works' | 'hangs'>((resolve) => {
    const timer = setTimeout(() => resolve('hangs'), 60_000);
    started.on('message', (message: Record<string, unknown>) => {
      told.push(message);
      if (message['ready'] === true) resolve('works');
    });
    started.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve(exitCode);
    });
  });
  return { code, told, said };
}

it('opens its window, though Electron is ready only after the entry module', async () => {
  const { code, told, said } = await startOverStandIn();
  expect({ code, said }).toEqual({ code: 'works', said: '' });
  expect(told).toMatchObject([
    { status: 200, answer: { ok: true, value: { state: { phase: 'first-run' } } } },
    { ready: true, lines: ['workstation waits in its window for the first set-up', expect.any(String)] },
  ]);
  const ended = new Promise((resolve) => child?.once('exit', resolve));
  child?.disconnect();
  expect(await ended).toBe(0);
});

it('a second start on the same data folder ends with one line', async () => {
  const { code, said } = await startOverStandIn({ STAND_IN_IS_SECOND: 'yes' });
  expect({ code, said }).toEqual({
    code: 1,
    said: 'praxis: workstation: Praxis is already open on this data folder.\n',
  });
});
