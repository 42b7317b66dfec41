/** The station's key: sealed for the server at enrolment, lost, brought back by the key on paper (issue 3: a store whose key is missing). */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../main/station/check-store.ts';
import type { Service } from '../world/services.ts';
import { startDemoServer } from '../world/demo-server.ts';
import { freePort, makeFolder, runProgram, startService, until } from '../world/services.ts';

const serverMain = join(import.meta.dirname, '..', '..', 'dist', 'server', 'main.js');
const main = join(import.meta.dirname, '..', '..', 'dist', 'main', 'main.js');

describe('a station whose key is gone', () => {
  const folder = makeFolder('lost-key');
  const keyDir = join(folder.path, 'keys');
  const dataDir = join(folder.path, 'one');
  let env: Record<string, string> = {};
  let server: Service;
  let recoveryKey = '';
  let before: CheckReport;

  const run = (args: string[], typed: string | null = null) =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
      const child = spawn(process.execPath, [main, '--data', dataDir, ...args], {
        env: { ...process.env, ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      child.on('close', (code) => resolve({ code, stdout, stderr }));
      child.stdin.end(typed ?? '');
    });
  const check = async (): Promise<CheckReport> => JSON.parse((await run(['--check'])).stdout) as CheckReport;

  beforeAll(async () => {
    const port = await freePort();
    env = {
      PRAXIS_DATA: folder.path,
      PRAXIS_KEY_DIR: keyDir,
      PRAXIS_SERVER_PORT: String(port),
      PRAXIS_DICOM_PORT: '0',
    };
    server = await startDemoServer(join(folder.path, 'server'), env);
    const code = server.lines.find((line) => line.startsWith('enrol code'))?.split(': ')[1] ?? '';
    const station = await startService('main/main.js', ['--data', dataDir, '--no-window', '--enrol', code], env);
    recoveryKey = station.lines.find((line) => line.startsWith('recovery key'))?.split(': ')[1] ?? '';
    await until('the station to be loaded', async () => {
      const log = readFileSync(join(folder.path, 'logs', 'server.log'), 'utf8');
      return log.includes('/sync/v1/verifiers');
    });
    await station.stop();
    before = await check();
  });
  afterAll(async () => {
    await server?.stop();
    folder.remove();
  });

  it('sends its key to the server sealed, and never in the clear', async () => {
    expect(recoveryKey).toMatch(/^([0-9A-Z]{3}-){23}[0-9A-Z]{3}$/);
    const slots = JSON.parse(readFileSync(join(dataDir, 'recovery.json'), 'utf8')) as {
      keyId: string;
      slots: { kind: string }[];
    };
    const atServer = await runProgram('grep', ['-rla', slots.keyId, join(folder.path, 'server', 'database')]);
    expect(atServer.stdout).not.toBe('');
    expect(slots.slots.map((slot) => slot.kind).toSorted()).toEqual(['escrow', 'recovery']);
    expect(before.problems).toEqual([]);
    expect(Object.keys(before.documents['patient'] ?? {}).length).toBeGreaterThan(100);
  });

  it('without its key file it does not open, and one line names the way back', async () => {
    rmSync(keyDir, { recursive: true });
    const refused = await run(['--no-window']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^praxis: workstation: the key of this data is missing \([^\n]*--recover\n$/);
    expect(existsSync(join(dataDir, 'store.db'))).toBe(true);
  });

  it('a mistyped or another recovery key changes nothing', async () => {
    const slip = `${recoveryKey.slice(0, 4)}${recoveryKey[4] === '7' ? '8' : '7'}${recoveryKey.slice(5)}`;
    for (const [typed, said] of [
      [slip, /group 2 of the recovery key is mistyped/],
      [recoveryKey.slice(0, 20), /24 groups/],
      ['', /no recovery key was typed/],
    ] as const) {
      const refused = await run(['--recover'], `${typed}\n`);
      expect([refused.code, refused.stdout]).toEqual([1, '']);
      expect(refused.stderr).toMatch(said);
      expect(refused.stderr.trim().split('\n')).toHaveLength(1);
    }
    expect((await run(['--no-window'])).code).toBe(1);
  });

  it('the recovery key brings it back, typed as people type; everything is there', async () => {
    const typed = recoveryKey.toLowerCase().replaceAll('-', ' ');
    const done = await run(['--recover'], `${typed}\n`);
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(done.stdout).toMatch(/^praxis: the key is back/);
    expect(await check()).toEqual(before);
    const station = await startService('main/main.js', ['--data', dataDir, '--no-window'], env);
    expect(await station.stop()).toBe(0);
    const everything = await runProgram('grep', ['-rlai', recoveryKey.slice(0, 12), folder.path]);
    expect(everything.stdout).toBe('');
  });

  it('with the paper lost too the server releases its key, to nobody who only guesses, and there is a new paper', async () => {
    const held = await check();
    rmSync(keyDir, { recursive: true });
    const refused = await run(['--recover'], '\n');
    const keyId = /release key ([0-9a-f]{32})/.exec(refused.stderr)?.[1] ?? '';
    const release = (id: string) =>
      runProgram(process.execPath, [serverMain, '--data', join(folder.path, 'server'), '--release-key', id], env);
    expect((await release(keyId)).stderr).toMatch(/^praxis: another server .* is running/);
    await server.stop();
    for (const id of ['', 'zz', keyId.slice(0, 7), '0'.repeat(32)])
      expect(await release(id)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^praxis: .*key/) });
    const released = await release(keyId.slice(0, 10));
    expect([released.code, released.stderr]).toEqual([0, '']);
    const code = released.stdout.trim().split(': ').at(-1) ?? '';
    expect(code).toMatch(/^([0-9A-Z]{3}-){25}[0-9A-Z]{3}$/);
    const slip = `${code.slice(0, -3)}${code.endsWith('000') ? '111' : '000'}`;
    expect((await run(['--recover'], `${slip}\n`)).stderr).toMatch(/group 26 of the release code is mistyped/);
    const done = await run(['--recover'], `${code.toLowerCase()}\n`);
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(await check()).toEqual(held);
    // The key on the lost paper opens nothing any more, the new one does.
    const paper = /recovery key \(.*\): (\S+)/.exec(done.stdout)?.[1] ?? '';
    rmSync(keyDir, { recursive: true });
    expect((await run(['--recover'], `${recoveryKey}\n`)).code).toBe(1);
    expect((await run(['--recover'], `${paper}\n`)).code).toBe(0);
    expect(await check()).toEqual(held);
    const log = readFileSync(join(folder.path, 'logs', 'server.log'), 'utf8');
    expect(log).toContain('station-key-released');
    for (const secret of [code, paper])
      expect((await runProgram('grep', ['-rlai', secret.slice(0, 12), folder.path])).stdout).toBe('');
  });
});
