import { countRxQuerySubscribers, createRxDatabase, uncacheRxQuery } from 'rxdb';
import type { RxCacheReplacementPolicy, RxCollection, RxDatabase, RxJsonSchema } from 'rxdb';
import { collectionNames } from '../../shared/collections.ts';
import type { CollectionName, KindSpec } from '../../shared/kernel/kind.ts';
import { upgradeCount } from '../../shared/kernel/upgrade.ts';
import { ownInstanceOf } from './rx-storage/own-instance.ts';
import type { SqliteInstance } from './rx-storage/instance.ts';
import type { SqliteRxStorage } from './rx-storage/storage.ts';
import type { StoredForm } from './stored-form.ts';

export const DATABASE_NAME = 'praxis';

type Registry = Readonly<Record<string, KindSpec>>;
type Schema = RxJsonSchema<StoredForm>;
const text = (maxLength: number) => ({ type: 'string', maxLength }) as const;

/** What RxDB is asked by beside the key (`questions.ts`), and how often that changed: it is part of the schema's version. */
const asked: Partial<
  Record<CollectionName, { changes: number; fields: Record<string, ReturnType<typeof text>>; indexes: string[][] }>
> = {
  reference: {
    changes: 1,
    fields: { name: text(120), code: text(16), locationId: text(36) },
    indexes: [
      ['kind', 'body.name'],
      ['kind', 'body.code'],
    ],
  },
};

/**
 * The RxDB schema of a collection. A document of the law is one open field; its own shape is the law's, and every change of shape
 * of one of the collection's kinds makes the version grow.
 */
function schemaOf(name: CollectionName, registry: Registry): Schema {
  const own = Object.fromEntries(Object.entries(registry).filter(([, spec]) => spec.collection === name));
  const more = asked[name];
  return {
    version: (more?.changes ?? 0) + upgradeCount(own),
    primaryKey: 'key',
    type: 'object',
    properties: {
      key: text(80),
      kind: text(40),
      id: text(36),
      number: { type: 'number' },
      body: { type: 'object', ...(more && { properties: more.fields }), additionalProperties: true },
    },
    required: ['key', 'kind', 'id', 'number', 'body'],
    ...(more && { indexes: more.indexes }),
  };
}

/** A question keeps its answer only while somebody watches it: the pages of a whole kind must not stay in memory. */
const keepWatched: RxCacheReplacementPolicy = (_, cache) => {
  for (const query of cache._map.values()) if (countRxQuerySubscribers(query) === 0) uncacheRxQuery(cache, query);
};

export type Collections = {
  rx: RxDatabase;
  schemas: ReadonlyMap<CollectionName, Schema>;
  of: (name: CollectionName) => RxCollection<StoredForm>;
  /** Our storage behind a collection, for turns, which must not wait. */
  instanceOf: (name: CollectionName) => SqliteInstance;
};

/** Opens the RxDB database with its one collection per group of kinds (`shared/collections.ts`). */
export async function openCollections(storage: SqliteRxStorage, registry: Registry): Promise<Collections> {
  const rx = await createRxDatabase({
    name: DATABASE_NAME,
    storage,
    multiInstance: false,
    eventReduce: false,
    closeDuplicates: false,
  });
  const schemas = new Map(collectionNames.map((name) => [name, schemaOf(name, registry)]));
  // What an older version of a schema left is brought over by `upgradeStore`, not by RxDB.
  const wanted = [...schemas].map(([name, schema]) => [
    name,
    { schema, autoMigrate: false, cacheReplacementPolicy: keepWatched },
  ]);
  const opened = (await rx.addCollections(Object.fromEntries(wanted))) as Record<
    CollectionName,
    RxCollection<StoredForm>
  >;
  return { rx, schemas, of: (name) => opened[name], instanceOf: (name) => ownInstanceOf(opened[name]) };
}
