import { renameSync, rmSync } from 'node:fs';
import { syncFolder } from '../../vault/durable-files.ts';
import type { Journal, NewEntry } from '../journal.ts';
import type { ReceivedInstance } from '../ports.ts';
import type { ObjectFolder } from './object-folder.ts';

export type CommitOutcome = { kind: 'stored'; instance: ReceivedInstance } | { kind: 'duplicate' };

export type CommitQueue = {
  /**
   * Makes an object whose file is whole and synced at `tempPath` part of the store: rename, folder sync, journal line, journal
   * sync. Resolves when all of it is on the disk; rejects with the system's error, and then neither file nor line remains.
   */
  commit(tempPath: string, entry: NewEntry): Promise<CommitOutcome>;
};

type Waiting = {
  tempPath: string;
  entry: NewEntry;
  resolve(outcome: CommitOutcome): void;
  reject(error: unknown): void;
};

/**
 * Group commit: while one batch is being synced, what other associations finish waits and goes together in the next, so that many
 * senders share the price of a sync. `isJournalled` and `noteJournalled` tell what is in the journal by file name.
 */
export function createCommitQueue(options: {
  journal: Journal;
  folder: ObjectFolder;
  isJournalled(fileName: string): boolean;
  noteJournalled(fileName: string): void;
}): CommitQueue {
  const { journal, folder } = options;
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  /** Renames what is new and returns it; equal objects resolve at once or after the one they equal. */
  const place = (batch: Waiting[]): { fresh: Waiting[]; echoes: Waiting[] } => {
    const names = new Set<string>();
    const fresh: Waiting[] = [];
    const echoes: Waiting[] = [];
    for (const item of batch) {
      const { fileName } = item.entry;
      const isKnown = options.isJournalled(fileName) && folder.exists(fileName);
      if (isKnown || names.has(fileName)) {
        rmSync(item.tempPath, { force: true });
        echoes.push(item);
        continue;
      }
      try {
        renameSync(item.tempPath, folder.pathOf(fileName));
        names.add(fileName);
        fresh.push(item);
      } catch (error) {
        rmSync(item.tempPath, { force: true });
        item.reject(error);
      }
    }
    return { fresh, echoes };
  };

  const commitBatch = async (batch: Waiting[]): Promise<void> => {
    const { fresh, echoes } = place(batch);
    try {
      const folders = new Set(fresh.map((item) => folder.folderOf(item.entry.fileName)));
      await Promise.all(Array.from(folders, syncFolder));
      const instances = fresh.length === 0 ? [] : await journal.append(fresh.map((item) => item.entry));
      for (const [index, instance] of instances.entries()) {
        options.noteJournalled(instance.fileName);
        fresh[index]?.resolve({ kind: 'stored', instance });
      }
      for (const echo of echoes) echo.resolve({ kind: 'duplicate' });
    } catch (error) {
      for (const item of fresh) rmSync(folder.pathOf(item.entry.fileName), { force: true });
      for (const item of [...fresh, ...echoes]) item.reject(error);
    }
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await commitBatch(batch);
    }
    running = undefined;
  };

  return {
    commit: (tempPath, entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ tempPath, entry, resolve, reject });
        running ??= run();
      }),
  };
}
