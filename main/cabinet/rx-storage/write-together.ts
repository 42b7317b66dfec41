import type Database from 'better-sqlite3-multiple-ciphers';
import { now } from 'rxdb';
import type { Subject } from 'rxjs';
import { announcement } from './event-bus.ts';
import type { EventBus } from './event-bus.ts';
import type { SqliteInstance } from './instance.ts';
import type { StoredDocument } from './stored-document.ts';
import type { TurnRow } from './turn-rows.ts';

export type TurnSet = { instance: SqliteInstance; rows: TurnRow[] };

/** Said once per committed turn, after the events of all its collections. */
export type CommittedTurn = { context: string; sets: TurnSet[]; written: StoredDocument[][] };

/** Own tables' part of a turn (outbox, audit, base, cursor, search rows); must be synchronous. */
export type AlsoInTurn = (db: Database.Database, written: StoredDocument[][]) => void;

/**
 * One transaction over several collections, synchronous, all or nothing. Order: rows of each set, `also`, commit, each
 * collection's events, one `committed$`, return. Any throw (a `TurnConflictError`, a throw in `also`, disk full) rolls back
 * and emits nothing. `written[i]` = stored documents of set i, without the purged.
 */
export type WriteTogether = (sets: TurnSet[], also?: AlsoInTurn, context?: string) => StoredDocument[][];

export function createWriteTogether(
  db: Database.Database,
  bus: EventBus,
  committed: Subject<CommittedTurn>,
  inTransaction: <T>(work: () => T) => T,
): WriteTogether {
  return (sets, also, context = 'together') => {
    if (new Set(sets.map((set) => set.instance)).size !== sets.length) throw new Error('one set per instance');
    const parts = inTransaction(() => {
      const lwt = now();
      const done = sets.map((set) => set.instance.writeInside(set.rows, context, lwt));
      const result: unknown = also?.(
        db,
        done.map((part) => part.written),
      );
      // A commit that does not wait for the promise would store half of the turn.
      if (result instanceof Promise) {
        result.catch(() => undefined);
        throw new Error('also() must be synchronous');
      }
      return done;
    });
    const written = parts.map((part) => part.written);
    const events = parts.flatMap((part) => part.announcements);
    bus.emit([...events, announcement(committed, { context, sets, written })]);
    return written;
  };
}
