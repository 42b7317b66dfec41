import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { DesktopHost } from '../desktop-host.ts';

const nameForm = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** True when the key folder lies in the data folder, where a copy of the data would take the keys along. */
export const liesWithin = (folder: string, parent: string): boolean => {
  const path = relative(resolve(parent), resolve(folder));
  return path === '' || (!path.startsWith('..') && path !== resolve(folder));
};

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * Secrets as files of mode 0600 in a folder of mode 0700, written whole or not at all and synced to disk. Throws for a
 * name that is not lower-case letters, digits, dot, dash, underscore. Weaker than an operating system's key store: whoever
 * runs as this user, or holds the disk, has them.
 */
export const createKeyFolder = (keyDir: string): DesktopHost['secrets'] => {
  const fileOf = (name: string): string => {
    if (!nameForm.test(name)) throw new Error('Not a secret name');
    return join(keyDir, `${name}.key`);
  };
  const syncFolder = async (): Promise<void> => {
    const folder = await open(keyDir, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  };
  const ensureFolder = async (): Promise<void> => {
    await mkdir(keyDir, { recursive: true, mode: 0o700 });
    const { mode } = await stat(keyDir);
    if ((mode & 0o077) !== 0) await chmod(keyDir, 0o700);
  };
  return {
    backend: () =>
      Promise.resolve({
        name: 'key-folder',
        strong: false,
        note: 'Keys are files that only this user can read. This is weaker than the key store of an operating system: whoever signs in as this user or takes the disk has them.',
      }),
    get: async (name) => {
      const file = fileOf(name);
      try {
        return new Uint8Array(await readFile(file));
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    set: async (name, value) => {
      const file = fileOf(name);
      await ensureFolder();
      const draft = `${file}.${randomBytes(6).toString('hex')}`;
      const handle = await open(draft, 'wx', 0o600);
      try {
        await handle.writeFile(value);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(draft, file);
      await syncFolder();
    },
    delete: async (name) => {
      await rm(fileOf(name), { force: true });
    },
  };
};
