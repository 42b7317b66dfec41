import { type Journal, type JournalReport, openJournal } from '../journal.ts';
import type { ReceivedInstance } from '../ports.ts';
import { type CommitOutcome, createCommitQueue } from './commit-queue.ts';
import { createIncomingObject, type IncomingObject } from '../../vault/incoming-object.ts';
import { objectFileName, openObjectFolder } from './object-folder.ts';

export type ReceivedFacts = Omit<ReceivedInstance, 'journalSeq' | 'datasetBytes' | 'datasetSha256' | 'fileName'>;

export type ObjectStore = {
  /** Starts taking a dataset. Throws the file system's error. */
  begin(): IncomingObject;
  /** Ends it: durable and journalled when this resolves; rejects with the system's error and leaves nothing behind. */
  keep(object: IncomingObject, facts: ReceivedFacts): Promise<CommitOutcome>;
  journal: Journal;
  close(): Promise<void>;
};

/** What the start found; all of it is for people to look at, none of it stops the door. */
export type StoreReport = JournalReport & {
  /** Numbers of journal lines whose file is not there. */
  missingFileSeqs: number[];
  /** Whole files without a line: their sender was never told that we have them and will send them again. */
  unjournalledFiles: number;
};

export type ObjectStoreOpened =
  | { ok: true; store: ObjectStore; report: StoreReport }
  | { ok: false; code: 'not_a_journal'; why: string };

/** Opens object folder and journal together and compares them. `key` is the station's 32-byte object key. */
export async function openObjectStore(options: {
  objectFolder: string;
  journalFile: string;
  key: Uint8Array;
}): Promise<ObjectStoreOpened> {
  const folder = await openObjectFolder(options.objectFolder);
  const onDisk = folder.listFileNames();
  const journalled = new Set<string>();
  const missingFileSeqs: number[] = [];
  const opened = await openJournal(options.journalFile, options.key, ({ fileName, journalSeq }) => {
    journalled.add(shortName(fileName));
    if (!onDisk.has(fileName)) missingFileSeqs.push(journalSeq);
  });
  if (!opened.ok) return opened;
  const { journal } = opened;
  const commits = createCommitQueue({
    journal,
    folder,
    isJournalled: (fileName) => journalled.has(shortName(fileName)),
    noteJournalled: (fileName) => journalled.add(shortName(fileName)),
  });
  const underWay = new Set<Promise<CommitOutcome>>();
  const keep = async (object: IncomingObject, facts: ReceivedFacts): Promise<CommitOutcome> => {
    try {
      const dataset = await object.finish();
      const named = { ...facts, ...dataset };
      return await commits.commit(object.tempPath, { ...named, fileName: objectFileName(named) });
    } catch (error) {
      object.drop();
      throw error;
    }
  };
  const unjournalledFiles = Array.from(onDisk).filter((fileName) => !journalled.has(shortName(fileName))).length;
  return {
    ok: true,
    report: { ...opened.report, missingFileSeqs, unjournalledFiles },
    store: {
      begin: () => createIncomingObject(folder.tempPath(), options.key),
      async keep(object, facts) {
        const kept = keep(object, facts);
        underWay.add(kept);
        try {
          return await kept;
        } finally {
          underWay.delete(kept);
        }
      },
      journal,
      async close() {
        await Promise.allSettled(underWay);
        journal.close();
      },
    },
  };
}

/** 96 bits of a file's hash in 12 characters: a set of a million names has to fit into the door's memory. */
function shortName(fileName: string): string {
  return Buffer.from(fileName.slice(3, 27), 'hex').toString('latin1');
}
