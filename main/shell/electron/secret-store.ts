import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import type { DesktopHost } from '../desktop-host.ts';

const nameForm = /^[a-z0-9][a-z0-9._-]{0,63}$/;

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * Secrets wrapped by the operating system's key store and kept as files in `secretDir`. On Linux without a key store
 * Electron falls back to a password that everyone knows: `backend()` says so, and `set` refuses.
 */
export const createSecretStore = (secretDir: string): DesktopHost['secrets'] => {
  const fileOf = (name: string): string => {
    if (!nameForm.test(name)) throw new Error('Not a secret name');
    return join(secretDir, `${name}.sealed`);
  };
  const backendName = (): string =>
    process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : `${process.platform}-key-store`;
  const isStrong = async (): Promise<boolean> =>
    (await safeStorage.isAsyncEncryptionAvailable()) && !['basic_text', 'unknown'].includes(backendName());
  const write = async (file: string, value: Uint8Array): Promise<void> => {
    await mkdir(secretDir, { recursive: true, mode: 0o700 });
    const sealed = await safeStorage.encryptStringAsync(Buffer.from(value).toString('base64'));
    await writeFile(`${file}.new`, sealed, { mode: 0o600, flush: true });
    await rename(`${file}.new`, file);
  };
  return {
    backend: async () => {
      const strong = await isStrong();
      const note = strong
        ? 'Keys are sealed by the operating system.'
        : 'This machine has no key store: keys cannot be sealed here.';
      return { name: backendName(), strong, note };
    },
    get: async (name) => {
      const file = fileOf(name);
      let sealed: Buffer;
      try {
        sealed = await readFile(file);
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
      const value = new Uint8Array(Buffer.from(result, 'base64'));
      if (shouldReEncrypt) await write(file, value);
      return value;
    },
    set: async (name, value) => {
      const file = fileOf(name);
      if (!(await isStrong())) throw new Error('No key store on this machine');
      await write(file, value);
    },
    delete: async (name) => {
      await rm(fileOf(name), { force: true });
    },
  };
};
