import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type ServiceCommand = {
  /** As it stands in messages: `server`, `workstation`. */
  name: string;
  /** The file that Node runs. */
  entry: string;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
};

/** What a service sends over its IPC channel once it can be used. */
export type ReadyMessage = { ready: true; lines: string[]; enrolCode?: string };

export type ServiceExit = { code: number | null; signal: NodeJS.Signals | null };

export type Service = {
  name: string;
  /** The first ready message, or how the service ended before it could send one. */
  ready: Promise<ReadyMessage | ServiceExit>;
  exited: Promise<ServiceExit>;
  /** True once it has written a line to its standard error: a service that ends says why there. */
  hasComplained: () => boolean;
  /** SIGTERM, after `graceMs` SIGKILL; resolves when the service and everything it started are gone. */
  stop: (graceMs: number) => Promise<void>;
};

function parseReady(message: unknown): ReadyMessage | undefined {
  if (typeof message !== 'object' || message === null || !('ready' in message) || message.ready !== true)
    return undefined;
  const lines =
    'lines' in message && Array.isArray(message.lines) ? message.lines.filter((line) => typeof line === 'string') : [];
  const enrolCode = 'enrolCode' in message && typeof message.enrolCode === 'string' ? message.enrolCode : undefined;
  return { ready: true, lines, ...(enrolCode === undefined ? {} : { enrolCode }) };
}

/**
 * A service leads a process group of its own: Ctrl-C in the terminal reaches only the supervisor, which then ends the services in
 * order, and what a service leaves behind (a browser, a helper) can be ended with its group. Windows has no groups; there the
 * service's own children end with its IPC channel.
 */
const ownGroup = process.platform !== 'win32';

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(ownGroup ? -child.pid : child.pid, signal);
  } catch {
    // Nobody left in the group.
  }
}

/** Starts a service under this Node; `relay` gets each line it prints, with the stream that it came from. */
export function startService(command: ServiceCommand, relay: (line: string, stream: 'out' | 'err') => void): Service {
  const child = spawn(process.execPath, [command.entry, ...command.args], {
    env: { ...command.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: ownGroup,
  });
  let hasComplained = false;
  if (child.stdout) createInterface(child.stdout).on('line', (line) => relay(line, 'out'));
  if (child.stderr) {
    createInterface(child.stderr).on('line', (line) => {
      hasComplained = true;
      relay(line, 'err');
    });
  }
  // Should the supervisor itself fail, nothing that it started stays.
  const endWithUs = (): void => signalGroup(child, 'SIGKILL');
  process.once('exit', endWithUs);
  const exited = new Promise<ServiceExit>((resolve) => {
    child.on('error', (error) => {
      relay(`praxis: ${command.name} could not be started: ${error.message}`, 'err');
      resolve({ code: 127, signal: null });
    });
    // `close` comes after the last line was relayed, but waits for grandchildren that hold the pipes: so the group goes first.
    child.on('exit', () => {
      process.off('exit', endWithUs);
      signalGroup(child, 'SIGKILL');
    });
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise<ReadyMessage>((resolve) => {
    child.on('message', (message) => {
      const parsed = parseReady(message);
      if (parsed) resolve(parsed);
    });
  });
  return {
    name: command.name,
    ready: Promise.race([ready, exited]),
    exited,
    hasComplained: () => hasComplained,
    stop: async (graceMs) => {
      child.kill('SIGTERM');
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
