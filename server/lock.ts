import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../shared/kernel/result.ts';
import { fail, ok } from '../shared/kernel/result.ts';

const FILE = 'server.lock';

/**
 * Takes the data folder for this process: PGlite has no lock of its own, and two servers on one folder would destroy it. The lock
 * of a process that is gone is taken over. Fails with the pid of the one that holds it.
 */
export function lockFolder(folder: string): Result<() => void, { pid: number }> {
  const path = join(folder, FILE);
  for (let tries = 0; tries < 3; tries++) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, `${process.pid} ${startTicks(process.pid)}\n`);
      closeSync(file);
      return ok(() => rmSync(path, { force: true }));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = readHolder(path);
    if (holder && isAlive(holder)) return fail({ pid: holder.pid });
    rmSync(path, { force: true });
  }
  throw new Error('the lock of the data folder keeps coming back');
}

type Holder = { pid: number; started: string };

function readHolder(path: string): Holder | undefined {
  try {
    const [pid, started] = readFileSync(path, 'utf8').trim().split(' ');
    return Number(pid) > 0 ? { pid: Number(pid), started: started ?? '' } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  if (pid === process.pid) return started === startTicks(pid);
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  // A number that was given to another process since is no holder; where the start time can't be read, the number alone counts.
  return started === '' || startTicks(pid) === '' || startTicks(pid) === started;
}

/** When a process started, in clock ticks since boot (proc_pid_stat(5), field 22); empty where there is no /proc. */
function startTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
