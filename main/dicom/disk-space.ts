import { statfsSync } from 'node:fs';

/** A reader of the free bytes (for an unprivileged process) on the file system of `folder`; asked again at most once a second. */
export function createDiskSpaceReader(folder: string, clock: () => number): () => number {
  let readAtMs = Number.NEGATIVE_INFINITY;
  let freeBytes = 0;
  return () => {
    if (clock() - readAtMs < 1000) return freeBytes;
    const { bavail, bsize } = statfsSync(folder);
    freeBytes = bavail * bsize;
    readAtMs = clock();
    return freeBytes;
  };
}
