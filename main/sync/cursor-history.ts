import type Database from 'better-sqlite3-multiple-ciphers';
import type { Cursor } from '../../shared/kernel/change-set.ts';

/** As many pairs as one question may hold (`commonRequestSchema`). */
const MOST = 1000;

/** The pairs of (change number, chain hash there) that this station has stood at: dense where they are new, sparser with age. */
export function createCursorHistory(db: Database.Database) {
  const insert = db.prepare(
    'insert into cursors(number, hash) values(?, ?) on conflict do update set hash = excluded.hash',
  );
  const all = db.prepare('select number, hash from cursors order by number desc');
  const drop = db.prepare('delete from cursors where number = ?');
  const count = db.prepare('select count(*) from cursors').pluck();
  return {
    /** Belongs inside the turn that brings the cursor. */
    note: ({ number, hash }: Cursor): void => {
      if (number === 0) return;
      insert.run(number, hash);
      if ((count.get() as number) <= MOST) return;
      const older = (all.all() as Cursor[]).slice(MOST / 2);
      for (const [i, cursor] of older.entries()) if (i % 2 === 1) drop.run(cursor.number);
    },
    /** Newest first. */
    all: (): Cursor[] => all.all() as Cursor[],
    /** What lies after a number was of a history that is over. */
    dropAfter: (number: number): void => {
      db.prepare('delete from cursors where number > ?').run(number);
    },
  };
}
export type CursorHistory = ReturnType<typeof createCursorHistory>;
