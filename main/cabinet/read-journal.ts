import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3-multiple-ciphers';

export type Read = { userId: string; view: string; patientId: string | null };
export type ReadRow = {
  seq: number;
  atUtc: string;
  userId: string;
  view: string;
  patientId: string | null;
  hash: string;
};

const FLUSH_MS = 1000;

/**
 * The journal of reads of patient data: hash-chained, written in batches at most one second behind (design §2). While it
 * can't be written (a full disk) its lines wait; `onFailure` hears of it once a while.
 */
export function createReadJournal(db: Database.Database, nowMs: () => number, onFailure: (error: unknown) => void) {
  const insert = db.prepare('insert into reads(seq, at_utc, user_id, view, patient_id, hash) values(?, ?, ?, ?, ?, ?)');
  const last = db.prepare('select seq, hash from reads order by seq desc limit 1');
  let waiting: Array<Read & { atUtc: string }> = [];
  let isFailing = false;

  const flush = (): void => {
    const batch = waiting;
    if (batch.length === 0) return;
    let { seq, hash } = (last.get() as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: '' };
    db.transaction(() => {
      for (const one of batch) {
        seq += 1;
        hash = createHash('sha256')
          .update(`${hash}${one.atUtc}${one.userId}${one.view}${one.patientId ?? ''}`)
          .digest('hex');
        insert.run(seq, one.atUtc, one.userId, one.view, one.patientId, hash);
      }
    })();
    waiting = waiting.slice(batch.length);
    isFailing = false;
  };
  const tryFlush = (): void => {
    try {
      flush();
    } catch (error) {
      if (!isFailing) onFailure(error);
      isFailing = true;
    }
  };
  const timer = setInterval(tryFlush, FLUSH_MS);
  timer.unref();

  return {
    note: (read: Read): void => {
      waiting.push({ ...read, atUtc: new Date(nowMs()).toISOString() });
    },
    unsent: (limit: number): ReadRow[] =>
      db
        .prepare(
          'select seq, at_utc as atUtc, user_id as userId, view, patient_id as patientId, hash from reads where sent = 0 order by seq limit ?',
        )
        .all(limit) as ReadRow[],
    markSent: (throughSeq: number): void => {
      db.prepare('update reads set sent = 1 where seq <= ? and sent = 0').run(throughSeq);
    },
    stop: (): void => {
      clearInterval(timer);
      tryFlush();
    },
  };
}
export type ReadJournal = ReturnType<typeof createReadJournal>;
