import { createHash, randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3-multiple-ciphers';
import { canonicalJson } from '../../shared/kernel/canonical-json.ts';
import type { ChangeSet, SetAnswer } from '../../shared/kernel/change-set.ts';

export type SetRow = { seq: number; set: ChangeSet; answer: SetAnswer | null; number: number | null };
type Row = { seq: number; body: string; answer: string | null; number: number | null; hash: string };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The station's change sets in its own order: outbox, sent bodies and audit log in one, each row chained to the one before by
 * a salted hash of its body (`change-sets.md` §5). Writes belong inside the turn that writes the documents.
 */
export function createSetLog(db: Database.Database) {
  const last = db.prepare('select seq, hash from sets order by seq desc limit 1');
  const insert = db.prepare("insert into sets(seq, id, body, salt, hash, state) values(?, ?, ?, ?, ?, 'pending')");
  const open = db.prepare("select seq, body, answer, number, hash from sets where state <> 'done' order by seq");
  const unsent = db.prepare(
    "select seq, body, answer, number, hash from sets where state = 'pending' order by seq limit ?",
  );
  const byId = db.prepare('select seq, body, answer, number, hash from sets where id = ?');
  const answer = db.prepare('update sets set state = ?, answer = ?, number = ? where id = ?');
  const done = db.prepare("update sets set state = 'done' where state = 'answered' and number <= ? returning id");
  const lastOf = db.prepare('select seq, body, answer, number, hash from sets order by seq desc limit ?');

  const parse = (row: Row): SetRow => ({
    seq: row.seq,
    set: JSON.parse(row.body) as ChangeSet,
    answer: row.answer === null ? null : (JSON.parse(row.answer) as SetAnswer),
    number: row.number,
  });
  const head = (): { seq: number; hash: string } =>
    (last.get() as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: '' };

  return {
    head,
    /** Appends a set whose `stationSeq` is `head().seq + 1`. */
    append: (set: ChangeSet): void => {
      const body = canonicalJson(set);
      const salt = randomBytes(16).toString('hex');
      insert.run(set.stationSeq, set.id, body, salt, sha256(head().hash + sha256(salt + body)));
    },
    /** Sets that the documents shown here still rest on, in order. */
    open: (): SetRow[] => (open.all() as Row[]).map(parse),
    unsent: (limit: number): SetRow[] => (unsent.all(limit) as Row[]).map(parse),
    get: (id: string): SetRow | undefined => {
      const row = byId.get(id) as Row | undefined;
      return row && parse(row);
    },
    latest: (limit: number): SetRow[] => (lastOf.all(limit) as Row[]).map(parse),
    /** A held set stays pending; every other answer has a number and waits until the pull has brought it. */
    setAnswer: (given: SetAnswer): void => {
      answer.run(
        given.result === 'held' ? 'pending' : 'answered',
        JSON.stringify(given),
        given.changeNumber,
        given.setId,
      );
    },
    /** Highest number of a set that the server has answered for good; 0 before the first. */
    answeredThrough: (): number =>
      db.prepare("select coalesce(max(seq), 0) from sets where state <> 'pending'").pluck().get() as number,
    /** Sets after `seq` wait again, answered or not: a server that was put back has lost them. Gives them, in order. */
    offerAgain: (seq: number): SetRow[] => {
      db.prepare("update sets set state = 'pending', answer = null, number = null where seq > ?").run(seq);
      return (open.all() as Row[]).map(parse).filter((row) => row.seq > seq);
    },
    /** Held sets are offered once more: what they waited for may have come. */
    offerHeld: (): void => {
      db.prepare("update sets set answer = null where state = 'pending' and answer is not null").run();
    },
    /** Sets whose outcome the pull has brought up to a number: nothing rests on them any more. */
    settleThrough: (number: number): string[] => (done.all(number) as Array<{ id: string }>).map((row) => row.id),
    /** The first row whose chain does not hold, or null. */
    verifyChain: (): number | null => {
      let before = '';
      for (const row of db.prepare('select seq, body, salt, hash from sets order by seq').iterate() as Iterable<
        Row & { salt: string }
      >) {
        if (row.hash !== sha256(before + sha256(row.salt + row.body))) return row.seq;
        before = row.hash;
      }
      return null;
    },
  };
}
export type SetLog = ReturnType<typeof createSetLog>;
