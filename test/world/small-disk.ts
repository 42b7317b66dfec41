/** Disks of a test's own: small, full or read-only. They need root and the right to mount; where that is not so, tests skip. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SmallDisk = { path: string; makeReadOnly: () => void; remove: () => void };

/** A file system of `size` (as mount(8) writes it) in a temporary folder; undefined where none may be mounted. */
export function mountSmallDisk(size: string): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-disk-'));
  const path = join(folder, 'disk');
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  return {
    path,
    makeReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', path]),
    remove: () => {
      execFileSync('umount', ['-l', path], { stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Fills a disk to its last block with one file. */
export function fillDisk(path: string): void {
  let size = 8_000_000;
  writeFileSync(path, '');
  while (size >= 1) {
    try {
      writeFileSync(path, new Uint8Array(size), { flag: 'a' });
    } catch {
      size = Math.floor(size / 4);
    }
  }
}
