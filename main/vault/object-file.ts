import { type FileHandle, open } from 'node:fs/promises';
import { chunkBytes, createObjectDecryptor, objectHeaderBytes, objectLayout, sealedRange } from './object-cipher.ts';

export type ObjectProblem = { ok: false; code: 'object_missing' | 'object_damaged'; why: string };

/** An object opened for reading. Ranges may be asked at the same time and in any order. */
export type OpenedObject = {
  /** Plain length in bytes. */
  length: number;
  /** Bytes from `start` to `end` (exclusive, cut at the length). What was altered on disk is never returned. */
  read(start: number, end: number): Promise<{ ok: true; bytes: Buffer } | ObjectProblem>;
  close(): Promise<void>;
};

export type OpenResult = { ok: true; object: OpenedObject } | ObjectProblem;

const damaged = (why: string): ObjectProblem => ({ ok: false, code: 'object_damaged', why });

/**
 * Opens an encrypted object file. The last chunk is checked at once, so that a cut file is found before its first range is
 * given out; every other chunk is checked when it is read. `key` is the station's 32-byte object key.
 */
export async function openObject(path: string, key: Uint8Array): Promise<OpenResult> {
  const file = await open(path, 'r').catch((error: unknown) => error);
  if (!isHandle(file)) {
    if (file instanceof Error && 'code' in file && file.code === 'ENOENT') {
      return { ok: false, code: 'object_missing', why: 'no such file' };
    }
    throw file;
  }
  const result = await openHandle(file, key);
  if (!result.ok) await file.close();
  return result;
}

async function openHandle(file: FileHandle, key: Uint8Array): Promise<OpenResult> {
  const { size } = await file.stat();
  const layout = objectLayout(size);
  if (layout === undefined) return damaged('not the length of an object file');
  const { length, chunks } = layout;
  const decryptor = createObjectDecryptor(key, await readExactly(file, 0, objectHeaderBytes), chunks);
  if (decryptor === undefined) return damaged('not an object file of a known version');

  const readChunks = async (first: number, last: number): Promise<Buffer | undefined> => {
    const range = sealedRange(first, last);
    const end = Math.min(range.end, size);
    const sealed = await readExactly(file, range.start, end);
    return sealed.length === end - range.start ? decryptor.open(sealed, first) : undefined;
  };
  if ((await readChunks(chunks - 1, chunks - 1)) === undefined)
    return damaged('end cut off or altered, or another key');

  return {
    ok: true,
    object: {
      length,
      async read(start, end) {
        const stop = Math.min(end, length);
        if (!(start >= 0) || start >= stop) return { ok: true, bytes: Buffer.alloc(0) };
        const first = Math.floor(start / chunkBytes);
        const plain = await readChunks(first, Math.floor((stop - 1) / chunkBytes));
        if (plain === undefined) return damaged('content altered');
        return { ok: true, bytes: plain.subarray(start - first * chunkBytes, stop - first * chunkBytes) };
      },
      close: () => file.close(),
    },
  };
}

async function readExactly(file: FileHandle, start: number, end: number): Promise<Buffer> {
  const buffer = Buffer.alloc(end - start);
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
    if (bytesRead === 0) return buffer.subarray(0, filled);
    filled += bytesRead;
  }
  return buffer;
}

function isHandle(value: unknown): value is FileHandle {
  return typeof value === 'object' && value !== null && 'stat' in value && 'read' in value;
}
