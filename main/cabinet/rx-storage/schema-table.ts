import type Database from 'better-sqlite3-multiple-ciphers';
import { dropTable } from './older-tables.ts';
import { orderKey } from './order-key.ts';
import { idOf } from './stored-document.ts';
import type { PlainDocument, StoredDocument, StoredSchema } from './stored-document.ts';
import { layoutOf } from './table-layout.ts';
import type { TableLayout } from './table-layout.ts';

/** One collection's table with its prepared statements. All calls are synchronous; none opens a transaction. */
export type SchemaTable = {
  name: string;
  schema: StoredSchema;
  layout: TableLayout;
  /** Stores a new document; false (and nothing done) when the id exists. */
  insert(document: StoredDocument): boolean;
  update(document: StoredDocument): void;
  /** The row goes, not only marked as deleted. */
  purge(id: string): void;
  revisionOf(id: string): string | undefined;
  /** The current document, deleted ones too. */
  read(id: string): StoredDocument | undefined;
  readLive(id: string): StoredDocument | undefined;
  changedSince(lwt: number, id: string, limit: number): StoredDocument[];
  /** Purges up to 1000 documents deleted before `lwt`; how many it were. */
  purgeDeletedBefore(lwt: number): number;
  /** Prepares a query once per text; the statement answers the first column. */
  prepared(sql: string): Database.Statement;
  drop(): void;
};

/** The catalogue of tables: collection names are long and full of `-` and `|`, so tables are numbered. */
export function prepareCatalogue(db: Database.Database): void {
  db.exec(
    'create table if not exists rx_table(name text primary key, number integer not null, layout text not null) strict',
  );
}

const tableLayoutVersion = 1;
const preparedAtMost = 500;

/**
 * Opens, or makes, the table of `key`. Throws when the table in the file was made for other columns or indexes than `schema`
 * asks for: that needs a new schema version or a migration step.
 */
export function openSchemaTable(db: Database.Database, key: string, schema: StoredSchema): SchemaTable {
  const layout = layoutOf(schema);
  const layoutText = JSON.stringify([tableLayoutVersion, layout.primaryPath, schema.indexes ?? []]);
  const row = db
    .prepare<[string], { number: number; layout: string }>('select number, layout from rx_table where name=?')
    .get(key);
  if (row && row.layout !== layoutText) throw new Error('the stored table has another layout than the schema');
  const t = `rx_${row?.number ?? makeTable(db, key, layout, layoutText)}`;
  const own = layout.columns;
  const insert = db.prepare(
    `insert into ${t}(${['id,rev,del,lwt,data', ...own].join()}) values(?,?,?,?,?${',?'.repeat(own.length)}) on conflict(id) do nothing`,
  );
  const update = db.prepare(
    `update ${t} set rev=?,del=?,lwt=?,data=?${own.map((column) => `,${column}=?`).join('')} where id=?`,
  );
  const revision = db.prepare<unknown[], string>(`select rev from ${t} where id=?`).pluck();
  const read = db.prepare<unknown[], string>(`select data from ${t} where id=?`).pluck();
  const readLive = db.prepare<unknown[], string>(`select data from ${t} where id=? and del=0`).pluck();
  const since = db
    .prepare<unknown[], string>(`select data from ${t} where (lwt,id)>(?,?) order by lwt,id limit ?`)
    .pluck();
  const purge = db.prepare(`delete from ${t} where id=?`);
  const purgeOld = db.prepare(
    `delete from ${t} where r in (select r from ${t} where del=1 and lwt<? order by lwt limit 1000)`,
  );
  const cache = new Map<string, Database.Statement>();
  const state = (document: StoredDocument): unknown[] => [
    document._rev,
    document._deleted ? 1 : 0,
    document._meta.lwt,
    JSON.stringify(document),
    ...layout.valuesOf(document),
  ];
  const columnId = (document: PlainDocument): string => orderKey(idOf(document, layout.primaryPath));
  return {
    name: t,
    schema,
    layout,
    insert: (document) => insert.run(columnId(document), ...state(document)).changes === 1,
    update: (document) => void update.run(...state(document), columnId(document)),
    purge: (id) => void purge.run(orderKey(id)),
    revisionOf: (id) => revision.get(orderKey(id)),
    read: (id) => parsed(read.get(orderKey(id))),
    readLive: (id) => parsed(readLive.get(orderKey(id))),
    changedSince: (lwt, id, limit) => since.all(lwt, orderKey(id), limit).map((text) => JSON.parse(text)),
    purgeDeletedBefore: (lwt) => purgeOld.run(lwt).changes,
    prepared(sql) {
      const known = cache.get(sql);
      if (known) return known;
      if (cache.size >= preparedAtMost) cache.clear();
      const statement = db.prepare(sql).pluck();
      cache.set(sql, statement);
      return statement;
    },
    drop: () => dropTable(db, key, t),
  };
}

function parsed(text: string | undefined): StoredDocument | undefined {
  return text === undefined ? undefined : JSON.parse(text);
}

function makeTable(db: Database.Database, key: string, layout: TableLayout, layoutText: string): number {
  const number = Number(db.prepare('select coalesce(max(number),0)+1 from rx_table').pluck().get());
  const t = `rx_${number}`;
  const make = db.transaction(() => {
    db.exec(
      `create table ${t}(${['r integer primary key, id text not null unique, rev text not null, del integer not null, lwt real not null, data text not null', ...layout.columns].join()})`,
    );
    for (const [position, columns] of layout.indexes.entries()) {
      db.exec(`create index ${t}_${position} on ${t}(${columns.join()})`);
    }
    db.exec(`create index ${t}_gc on ${t}(lwt) where del=1`);
    db.prepare('insert into rx_table(name,number,layout) values(?,?,?)').run(key, number, layoutText);
  });
  make.immediate();
  return number;
}
