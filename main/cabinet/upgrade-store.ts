import type Database from 'better-sqlite3-multiple-ciphers';
import { now } from 'rxdb';
import { sameJson } from '../../shared/kernel/canonical-json.ts';
import type { CollectionName, Doc, KindSpec } from '../../shared/kernel/kind.ts';
import { upgradeDoc } from '../../shared/kernel/upgrade.ts';
import { createBase, replay } from './base.ts';
import type { Collections } from './collections.ts';
import { DATABASE_NAME } from './collections.ts';
import type { Lookup } from './lookup.ts';
import { STORE_VERSION } from './own-tables.ts';
import { olderTables } from './rx-storage/older-tables.ts';
import type { SqliteRxStorage } from './rx-storage/storage.ts';
import type { TurnRow } from './rx-storage/turn-rows.ts';
import { createSetLog } from './set-log.ts';
import type { Held, StoredForm } from './stored-form.ts';
import { rowOf } from './stored-form.ts';

export type UpgradeParts = {
  db: Database.Database;
  storage: SqliteRxStorage;
  collections: Collections;
  registry: Readonly<Record<string, KindSpec>>;
  lookup: Lookup;
  /** Puts a patient into the search, inside the transaction. */
  putPatient: (id: string, doc: Doc | null) => void;
  getHeld: (kind: string, id: string) => Held | undefined;
};

const PAGE = 500;

/**
 * Brings what an earlier program left into the shapes of this one, in one transaction, before anybody reads: documents of older RxDB
 * schemas, the bases of pending sets, and what those show over them. All of it or nothing; the next start tries again. Look-up rows
 * follow after it. RxDB's own migration is not used: it lost documents for good where one write failed (`docs/decisions/0028`).
 */
export function upgradeStore(parts: UpgradeParts): void {
  const { db, storage, collections } = parts;
  // Setting it writes, even where it is the same: a full disk must not keep a known store shut.
  if (db.pragma('user_version', { simple: true }) === STORE_VERSION) return;
  storage.writeTogether(
    [],
    () => {
      for (const [name, { version }] of collections.schemas) moveOlder(parts, name, version);
      upgradeBases(parts);
      showPending(parts);
      db.pragma(`user_version = ${STORE_VERSION}`);
    },
    'upgrade',
  );
}

function moveOlder(
  { db, collections, registry, putPatient }: UpgradeParts,
  name: CollectionName,
  version: number,
): void {
  const instance = collections.instanceOf(name);
  for (const table of olderTables(db, DATABASE_NAME, name, version)) {
    for (const page of table.pages(PAGE)) {
      const rows = page.map((stored): TurnRow => {
        const { kind, id, number, body } = stored as unknown as StoredForm;
        const doc = upgradeDoc(registry, kind, body);
        if (kind === 'patient' && doc !== body) putPatient(id, doc);
        return rowOf({ kind, id, number, doc });
      });
      instance.writeInside(rows, 'upgrade', now());
    }
    table.drop();
  }
}

function upgradeBases({ db, registry }: UpgradeParts): void {
  const base = createBase(db);
  for (const { kind, id } of base.all()) {
    const old = base.get(kind, id);
    if (old?.doc) base.put(kind, id, { ...old, doc: upgradeDoc(registry, kind, old.doc) });
  }
}

/** What pending sets show is derived again, from their upgraded values over the upgraded bases (`change-sets.md` §2). */
function showPending({ db, collections, registry, getHeld, lookup, putPatient }: UpgradeParts): void {
  for (const shown of replay({ getHeld }, createBase(db), createSetLog(db))) {
    const spec = registry[shown.kind];
    const held = getHeld(shown.kind, shown.id)?.doc ?? null;
    if (!spec || sameJson(held, shown.doc)) continue;
    collections.instanceOf(spec.collection).writeInside([rowOf(shown)], 'upgrade', now());
    lookup.put(spec, shown.id, shown.doc);
    if (shown.kind === 'patient') putPatient(shown.id, shown.doc);
  }
}
