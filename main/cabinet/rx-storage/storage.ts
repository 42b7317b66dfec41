import type Database from 'better-sqlite3-multiple-ciphers';
import { RXDB_VERSION, ensureRxStorageInstanceParamsAreCorrect } from 'rxdb';
import type { RxStorage, RxStorageInstance, RxStorageInstanceCreationParams } from 'rxdb';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import { createEventBus } from './event-bus.ts';
import { createInstance } from './instance.ts';
import type { SharedState } from './instance.ts';
import { createTransactionRunner } from '../sqlite/in-transaction.ts';
import { openSchemaTable, prepareCatalogue } from './schema-table.ts';
import type { PlainDocument, SqliteInternals, StorageOptions, StoredSchema } from './stored-document.ts';
import { createWriteTogether } from './write-together.ts';
import type { CommittedTurn, WriteTogether } from './write-together.ts';

/** RxDB's storage on one encrypted SQLite connection, with turns over several collections. */
export type SqliteRxStorage = RxStorage<SqliteInternals, StorageOptions> & {
  writeTogether: WriteTogether;
  /** One value per committed turn, at which every read, also RxDB's caches, is new. Build views from this. */
  committed$: Observable<CommittedTurn>;
};

/**
 * The storage for RxDB 17 on an open file (see `openEncryptedFile`). One storage per connection; the file belongs to this
 * process. Closing RxDB does not close `db`.
 */
export function createSqliteRxStorage(db: Database.Database): SqliteRxStorage {
  prepareCatalogue(db);
  const states = new Map<string, SharedState>();
  const bus = createEventBus();
  const committed = new Subject<CommittedTurn>();
  const inTransaction = createTransactionRunner(db);

  const stateOf = (key: string, schema: StoredSchema): SharedState => {
    const known = states.get(key);
    if (known && JSON.stringify(known.table.schema) !== JSON.stringify(schema)) {
      throw new Error('the collection is open with another schema');
    }
    const state = known ?? {
      table: openSchemaTable(db, key, schema),
      changes: new Subject(),
      openCount: 0,
      isRemoved: false,
    };
    states.set(key, state);
    return state;
  };

  return {
    name: 'praxis-sqlite',
    rxdbVersion: RXDB_VERSION,
    committed$: committed.asObservable(),
    writeTogether: createWriteTogether(db, bus, committed, inTransaction),
    async createStorageInstance<T>(given: RxStorageInstanceCreationParams<T, StorageOptions>) {
      ensureRxStorageInstanceParamsAreCorrect(given);
      const params = given as unknown as RxStorageInstanceCreationParams<PlainDocument, StorageOptions>;
      // Files lie in the file vault; a turn could not wait for an attachment's bytes.
      if (params.schema.attachments)
        throw new Error(`attachments are not supported by this storage: ${params.collectionName}`);
      const key = JSON.stringify([params.databaseName, params.collectionName, params.schema.version]);
      const state = stateOf(key, params.schema);
      state.openCount += 1;
      const onGone = (): void => {
        if (states.get(key) === state) states.delete(key);
      };
      const instance = createInstance({ params, state, bus, inTransaction, onGone });
      return instance as unknown as RxStorageInstance<T, SqliteInternals, StorageOptions>;
    },
  };
}
