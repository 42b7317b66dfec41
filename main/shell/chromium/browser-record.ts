import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

type ProcessMark = { pid: number; startedTicks: string };
type BrowserRecord = { owner: ProcessMark; browser: ProcessMark };

/** A process's start in clock ticks since boot (proc(5), stat field 22): with the pid it names one process for good. */
const startedTicks = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie is gone for our purposes; it only waits for its parent.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
};

const markOf = (pid: number): ProcessMark => ({ pid, startedTicks: startedTicks(pid) ?? '' });
const isAlive = (mark: ProcessMark): boolean =>
  mark.startedTicks !== '' && startedTicks(mark.pid) === mark.startedTicks;

const recordFile = (profileDir: string): string => join(profileDir, 'praxis-browser.json');

const readRecord = (profileDir: string): BrowserRecord | undefined => {
  try {
    const record = JSON.parse(readFileSync(recordFile(profileDir), 'utf8')) as BrowserRecord;
    return Number.isInteger(record.browser.pid) && Number.isInteger(record.owner.pid) ? record : undefined;
  } catch {
    return undefined;
  }
};

/** Signals the process group of a browser we started, if the number still names it. */
export const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
};

/** True while a process of the group runs; zombies, which only wait for init, do not count (proc(5), stat fields 3 and 5). */
const groupRuns = (pid: number): boolean =>
  readdirSync('/proc').some((name) => {
    try {
      const stat = /^\d+$/.test(name) ? readFileSync(`/proc/${name}/stat`, 'utf8') : '';
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return group === String(pid) && state !== 'Z';
    } catch {
      return false;
    }
  });

/** Kills what is left of a process group and waits until none of it runs, at most two seconds. */
export const endGroup = async (pid: number): Promise<void> => {
  signalGroup(pid, 'SIGKILL');
  for (let waitedMs = 0; waitedMs < 2_000 && groupRuns(pid); waitedMs += 20) await delay(20);
};

/** Notes which browser this process started, so that the next start can find it. */
export const writeBrowserRecord = (profileDir: string, browserPid: number): void => {
  const record: BrowserRecord = { owner: markOf(process.pid), browser: markOf(browserPid) };
  writeFileSync(recordFile(profileDir), JSON.stringify(record), { mode: 0o600 });
};

/** Forgets the browser after a proper end. */
export const clearBrowserRecord = (profileDir: string): void => rmSync(recordFile(profileDir), { force: true });

/**
 * Ends a browser that a crashed start left on this profile. `in-use` when the app that started it still runs (then
 * nothing is touched); else the pid it ended, or undefined. A reused pid is never signalled: start times are compared.
 */
export const reapLeftoverBrowser = async (profileDir: string): Promise<'in-use' | number | undefined> => {
  const record = readRecord(profileDir);
  if (record === undefined) return undefined;
  const ownerIsOther = record.owner.pid !== process.pid;
  if (isAlive(record.owner) && (ownerIsOther || isAlive(record.browser))) return 'in-use';
  const left = isAlive(record.browser) ? record.browser.pid : undefined;
  if (left !== undefined) {
    signalGroup(left, 'SIGTERM');
    for (let waitedMs = 0; waitedMs < 2_000 && isAlive(record.browser); waitedMs += 50) await delay(50);
    signalGroup(left, 'SIGKILL');
    for (let waitedMs = 0; waitedMs < 2_000 && isAlive(record.browser); waitedMs += 50) await delay(50);
  }
  // Chromium's own lock names the dead process; a link left behind makes the next start refuse on some versions.
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie'])
    rmSync(join(profileDir, name), { force: true });
  clearBrowserRecord(profileDir);
  return left;
};
