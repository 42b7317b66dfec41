import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { OutgoingFile, SaveOutcome } from './desktop-host.ts';

const nameForm = /^[a-z0-9][a-z0-9-]{0,60}\.[a-z0-9]{1,5}$/;
/** So many files of one name, and somebody should look into the folder. */
const NUMBERS = 999;

const refusals: Readonly<Record<string, 'disk-full' | 'folder-refused'>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'folder-refused',
  EPERM: 'folder-refused',
  EROFS: 'folder-refused',
  ENOTDIR: 'folder-refused',
  ENOENT: 'folder-refused',
  EEXIST: 'folder-refused',
};

/** Throws for a name that could be a path or carry words: only names that we made ourselves go out. */
export function checkOutgoingName(name: string): void {
  if (!nameForm.test(name)) throw new Error('Not a name for an outgoing file');
}

/**
 * Writes an outgoing file whole or not at all, mode 0600, synced to disk; the folder is made with 0700 where it is not there.
 * In a folder the name is taken exclusively: a taken one gets a number (`report-1a2b3c4d-2.pdf`). Rejects where the chunks do,
 * and for a name that is not ours.
 */
export async function writeNewFile(folder: string, file: OutgoingFile): Promise<SaveOutcome> {
  checkOutgoingName(file.name);
  return await refusing(async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = await takeName(folder, file.name);
    try {
      await writeWhole(path, file.chunks);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return path;
  });
}

/** The same at a path that a person chose, over what may lie there. */
export async function writeChosenFile(path: string, chunks: OutgoingFile['chunks']): Promise<SaveOutcome> {
  return await refusing(async () => {
    await writeWhole(path, chunks);
    return path;
  });
}

async function refusing(write: () => Promise<string>): Promise<SaveOutcome> {
  try {
    return { ok: true, path: await write() };
  } catch (error) {
    const code = refusals[(error as NodeJS.ErrnoException).code ?? ''];
    if (code === undefined) throw error;
    return { ok: false, code };
  }
}

/** Holds the first free name by an empty file that nobody else can have made. */
async function takeName(folder: string, name: string): Promise<string> {
  const extension = extname(name);
  const stem = name.slice(0, -extension.length);
  for (let number = 1; number <= NUMBERS; number += 1) {
    const path = join(folder, number === 1 ? name : `${stem}-${number}${extension}`);
    try {
      await (await open(path, 'wx', 0o600)).close();
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number === NUMBERS) throw error;
    }
  }
  throw new Error('No free name');
}

/** Beside it first, then in its place: a program that watches the folder never sees half a file. */
async function writeWhole(path: string, chunks: OutgoingFile['chunks']): Promise<void> {
  const part = join(dirname(path), `.${randomUUID()}.part`);
  try {
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(chunks);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
