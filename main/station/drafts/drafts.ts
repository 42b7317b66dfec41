import type Database from 'better-sqlite3-multiple-ciphers';
import { kinds } from '../../../shared/collections.ts';
import type { SavedDraft } from '../../../shared/ipc/contract.ts';
import { upgradeDoc } from '../../../shared/kernel/upgrade.ts';

type Row = { key: string; patient_id: string | null; body: string; seen: string; saved_at_utc: string };

/**
 * What people type and have not yet made a command: on disk when `save` returns (SQLite commits with fsync), never synced,
 * each person's own. A draft keeps the documents that it began from, so that its command's `before` is what was shown.
 */
export function createDrafts(db: Database.Database, nowMs: () => number) {
  const put = db.prepare(
    `insert into drafts(user_id, key, patient_id, body, seen, saved_at_utc) values(?, ?, ?, ?, ?, ?) on conflict(user_id, key) do update set
     body = excluded.body, seen = excluded.seen, saved_at_utc = excluded.saved_at_utc, patient_id = excluded.patient_id`,
  );
  const get = db.prepare('select * from drafts where user_id = ? and key = ?');
  const all = db.prepare('select * from drafts where user_id = ? order by saved_at_utc desc');
  const drop = db.prepare('delete from drafts where user_id = ? and key = ?');
  const rowOf = (row: Row): SavedDraft => ({
    key: row.key,
    patientId: row.patient_id,
    savedAtUtc: row.saved_at_utc,
    body: JSON.parse(row.body) as SavedDraft['body'],
    seen: upgradedSeen(JSON.parse(row.seen) as SavedDraft['seen']),
  });
  return {
    save: (userId: string, draft: Omit<SavedDraft, 'savedAtUtc'>): string => {
      const savedAtUtc = new Date(nowMs()).toISOString();
      put.run(userId, draft.key, draft.patientId, JSON.stringify(draft.body), JSON.stringify(draft.seen), savedAtUtc);
      return savedAtUtc;
    },
    load: (userId: string, key: string): SavedDraft | null => {
      const row = get.get(userId, key) as Row | undefined;
      return row ? rowOf(row) : null;
    },
    list: (userId: string): SavedDraft[] => (all.all(userId) as Row[]).map(rowOf),
    discard: (userId: string, key: string): void => {
      drop.run(userId, key);
    },
  };
}

/** A draft may have been begun in an earlier program; its documents become what a command's `before` is taken from. */
const upgradedSeen = (seen: SavedDraft['seen']): SavedDraft['seen'] =>
  Object.fromEntries(
    Object.entries(seen).map(([key, doc]) => [key, upgradeDoc(kinds, key.slice(0, key.indexOf('/')), doc)]),
  );
