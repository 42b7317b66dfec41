/**
 * Files by the SHA-256 of their bytes, in a folder per organization. A file that is there is whole: it gets its name only after
 * its bytes were checked and are durable.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

export type StoredObject = { bytes: number };
export type PutResult = { ok: true; bytes: number } | { ok: false; code: 'hash-mismatch' | 'too-large' };

export type ObjectStore = {
  put(organizationId: string, sha256: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<PutResult>;
  find(organizationId: string, sha256: string): Promise<StoredObject | undefined>;
  /** Bytes from `start` to `end`, both inclusive. */
  read(organizationId: string, sha256: string, range: { start: number; end: number }): Readable;
  /** Removes what an earlier process left half-written. */
  clear(): Promise<void>;
};

/** `folder/<organization>/<aa>/<sha256>`; both names were checked by the caller to be plain hex ids. */
export function createObjectStore(folder: string): ObjectStore {
  const incoming = join(folder, 'incoming');
  const pathOf = (organizationId: string, sha256: string): string => {
    if (!/^[0-9a-f-]{36}$/.test(organizationId) || !/^[0-9a-f]{64}$/.test(sha256))
      throw new Error('not a name of an object');
    return join(folder, organizationId, sha256.slice(0, 2), sha256);
  };
  return {
    put: async (organizationId, sha256, body, maxBytes) => {
      const path = pathOf(organizationId, sha256);
      await mkdir(incoming, { recursive: true });
      const temporary = join(incoming, randomUUID());
      try {
        const written = await writeDurably(temporary, body, maxBytes);
        if (written === 'too-large') return { ok: false, code: 'too-large' };
        if (written.sha256 !== sha256) return { ok: false, code: 'hash-mismatch' };
        await mkdir(dirname(path), { recursive: true });
        await rename(temporary, path);
        await syncFolder(dirname(path));
        return { ok: true, bytes: written.bytes };
      } finally {
        await rm(temporary, { force: true });
      }
    },
    find: async (organizationId, sha256) => {
      const found = await stat(pathOf(organizationId, sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      return found && { bytes: found.size };
    },
    read: (organizationId, sha256, range) => createReadStream(pathOf(organizationId, sha256), range),
    clear: () => rm(incoming, { recursive: true, force: true }),
  };
}

async function writeDurably(
  path: string,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<{ sha256: string; bytes: number } | 'too-large'> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes) return 'too-large';
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** A rename is durable once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
