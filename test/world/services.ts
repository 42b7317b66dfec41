/** Starts the built server and workstations as their users do, in folders and on ports of their own, and ends them again. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export type Service = {
  pid: number;
  lines: string[];
  enrolCode: string | undefined;
  /** Everything that it and its processes wrote on stdout and stderr so far. */
  said: () => string;
  /** Ends it as Ctrl-C does; resolves with its exit code. */
  stop: () => Promise<number | null>;
  /** Ends it and all its processes at once, as a power cut does. */
  kill: () => Promise<void>;
};

/** A port of the loopback address that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** A temporary folder and how to remove it. */
export function makeFolder(name: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), `praxis-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

type Ready = { ready: true; lines: string[]; enrolCode?: string };

/** Spawns one of our programs and waits for its word that it is ready; fails with what it said on stderr. */
export function startService(
  entry: string,
  args: string[],
  env: Record<string, string>,
  limitMs = 120_000,
): Promise<Service> {
  const child = spawn(process.execPath, [join(root, 'dist', entry), ...args], {
    env: { ...withoutOurs(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const said: string[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${entry} is not ready: ${said.join('')}`)), limitMs);
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`${entry} ended with ${code}: ${said.join('')}`));
    });
    child.on('message', (message: Ready) => {
      if (!message.ready) return;
      clearTimeout(timer);
      resolve({
        pid: child.pid ?? 0,
        lines: message.lines,
        enrolCode: message.enrolCode,
        said: () => said.join(''),
        stop: () => stop(child),
        kill: () => kill(child),
      });
    });
  });
}

function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('PRAXIS_') && name !== 'DATABASE_URL'),
  );
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

async function stop(child: ChildProcess): Promise<number | null> {
  const exit = ended(child);
  child.kill('SIGTERM');
  const late = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), 20_000);
  const code = await exit;
  clearTimeout(late);
  return code;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = ended(child);
  if (child.pid) process.kill(-child.pid, 'SIGKILL');
  await exit;
}

/** Runs a program to its end and gives what it wrote. */
export function runProgram(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (error) => resolve({ code: 127, stdout: '', stderr: error.message }));
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
  });
}

/** Asks until the answer is there; fails with the last one after `limitMs`. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false | null>,
  limitMs = 30_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  let last: unknown;
  while (Date.now() < end) {
    const found = await look().catch((error: unknown) => {
      last = error;
      return undefined;
    });
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not in ${limitMs} ms: ${what}${last instanceof Error ? ` (${last.message})` : ''}`);
}
