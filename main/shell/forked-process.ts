import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChildProcess, DesktopHost } from './desktop-host.ts';

/** Starts Node processes of our own where there is no `utilityProcess`, and ends all of them with the app. */
export const createForkedProcesses = () => {
  const running = new Set<ChildProcess>();
  const start: DesktopHost['startProcess'] = (entry, args, options = {}) => {
    const heap = options.maxOldSpaceMb === undefined ? [] : [`--max-old-space-size=${options.maxOldSpaceMb}`];
    // `advanced` is Node's structured clone: Dates, Maps and bytes arrive as they left, as with utilityProcess.
    const child = fork(fileURLToPath(entry), args, {
      serialization: 'advanced',
      execArgv: heap,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, PRAXIS_PROCESS: options.name ?? 'helper' },
    });
    const exitListeners: ((code: number | null) => void)[] = [];
    let ended = false;
    const end = (code: number | null): void => {
      if (ended) return;
      ended = true;
      running.delete(handle);
      for (const listener of exitListeners) listener(code);
    };
    child.on('exit', end);
    child.on('error', () => end(null));
    const handle: ChildProcess = {
      pid: child.pid,
      // A message to a process that has gone is dropped, as utilityProcess does.
      post: (message) => void (child.connected && child.send(message as object, () => undefined)),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void exitListeners.push(listener),
      kill: () => void child.kill('SIGTERM'),
    };
    running.add(handle);
    return handle;
  };
  return {
    start,
    /** Asks every child to end and kills after two seconds; resolves when none is left. */
    endAll: async (): Promise<void> => {
      const waits = [...running].map(
        (child) =>
          new Promise<void>((resolve) => {
            const timer = setTimeout(() => child.pid !== undefined && process.kill(child.pid, 'SIGKILL'), 2_000);
            child.onExit(() => {
              clearTimeout(timer);
              resolve();
            });
            child.kill();
          }),
      );
      await Promise.all(waits);
    },
  };
};
