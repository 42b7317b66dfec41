import { getQueryMatcher, getSortComparator, now } from 'rxdb';
import type { EventBulk, FilledMangoQuery, RxStorageChangeEvent, RxStorageInstanceCreationParams } from 'rxdb';
import { Subject } from 'rxjs';
import { bulkWriteInside } from './bulk-write.ts';
import { compileCount, compileQuery } from './compile-query.ts';
import { announcement } from './event-bus.ts';
import type { Announcement, EventBus } from './event-bus.ts';
import type { SchemaTable } from './schema-table.ts';
import { idOf } from './stored-document.ts';
import type { PlainDocument, PlainInstance, StorageOptions, StoredDocument, Checkpoint } from './stored-document.ts';
import { writeTurnRows } from './turn-rows.ts';
import type { TurnRow } from './turn-rows.ts';

export type ChangeBulk = EventBulk<RxStorageChangeEvent<PlainDocument>, Checkpoint>;

/** What all instances of one collection share: the table, the change stream, how many are open. */
export type SharedState = {
  table: SchemaTable;
  changes: Subject<ChangeBulk>;
  openCount: number;
  isRemoved: boolean;
};

/** Our storage instance: RxDB's contract, a synchronous read, and its part of a turn. */
export type SqliteInstance = PlainInstance & {
  /** The stored document now, deleted ones too; for a turn, which must not wait. */
  getNow(id: string): StoredDocument | undefined;
  /** Inside a turn's transaction only (see `writeTogether`). */
  writeInside(
    rows: TurnRow[],
    context: string,
    lwt: number,
  ): { written: StoredDocument[]; announcements: Announcement[] };
};

type InstanceParts = {
  params: RxStorageInstanceCreationParams<PlainDocument, StorageOptions>;
  state: SharedState;
  bus: EventBus;
  inTransaction: <T>(work: () => T) => T;
  /** The last instance of this state was closed, or its data removed. */
  onGone: () => void;
};

/** One opened instance (RxDB's `RxStorageInstance`, see reference/rxdb.md §1 for what each method owes). */
export function createInstance({ params, state, bus, inTransaction, onGone }: InstanceParts): SqliteInstance {
  let closing: Promise<void> | undefined;
  const table = (): SchemaTable => {
    if (closing) throw new Error(`closed: ${params.collectionName}`);
    if (state.isRemoved) throw new Error(`removed: ${params.collectionName}`);
    return state.table;
  };
  const announcementsOf = (bulk: ChangeBulk): Announcement[] =>
    bulk.events.length > 0 ? [announcement(state.changes, bulk)] : [];

  const instance: SqliteInstance = {
    databaseName: params.databaseName,
    collectionName: params.collectionName,
    schema: params.schema,
    options: params.options,
    internals: { tableName: state.table.name },

    async bulkWrite(rows, context) {
      const categorized = inTransaction(() => bulkWriteInside(instance, table(), rows, context));
      bus.emit(announcementsOf(categorized.eventBulk));
      return { error: categorized.errors };
    },
    writeInside(rows, context, lwt) {
      const part = writeTurnRows(instance, table(), params.databaseInstanceToken, rows, context, lwt);
      return { written: part.written, announcements: announcementsOf(part.categorized.eventBulk) };
    },
    getNow: (id) => table().read(id),

    async findDocumentsById(ids, withDeleted) {
      const open = table();
      const found = ids.map((id) => (withDeleted ? open.read(id) : open.readLive(id)));
      return found.filter((document) => document !== undefined);
    },
    async query({ query }) {
      return { documents: runQuery(table(), query) };
    },
    async count({ query }) {
      const open = table();
      const compiled = compileCount(query, open);
      const count = compiled ? Number(open.prepared(compiled.sql).get(...compiled.args)) : runQuery(open, query).length;
      return { count, mode: 'fast' };
    },
    async getChangedDocumentsSince(limit, checkpoint) {
      const open = table();
      const documents = open.changedSince(checkpoint?.lwt ?? 0, checkpoint?.id ?? '', limit);
      const last = documents.at(-1);
      const end = last ? { id: idOf(last, open.layout.primaryPath), lwt: last._meta.lwt } : checkpoint;
      return { documents, checkpoint: end ?? { id: '', lwt: 0 } };
    },
    getAttachmentData: () => Promise.reject(new Error('attachments are not supported')),
    changeStream: () => state.changes.asObservable(),
    async cleanup(minimumDeletedMs) {
      const open = table();
      return inTransaction(() => open.purgeDeletedBefore(now() - minimumDeletedMs)) < 1000;
    },
    close() {
      closing ??= Promise.resolve().then(() => {
        state.openCount -= 1;
        if (state.openCount > 0) return;
        state.changes.complete();
        onGone();
      });
      return closing;
    },
    async remove() {
      const open = table();
      inTransaction(() => open.drop());
      state.isRemoved = true;
      onGone();
      await instance.close();
    },
  };
  return instance;
}

function runQuery(table: SchemaTable, query: FilledMangoQuery<PlainDocument>): StoredDocument[] {
  const compiled = compileQuery(query, table);
  const statement = table.prepared(compiled.sql);
  if (compiled.limited) return statement.all(...compiled.args).map((text) => JSON.parse(String(text)));
  const matches = compiled.exact ? () => true : getQueryMatcher(table.schema, query);
  const end = query.limit === undefined ? Number.POSITIVE_INFINITY : query.skip + query.limit;
  const found: StoredDocument[] = [];
  if (compiled.sorted && end === 0) return found;
  for (const text of statement.iterate(...compiled.args)) {
    const document: StoredDocument = JSON.parse(String(text));
    if (!matches(document)) continue;
    found.push(document);
    if (compiled.sorted && found.length >= end) break;
  }
  if (!compiled.sorted) found.sort(getSortComparator(table.schema, query));
  return found.slice(query.skip, end);
}
