import type Database from 'better-sqlite3-multiple-ciphers';
import type { z } from 'zod';
import type { InstanceHeader } from '../../../shared/imaging/instance-header.ts';
import type { receivedSchema } from '../../../shared/imaging/receive-facts.ts';
import { RECEIVE_BATCH } from '../../../shared/imaging/receive-facts.ts';
import type { ReceivedInstance } from '../../dicom/ports.ts';
import type { ParseJob, ParseResult } from '../../parser/pool.ts';
import type { FileVault } from '../../vault/file-vault.ts';
import { storeFailureOf } from '../../cabinet/sqlite/store-failure.ts';

type Received = z.infer<typeof receivedSchema>;
export type StudyBatch = { studyInstanceUid: string; callingAeTitle: string; instances: Received[] };
type Row = { journal_seq: number; body: string };

export type DrainParts = {
  db: Database.Database;
  vault: FileVault;
  objectPath: (fileName: string) => string;
  objectKey: Uint8Array;
  parse: (job: ParseJob) => Promise<ParseResult>;
  /** Files one batch at the desk; a throw leaves it for the next round. */
  fileBatch: (batch: StudyBatch) => Promise<void>;
  /** Everything up to here is in this store for good. */
  acknowledge: (throughSeq: number) => void;
  report: (entry: Record<string, unknown>) => void;
};

/** Objects of one study that come close together make one set (`change-sets.md` §7). */
const GATHER_MS = 300;
const RETRY_MS = 5000;

/**
 * Drains the DICOM door's journal: each line is kept here first and acknowledged, then its object is read in the killable
 * parser, then filed at the desk. What was kept and not filed yet is filed after a restart; filing twice adds nothing.
 */
export function createDrain(parts: DrainParts) {
  const { db, vault } = parts;
  const keep = db.prepare('insert into received(journal_seq, sha256, body) values(?, ?, ?) on conflict do nothing');
  const open = db.prepare('select journal_seq, body from received where filed = 0 order by journal_seq limit 200');
  const done = db.prepare('update received set filed = 1 where journal_seq = ?');
  const last = db.prepare('select coalesce(max(journal_seq), 0) from received').pluck();
  let running: Promise<void> | undefined;
  let again = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  /** What the door told and this store could not keep yet (a full disk), in the door's order; never acknowledged before it is. */
  const told: ReceivedInstance[] = [];

  /** Undefined where the parser was closed before it had read it. */
  const readOne = async (instance: ReceivedInstance): Promise<Received | undefined> => {
    const result = await parts.parse({
      objectPath: parts.objectPath(instance.fileName),
      key: parts.objectKey,
      transferSyntaxUid: instance.transferSyntaxUid,
    });
    if (!result.ok && result.reason === 'closed') return undefined;
    if (!result.ok)
      parts.report({ level: 'warn', what: 'object-not-read', reason: result.reason, journalSeq: instance.journalSeq });
    const header: InstanceHeader | null = result.ok ? result.header : null;
    const { sopInstanceUid, sopClassUid, transferSyntaxUid, datasetSha256, datasetBytes, callingAeTitle } = instance;
    return {
      sopInstanceUid,
      sopClassUid,
      transferSyntaxUid,
      datasetSha256,
      datasetBytes,
      callingAeTitle,
      receivedAtUtc: instance.receivedAtUtc,
      header,
    };
  };

  const round = async (): Promise<void> => {
    const rows = open.all() as Row[];
    const batches = new Map<string, { batch: StudyBatch; seqs: number[] }>();
    for (const row of rows) {
      // What is not filed now is read again at the next start.
      if (isStopped) return;
      const received = await readOne(JSON.parse(row.body) as ReceivedInstance);
      if (!received) return;
      const studyInstanceUid = received.header?.studyInstanceUid || received.sopInstanceUid;
      const key = `${studyInstanceUid} ${received.callingAeTitle}`;
      const entry = batches.get(key) ?? {
        batch: { studyInstanceUid, callingAeTitle: received.callingAeTitle, instances: [] },
        seqs: [],
      };
      entry.batch.instances.push(received);
      entry.seqs.push(row.journal_seq);
      batches.set(key, entry);
      if (entry.seqs.length === RECEIVE_BATCH) {
        await finish(entry);
        batches.delete(key);
      }
    }
    for (const entry of batches.values()) await finish(entry);
    again ||= rows.length === 200;
  };

  /** Keeps what was told, as far as the disk lets it. */
  const keepTold = (): void => {
    try {
      for (let instance = told[0]; instance; instance = told[0]) {
        const { journalSeq, datasetSha256, fileName, datasetBytes } = instance;
        const body = JSON.stringify(instance);
        db.transaction(() => {
          keep.run(journalSeq, datasetSha256, body);
          vault.adopt(datasetSha256, fileName, datasetBytes);
        })();
        told.shift();
        parts.acknowledge(journalSeq);
      }
    } catch (error) {
      const code = storeFailureOf(error)?.code;
      if (!code) throw error;
      parts.report({ level: 'error', what: 'received-not-kept', code });
    }
  };

  const finish = async (entry: { batch: StudyBatch; seqs: number[] }): Promise<void> => {
    await parts.fileBatch(entry.batch);
    for (const seq of entry.seqs) done.run(seq);
  };

  const run = (): void => {
    if (running) {
      again = true;
      return;
    }
    running = runRounds().finally(() => {
      running = undefined;
      if (told.length > 0) soon(RETRY_MS);
    });
  };

  const runRounds = async (): Promise<void> => {
    try {
      keepTold();
      do {
        again = false;
        await round();
      } while (again);
    } catch (error) {
      parts.report({ level: 'error', what: 'drain-failed', name: error instanceof Error ? error.name : 'unknown' });
      soon(RETRY_MS);
    }
  };

  const soon = (ms: number): void => {
    if (isStopped) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      run();
    }, ms);
  };

  return {
    lastSeq: (): number => last.get() as number,
    take: (instance: ReceivedInstance): void => {
      // Not acknowledged, so the door tells it again.
      if (isStopped) return;
      told.push(instance);
      keepTold();
      soon(told.length > 0 ? RETRY_MS : GATHER_MS);
    },
    start: (): void => soon(0),
    /** Ends with the object that is being read; nothing touches the store once this resolves. */
    stop: async (): Promise<void> => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
