import { createHash } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { syncData, writeAll } from './durable-files.ts';
import { createObjectEncryptor } from './object-cipher.ts';

/** A dataset on its way to the disk, encrypted as it comes. Either `finish` or `drop` ends it. */
export type IncomingObject = {
  tempPath: string;
  /** Bytes taken so far. */
  length(): number;
  /** The bytes are copied or sealed before this returns. Throws the file system's error. */
  write(bytes: Uint8Array): void;
  /** Writes the end, forces it to the disk and closes the file. Rejects with the file system's error. */
  finish(): Promise<{ datasetBytes: number; datasetSha256: string }>;
  /** Forgets the object and removes its file; safe at any time, also twice. */
  drop(): void;
};

/** So many sealed bytes are gathered for one system call: a call for each PDU costs more than the encryption. */
const batchBytes = 512 * 1024;

/** Starts a file at `tempPath`, which must not exist. Throws the file system's error. */
export function createIncomingObject(tempPath: string, key: Uint8Array): IncomingObject {
  const encryptor = createObjectEncryptor(key);
  const hash = createHash('sha256');
  const fd = openSync(tempPath, 'wx', 0o600);
  let isOpen = true;
  let length = 0;
  let batch: Buffer[] = [encryptor.header];
  let batchedBytes = 0;

  const flush = (): void => {
    const parts = batch;
    batch = [];
    batchedBytes = 0;
    writeAll(fd, parts);
  };
  const close = (): void => {
    if (isOpen) closeSync(fd);
    isOpen = false;
  };

  return {
    tempPath,
    length: () => length,
    write(bytes) {
      hash.update(bytes);
      length += bytes.length;
      for (const sealed of encryptor.push(bytes)) {
        batch.push(sealed);
        batchedBytes += sealed.length;
      }
      if (batchedBytes >= batchBytes) flush();
    },
    async finish() {
      batch.push(encryptor.end());
      flush();
      await syncData(fd);
      close();
      return { datasetBytes: length, datasetSha256: hash.digest('hex') };
    },
    drop() {
      close();
      rmSync(tempPath, { force: true });
    },
  };
}
