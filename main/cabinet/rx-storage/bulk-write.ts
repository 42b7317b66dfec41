import { categorizeBulkWriteRows } from 'rxdb';
import type { CategorizeBulkWriteRowsOutput } from 'rxdb';
import type { SchemaTable } from './schema-table.ts';
import { idOf } from './stored-document.ts';
import type { PlainDocument, PlainInstance, StoredDocument, StoredRow } from './stored-document.ts';

export type Categorized = CategorizeBulkWriteRowsOutput<PlainDocument>;
/**
 * RxDB's `bulkWrite` inside an open transaction: conflicting rows are answered as errors, the others are stored. A row
 * without `previous` is tried as an insert without a read before it, which is the fast path of a bulk load.
 */
export function bulkWriteInside(
  instance: PlainInstance,
  table: SchemaTable,
  rows: StoredRow[],
  context: string,
): Categorized {
  const primaryPath = table.layout.primaryPath;
  const inStore = new Map<string, StoredDocument>();
  const inserted = new Set<string>();
  assertEachOnce(rows.map((row) => idOf(row.document, primaryPath)));
  for (const { document, previous } of rows) {
    const id = idOf(document, primaryPath);
    if (!previous && table.insert(document)) {
      inserted.add(id);
      continue;
    }
    const stored = readUnlessSame(table, id, previous);
    if (stored) inStore.set(id, stored);
  }
  const categorized = categorize(instance, table, inStore, rows, context);
  storeRows(table, categorized, inserted);
  return categorized;
}

/** The stored document; when its revision is the one of `previous`, that object itself, which saves reading and parsing. */
export function readUnlessSame(
  table: SchemaTable,
  id: string,
  previous: StoredDocument | undefined,
): StoredDocument | undefined {
  const revision = table.revisionOf(id);
  if (revision === undefined) return undefined;
  return previous?._rev === revision ? previous : table.read(id);
}

/** RxDB's own sorting of rows into inserts, updates, conflicts and events, with the checkpoint set. */
export function categorize(
  instance: PlainInstance,
  table: SchemaTable,
  inStore: Map<string, StoredDocument>,
  rows: StoredRow[],
  context: string,
): Categorized {
  const primaryPath = table.layout.primaryPath;
  const categorized = categorizeBulkWriteRows<PlainDocument>(instance, primaryPath, inStore, rows, context);
  const newest = categorized.newestRow?.document;
  if (newest) categorized.eventBulk.checkpoint = { id: idOf(newest, primaryPath), lwt: newest._meta.lwt };
  return categorized;
}

/** Writes what was categorized; `inserted` are rows that are in the table already. */
export function storeRows(table: SchemaTable, categorized: Categorized, inserted: ReadonlySet<string>): void {
  for (const { document } of categorized.bulkInsertDocs) {
    if (inserted.has(idOf(document, table.layout.primaryPath))) continue;
    if (!table.insert(document)) throw new Error('an insert met a stored document');
  }
  for (const { document } of categorized.bulkUpdateDocs) table.update(document);
}

/** Two rows for one document in one call would answer each other's conflicts wrongly; RxDB itself never sends that. */
export function assertEachOnce(ids: string[]): void {
  if (new Set(ids).size !== ids.length) throw new Error('one document twice in one write');
}
