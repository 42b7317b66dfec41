import { HOOKS, createRevision, runPluginHooks } from 'rxdb';
import type { RxStorageWriteError } from 'rxdb';
import { assertEachOnce, categorize, readUnlessSame, storeRows } from './bulk-write.ts';
import type { Categorized } from './bulk-write.ts';
import type { SchemaTable } from './schema-table.ts';
import { idOf } from './stored-document.ts';
import type { PlainDocument, PlainInstance, StoredDocument, StoredRow } from './stored-document.ts';

/**
 * A row of a turn; `document` is plain, the storage sets `_rev`, `_meta.lwt`, `_attachments` and `_deleted`:
 * edit (`previous` = what was read) · insert (over a tombstone too) · put (either) · purge (row gone and a DELETE event).
 */
export type TurnRow =
  | { document: PlainDocument; previous: StoredDocument }
  | { document: PlainDocument; put?: boolean; previous?: undefined }
  | { purge: string };

/** Somebody else's state stood where this turn wrote: nothing of the turn was stored. */
export class TurnConflictError extends Error {
  override name = 'TurnConflictError';
  readonly code = 'turn-conflict';
  readonly collectionName: string;
  readonly ids: string[];
  constructor(collectionName: string, ids: string[]) {
    super(`turn conflict in ${collectionName}`);
    this.collectionName = collectionName;
    this.ids = ids;
  }
}

export type TurnPart = { categorized: Categorized; written: StoredDocument[] };

/**
 * One instance's part of a turn, inside the turn's transaction. Unlike `bulkWrite` all rows stand or fall together: the first
 * conflict throws `TurnConflictError`. `lwt` is one for the whole turn; nothing is emitted here.
 */
export function writeTurnRows(
  instance: PlainInstance,
  table: SchemaTable,
  token: string,
  rows: TurnRow[],
  context: string,
  lwt: number,
): TurnPart {
  const primaryPath = table.layout.primaryPath;
  const idOfRow = (row: TurnRow): string => ('purge' in row ? row.purge : idOf(row.document, primaryPath));
  assertEachOnce(rows.map(idOfRow));
  const inStore = new Map<string, StoredDocument>();
  const inserted = new Set<string>();
  const full: StoredRow[] = [];
  const purged: string[] = [];
  const missing: string[] = [];
  const firstRevision = createRevision(token);
  for (const row of rows) {
    const id = idOfRow(row);
    const fresh = 'purge' in row ? undefined : freshDocument(row.document, firstRevision, lwt);
    if (fresh && !('purge' in row) && !row.previous && table.insert(fresh)) {
      inserted.add(id);
      full.push({ document: fresh });
      continue;
    }
    const stored = readUnlessSame(table, id, 'purge' in row ? undefined : row.previous);
    if (!stored) {
      if (!('purge' in row)) missing.push(id);
      continue;
    }
    inStore.set(id, stored);
    if ('purge' in row) purged.push(id);
    const previous = 'purge' in row ? stored : replaced(row, stored);
    const document = fresh ?? { ...stored, _deleted: true };
    full.push(previous ? { previous, document: successor(document, previous, token, lwt) } : { document });
  }
  if (missing.length > 0) throw new TurnConflictError(instance.collectionName, missing);
  // RxDB's dev-mode checks hang here; the storage's wrapper, which a turn goes round, would call them.
  if (HOOKS.preStorageWrite.length > 0) runPluginHooks('preStorageWrite', { storageInstance: instance, rows: full });
  const categorized = categorize(instance, table, inStore, full, context);
  if (categorized.errors.length > 0) {
    const ids = categorized.errors.map((error: RxStorageWriteError<PlainDocument>) => error.documentId);
    throw new TurnConflictError(instance.collectionName, ids);
  }
  storeRows(table, categorized, inserted);
  for (const id of purged) table.purge(id);
  const gone = new Set(purged);
  const documents = full.map((row) => row.document as StoredDocument);
  return { categorized, written: documents.filter((document) => !gone.has(idOf(document, primaryPath))) };
}

function freshDocument(document: PlainDocument, revision: string, lwt: number): StoredDocument {
  return { ...document, _deleted: document['_deleted'] === true, _attachments: {}, _meta: { lwt }, _rev: revision };
}

/** What the row claims to replace: its own `previous`, or the stored state where the row takes any (put, over a tombstone). */
function replaced(row: Exclude<TurnRow, { purge: string }>, stored: StoredDocument): StoredDocument | undefined {
  if (row.previous) return row.previous;
  const comesBack = stored._deleted && row.document['_deleted'] !== true;
  return row.put === true || comesBack ? stored : undefined;
}

function successor(document: StoredDocument, previous: StoredDocument, token: string, lwt: number): StoredDocument {
  return { ...document, _meta: { ...previous._meta, lwt }, _rev: createRevision(token, previous) };
}
