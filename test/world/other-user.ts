/** For tests of what is not permitted: root may do everything, so they lay root down for a moment, or start a program as somebody else. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const NOBODY = 65_534;
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Runs `act` without root's rights. This process has loaded the code already: another process, as another user, could not read it from a
 * clone that only its owner may read.
 */
export async function withoutRoot<T>(act: () => T | Promise<T>): Promise<T> {
  if (!isRoot()) return act();
  process.seteuid?.(NOBODY);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}

const othersMayPass = (folder: string): boolean =>
  (statSync(folder).mode & 0o001) !== 0 && (dirname(folder) === folder || othersMayPass(dirname(folder)));

/** A temporary folder that another user can reach too, though TMPDIR be a private one; its own mode is still its owner's alone. */
export function makeReachableFolder(name: string): { path: string; remove: () => void } {
  const base = isRoot() ? [tmpdir(), '/tmp', '/var/tmp'].find(othersMayPass) : tmpdir();
  if (base === undefined) throw new Error('there is no temporary folder that another user may enter');
  const path = mkdtempSync(join(base, `praxis-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
