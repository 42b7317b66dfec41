import { isWriteAllowed } from 'rxdb';
import type { RxCollection } from 'rxdb';
import type { SqliteInstance } from './instance.ts';

/**
 * Our storage instance behind an open RxDB collection, for `writeTogether`. Throws when the collection is closed or
 * migrating (the storage cannot know that), or when a storage wrapper stands between, which a turn would go round.
 */
export function ownInstanceOf(collection: RxCollection): SqliteInstance {
  isWriteAllowed(collection);
  const instance = collection.storageInstance.originalStorageInstance as Partial<SqliteInstance>;
  if (!instance.writeInside) throw new Error(`wrapped storage: ${collection.name}`);
  return instance as SqliteInstance;
}
