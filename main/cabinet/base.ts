import type Database from 'better-sqlite3-multiple-ciphers';
import { kinds } from '../../shared/collections.ts';
import { overlayPatch } from '../../shared/desk/apply.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { upgradeSet } from '../../shared/kernel/upgrade.ts';
import type { CabinetWrite, Held } from './stored-form.ts';
import type { SetLog } from './set-log.ts';

export type BaseDoc = { doc: Doc | null; number: number };

/**
 * The server's form of documents that pending sets rest on. What is shown is base ⊕ pending sets in their order
 * (`change-sets.md` §2), worked out in memory and written once a turn.
 */
export function createBase(db: Database.Database) {
  const get = db.prepare('select doc, number from base where kind = ? and id = ?');
  const keep = db.prepare('insert into base(kind, id, doc, number) values(?, ?, ?, ?) on conflict do nothing');
  const put = db.prepare(
    'insert into base(kind, id, doc, number) values(?, ?, ?, ?) on conflict do update set doc = excluded.doc, number = excluded.number',
  );
  const drop = db.prepare('delete from base where kind = ? and id = ?');
  return {
    get: (kind: string, id: string): BaseDoc | undefined => {
      const row = get.get(kind, id) as { doc: string | null; number: number } | undefined;
      return row && { doc: row.doc === null ? null : (JSON.parse(row.doc) as Doc), number: row.number };
    },
    /** Remembers the form before the first pending set, once. */
    keep: (kind: string, id: string, held: Held | undefined): void => {
      keep.run(kind, id, held ? JSON.stringify(held.doc) : null, held?.number ?? 0);
    },
    put: (kind: string, id: string, { doc, number }: BaseDoc): void => {
      put.run(kind, id, doc ? JSON.stringify(doc) : null, number);
    },
    drop: (kind: string, id: string): void => {
      drop.run(kind, id);
    },
    all: (): Array<{ kind: string; id: string }> =>
      db.prepare('select kind, id from base').all() as Array<{ kind: string; id: string }>,
  };
}
export type Base = ReturnType<typeof createBase>;
type HeldDocuments = { getHeld: (kind: string, id: string) => Held | undefined };

/** Every document that rests on open sets, as it is to be shown over the base given; for a turn's writes. */
export function replay(cabinet: HeldDocuments, base: Base, log: SetLog, only?: ReadonlySet<string>): CabinetWrite[] {
  const shown = new Map<string, CabinetWrite>();
  for (const { set } of log.open()) {
    for (const patch of upgradeSet(kinds, set).patches) {
      const key = `${patch.kind}/${patch.id}`;
      const kind = kinds[patch.kind];
      if (!kind || (only && !only.has(key))) continue;
      const before = shown.get(key) ?? startOf(cabinet, base, patch.kind, patch.id);
      shown.set(key, { ...before, doc: overlayPatch(kind, before.doc, patch) });
    }
  }
  return [...shown.values()];
}

function startOf(cabinet: HeldDocuments, base: Base, kind: string, id: string): CabinetWrite {
  const from = base.get(kind, id);
  if (from) return { kind, id, doc: from.doc, number: from.number };
  const held = cabinet.getHeld(kind, id);
  return { kind, id, doc: held?.doc ?? null, number: held?.number ?? 0 };
}
