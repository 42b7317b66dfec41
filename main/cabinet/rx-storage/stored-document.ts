import { newRxError } from 'rxdb';
import type { BulkWriteRow, RxDocumentData, RxJsonSchema, RxStorageDefaultCheckpoint, RxStorageInstance } from 'rxdb';

/** Documents as the storage sees them: any shape, RxDB's own fields filled. */
export type PlainDocument = Record<string, unknown>;
export type StoredDocument = RxDocumentData<PlainDocument>;
export type StoredSchema = Readonly<RxJsonSchema<StoredDocument>>;
export type StoredRow = BulkWriteRow<PlainDocument>;
export type Checkpoint = RxStorageDefaultCheckpoint;

export type SqliteInternals = { tableName: string };
/** The storage takes no options per collection. */
export type StorageOptions = Record<string, never>;
/** RxDB's part of our storage instance. */
export type PlainInstance = RxStorageInstance<PlainDocument, SqliteInternals, StorageOptions, Checkpoint>;

/** The document's id. Throws RxDB's DOC20 where it is missing or empty. */
export function idOf(document: PlainDocument, primaryPath: string): string {
  const id = document[primaryPath];
  // RxDB's own word for it; without the document, which may be a patient's.
  if (typeof id !== 'string' || id === '') throw newRxError('DOC20');
  return id;
}
