import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { ChildProcess, DesktopHost } from '../desktop-host.ts';

/** Starts one of our processes as Electron's utilityProcess (fork is off by fuse); it talks through `process.parentPort`. */
export const startUtilityProcess: DesktopHost['startProcess'] = (entry, args, options = {}) => {
  const heap = options.maxOldSpaceMb === undefined ? [] : [`--max-old-space-size=${options.maxOldSpaceMb}`];
  const child = utilityProcess.fork(fileURLToPath(entry), args, {
    execArgv: heap,
    serviceName: options.name ?? 'praxis-helper',
    stdio: 'inherit',
  });
  const handle: ChildProcess = {
    get pid() {
      return child.pid;
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  };
  return handle;
};
