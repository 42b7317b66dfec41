import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import type { ReadyMessage, ServiceCommand } from './child.ts';
import { supervise } from './supervise.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-supervise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stand-in service: the given statements as a module of its own. */
function standIn(name: string, code: string, args: string[] = []): ServiceCommand {
  const entry = join(folder, `${name}-${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(entry, code);
  return { name, entry, args, env: process.env };
}

const goodServer = `
  console.log('praxis: server http://127.0.0.1:9000 pid ' + process.pid);
  process.send({ ready: true, lines: ['sign in as demo'], enrolCode: 'ABCD' });
  process.on('SIGTERM', () => { console.log('server stopping'); process.exit(0); });
  setInterval(() => {}, 1000);
`;
const goodWorkstation = `
  console.log('praxis: workstation pid ' + process.pid + ' ' + process.argv.slice(2).join(' '));
  process.send({ ready: true, lines: [] });
  process.on('SIGTERM', () => { console.log('workstation stopping'); process.exit(0); });
  setInterval(() => {}, 1000);
`;

function run(
  services: readonly ((before: ReadonlyMap<string, ReadyMessage>) => ServiceCommand)[],
  timing: { readyWithinMs?: number; graceMs?: number } = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const seen = (pattern: RegExp) => expect.poll(() => out.join('\n'), { timeout: 10_000 }).toMatch(pattern);
  const terminal = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
  const { stop, done } = supervise({ services, readyWithinMs: 10_000, graceMs: 5_000, ...timing }, terminal);
  return { out, err, stop, done, seen };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const pidsIn = (lines: readonly string[]): number[] =>
  lines.flatMap((line) => (/pid (\d+)/.exec(line)?.[1] ? [Number(/pid (\d+)/.exec(line)?.[1])] : []));

it('starts in order, hands the enrol code on, says ready last, and stops in the opposite order', async () => {
  const { out, err, stop, done, seen } = run([
    () => standIn('server', goodServer),
    (before) => standIn('workstation', goodWorkstation, ['--enrol', before.get('server')?.enrolCode ?? 'none']),
  ]);
  await seen(/praxis ready/);
  expect(out.map((line) => line.replace(/ pid \d+/, ''))).toEqual([
    'praxis: server http://127.0.0.1:9000',
    'sign in as demo',
    'praxis: workstation --enrol ABCD',
    'praxis ready',
  ]);
  stop();
  stop();
  expect(await done).toBe(0);
  expect(out.slice(-2)).toEqual(['workstation stopping', 'server stopping']);
  expect(err).toEqual([]);
  expect(pidsIn(out).filter(isAlive)).toEqual([]);
});

it('a service that refuses to start ends everything with its code and only its own line', async () => {
  const { out, err, done } = run([
    () => standIn('server', goodServer),
    () => standIn('workstation', `console.error('praxis: port 11112 is taken'); process.exit(3);`),
  ]);
  expect(await done).toBe(3);
  expect(err).toEqual(['praxis: port 11112 is taken']);
  expect(out).not.toContain('praxis ready');
  expect(pidsIn(out).filter(isAlive)).toEqual([]);
});

it('a service that ends without a word is named', async () => {
  const { err, done } = run([() => standIn('server', 'process.exit(0)')]);
  expect(await done).toBe(1);
  expect(err).toEqual(['praxis: server ended before it was ready (exit code 0)']);
});

it('the server ending later stops the workstation; the window closing stops all in peace', async () => {
  const dying = goodServer.replace(
    `process.on('SIGTERM'`,
    `setTimeout(() => process.exit(7), 700); process.on('SIGTERM'`,
  );
  const first = run([() => standIn('server', dying), () => standIn('workstation', goodWorkstation)]);
  expect(await first.done).toBe(7);
  expect(first.err).toEqual(['praxis: server ended (exit code 7); stopping the rest']);
  expect(pidsIn(first.out).filter(isAlive)).toEqual([]);

  const closing = `${goodWorkstation} setTimeout(() => process.exit(0), 400);`;
  const second = run([() => standIn('server', goodServer), () => standIn('workstation', closing)]);
  expect(await second.done).toBe(0);
  expect(second.err).toEqual([]);
  expect(pidsIn(second.out).filter(isAlive)).toEqual([]);
});

it('a service that ignores SIGTERM is killed after the grace time, with what it started', async () => {
  const stubborn = `
    import { spawn } from 'node:child_process';
    const helper = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    console.log('praxis: server pid ' + process.pid);
    console.log('helper pid ' + helper.pid);
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
    process.send({ ready: true, lines: [] });
  `;
  const { out, stop, done, seen } = run([() => standIn('server', stubborn)], { graceMs: 500 });
  await seen(/praxis ready/);
  stop();
  expect(await done).toBe(0);
  expect(pidsIn(out)).toHaveLength(2);
  await expect.poll(() => pidsIn(out).filter(isAlive), { timeout: 3_000 }).toEqual([]);
});

it('a service that hangs while starting is given up, and a stop while starting is heeded', async () => {
  const hanging = `console.log('pid ' + process.pid); setInterval(() => {}, 1000);`;
  const late = run([() => standIn('server', hanging)], { readyWithinMs: 1_000 });
  expect(await late.done).toBe(1);
  expect(late.err).toEqual(['praxis: server was not ready within 1 s']);

  const stopped = run([() => standIn('server', hanging)]);
  await sleep(300);
  stopped.stop();
  expect(await stopped.done).toBe(0);
  expect([...pidsIn(late.out), ...pidsIn(stopped.out)].filter(isAlive)).toEqual([]);
});
