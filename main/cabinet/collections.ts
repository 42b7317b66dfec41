import { createRxDatabase } from 'rxdb';
import type { RxCollection, RxDatabase } from 'rxdb';
import { collectionNames } from '../../shared/collections.ts';
import type { CollectionName, KindSpec } from '../../shared/kernel/kind.ts';
import { ownInstanceOf } from './rx-storage/own-instance.ts';
import type { SqliteInstance } from './rx-storage/instance.ts';
import type { SqliteRxStorage } from './rx-storage/storage.ts';

/** How a document lies in its collection: the law's document as `body`, and the server's change number (0: not there yet). */
export type StoredForm = { key: string; kind: string; id: string; number: number; body: Record<string, unknown> };

const schema = {
  version: 0,
  primaryKey: 'key',
  type: 'object',
  properties: {
    key: { type: 'string', maxLength: 80 },
    kind: { type: 'string', maxLength: 40 },
    id: { type: 'string', maxLength: 36 },
    number: { type: 'number' },
    body: { type: 'object', additionalProperties: true },
  },
  required: ['key', 'kind', 'id', 'number', 'body'],
} as const;

export type Collections = {
  rx: RxDatabase;
  instanceOf: (kind: KindSpec) => SqliteInstance;
};

/** Opens the RxDB database with its one collection per group of kinds (`shared/collections.ts`). */
export async function openCollections(storage: SqliteRxStorage): Promise<Collections> {
  const rx = await createRxDatabase({
    name: 'praxis',
    storage,
    multiInstance: false,
    eventReduce: false,
    closeDuplicates: false,
  });
  const wanted = Object.fromEntries(collectionNames.map((name) => [name, { schema }]));
  const opened = (await rx.addCollections(wanted)) as Record<CollectionName, RxCollection>;
  return {
    rx,
    instanceOf: (kind) => ownInstanceOf(opened[kind.collection]),
  };
}
