import { readdirSync, readFileSync } from 'node:fs';

export type RunningProcess = { pid: number; parentPid: number; command: string };

/** A process and all that it started, directly or not, from `/proc`; processes that end meanwhile are left out. */
export function processTree(pid: number): RunningProcess[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const tree = all.filter((one) => one.pid === pid);
  for (let at = 0; at < tree.length; at++) tree.push(...all.filter((one) => one.parentPid === tree[at]?.pid));
  return tree;
}

function readProcess(pid: number): RunningProcess[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold anything, so what follows its last one is read.
    const parentPid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    return [{ pid, parentPid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
  } catch {
    return [];
  }
}

/** SIGKILL to each, at once: nobody of them has a moment to tidy up. */
export function killNine(processes: readonly RunningProcess[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself, or with its parent.
    }
  }
}
