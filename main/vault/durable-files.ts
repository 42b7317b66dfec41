import { closeSync, fdatasync, fsync, openSync, writevSync } from 'node:fs';
import { promisify } from 'node:util';

const fsyncFile = promisify(fsync);

/** Forces a file's bytes to the disk. Rejects with the system's error. */
export const syncData: (fd: number) => Promise<void> = promisify(fdatasync);

/**
 * Forces a folder's entries to the disk, so that a rename in it survives a power cut. Windows has no such call for folders and
 * journals its names itself.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    await fsyncFile(fd);
  } finally {
    closeSync(fd);
  }
}

/** Writes all of `parts` in order, however few bytes the system takes at a time. Throws the system's error. */
export function writeAll(fd: number, parts: Uint8Array[]): void {
  let rest = parts;
  while (rest.length > 0) {
    let written = writevSync(fd, rest);
    const next: Uint8Array[] = [];
    for (const part of rest) {
      if (written < part.length) next.push(part.subarray(written));
      written = Math.max(0, written - part.length);
    }
    rest = next;
  }
}
