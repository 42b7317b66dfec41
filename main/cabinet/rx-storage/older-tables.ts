import type Database from 'better-sqlite3-multiple-ciphers';
import type { StoredDocument } from './stored-document.ts';

/** What a collection's storage kept under an earlier version of its schema. */
export type OlderTable = {
  /** All documents, a page at a time. */
  pages(limit: number): Generator<StoredDocument[]>;
  drop(): void;
};

/** Tables that an earlier program left for a collection, oldest schema first. Calls belong inside a transaction. */
export function olderTables(
  db: Database.Database,
  databaseName: string,
  collectionName: string,
  version: number,
): OlderTable[] {
  const number = db.prepare<[string], number>('select number from rx_table where name=?').pluck();
  const versions = Array.from({ length: version }, (_, older) => older);
  return versions.flatMap((older) => {
    const key = JSON.stringify([databaseName, collectionName, older]);
    const found = number.get(key);
    return found === undefined ? [] : [olderTable(db, key, `rx_${found}`)];
  });
}

function olderTable(db: Database.Database, key: string, t: string): OlderTable {
  return {
    *pages(limit) {
      const next = db.prepare<unknown[], { r: number; data: string }>(
        `select r, data from ${t} where r>? and del=0 order by r limit ?`,
      );
      for (let rows = next.all(0, limit); rows.length > 0; rows = next.all(rows.at(-1)?.r, limit))
        yield rows.map((row) => JSON.parse(row.data));
    },
    drop() {
      dropTable(db, key, t);
    },
  };
}

/** A table with everything that belongs to it. */
export function dropTable(db: Database.Database, key: string, t: string): void {
  // Files of the first version have a table for attachments beside each.
  db.exec(`drop table ${t}; drop table if exists ${t}_att`);
  db.prepare('delete from rx_table where name=?').run(key);
}
