import Database from 'better-sqlite3-multiple-ciphers';
import * as fc from 'fast-check';
import { createRxDatabase, getQueryMatcher, getSortComparator, normalizeMangoQuery, prepareQuery } from 'rxdb';
import type { MangoQuery, RxCollection, RxDatabase, RxJsonSchema } from 'rxdb';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { afterEach, describe, expect, test } from 'vitest';
import { orderKey } from './order-key.ts';
import { createSqliteRxStorage } from './storage.ts';

type Thing = {
  id: string;
  name: string;
  rank: number;
  isOpen: boolean;
  note?: string | null;
  body?: { size?: number; tags?: string[] };
};

const schema: RxJsonSchema<Thing> = {
  version: 0,
  type: 'object',
  primaryKey: 'id',
  properties: {
    id: { type: 'string', maxLength: 40 },
    name: { type: 'string', maxLength: 60 },
    rank: { type: 'integer', minimum: -100, maximum: 100, multipleOf: 1 },
    isOpen: { type: 'boolean' },
    note: { type: 'string' },
    body: {
      type: 'object',
      properties: { size: { type: 'number' }, tags: { type: 'array', items: { type: 'string' } } },
    },
  },
  required: ['id', 'name', 'rank', 'isOpen'],
  indexes: ['name', 'rank', ['isOpen', 'rank']],
};

const opened: RxDatabase[] = [];
let serial = 0;

async function openThings(storage: Parameters<typeof createRxDatabase>[0]['storage'], name?: string) {
  const database = await createRxDatabase({ name: name ?? `t${serial++}`, storage, multiInstance: false });
  opened.push(database);
  const collections = await database.addCollections({ things: { schema } });
  return { database, things: collections['things'] as RxCollection<Thing> };
}

const openSqlite = (db = new Database(':memory:'), name?: string) => openThings(createSqliteRxStorage(db), name);

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

const thing = (id: string, more: Partial<Thing> = {}): Thing => ({
  id,
  name: `n${id}`,
  rank: 1,
  isOpen: true,
  ...more,
});

describe('documents', () => {
  test('insert, upsert, patch, remove, and a second insert over the removed one', async () => {
    const { things } = await openSqlite();
    await things.insert(thing('a'));
    await expect(things.insert(thing('a'))).rejects.toMatchObject({ code: 'CONFLICT' });
    await things.upsert(thing('a', { rank: 2 }));
    const document = await things.findOne('a').exec(true);
    expect(document.rank).toBe(2);
    const newer = await document.patch({ rank: 3 });
    await expect(document.patch({ rank: 4 })).rejects.toMatchObject({ code: 'CONFLICT' });
    await newer.remove();
    expect(await things.findOne('a').exec()).toBeNull();
    expect(await things.storageInstance.findDocumentsById(['a'], true)).toHaveLength(1);
    expect(await things.storageInstance.findDocumentsById(['a'], false)).toHaveLength(0);
    await things.insert(thing('a', { rank: 5 }));
    expect((await things.findOne('a').exec(true)).rank).toBe(5);
  });

  test('a bulk with one conflict stores the others', async () => {
    const { things } = await openSqlite();
    await things.insert(thing('b'));
    const { success, error } = await things.bulkInsert([thing('a'), thing('b'), thing('c')]);
    expect(success.map((document) => document.id)).toEqual(['a', 'c']);
    expect(error).toMatchObject([{ status: 409, documentId: 'b', documentInDb: { id: 'b' } }]);
  });

  test('one document twice in one write is refused and nothing is stored', async () => {
    const { things } = await openSqlite();
    const row = { document: { ...thing('a'), _deleted: false, _attachments: {}, _meta: { lwt: 1 }, _rev: '1-a' } };
    const original = things.storageInstance.originalStorageInstance;
    await expect(original.bulkWrite([row, row], 'test')).rejects.toThrow('twice');
    expect(await original.findDocumentsById(['a'], true)).toEqual([]);
  });

  test('events come in the order of the writes, with their context', async () => {
    const { things } = await openSqlite();
    const seen: string[] = [];
    things.$.subscribe((event) => seen.push(`${event.operation} ${event.documentId} ${event.documentData.rank}`));
    await things.insert(thing('a'));
    await Promise.all([things.insert(thing('b')), things.upsert(thing('a', { rank: 2 }))]);
    await (await things.findOne('a').exec(true)).remove();
    expect(seen).toEqual(['INSERT a 1', 'INSERT b 1', 'UPDATE a 2', 'DELETE a 2']);
  });

  test('a write from inside an event is announced after the event', async () => {
    const { things } = await openSqlite();
    const seen: number[] = [];
    things.$.subscribe((event) => {
      if (event.documentData.rank === 50) void things.upsert(thing('a', { rank: 51 }));
    });
    things.$.subscribe((event) => seen.push(event.documentData.rank));
    await things.insert(thing('a', { rank: 50 }));
    await expect.poll(() => seen).toEqual([50, 51]);
  });

  test('the checkpoint walk gives each document once, tombstones too', async () => {
    const { things } = await openSqlite();
    await things.bulkInsert(Array.from({ length: 25 }, (_, n) => thing(`x${n}`)));
    await things.upsert(thing('x3', { rank: 9 }));
    await (await things.findOne('x4').exec(true)).remove();
    const since = things.storageInstance.getChangedDocumentsSince?.bind(things.storageInstance);
    if (!since) throw new Error('missing');
    const ids: string[] = [];
    let checkpoint: unknown;
    for (;;) {
      const page = await since(4, checkpoint);
      if (page.documents.length === 0) {
        expect(page.checkpoint).toEqual(checkpoint);
        break;
      }
      ids.push(...page.documents.map((document) => document.id));
      checkpoint = page.checkpoint;
    }
    expect(new Set(ids).size).toBe(25);
    expect(ids).toHaveLength(25);
    expect(ids.slice(-2)).toEqual(['x3', 'x4']);
  });

  test('cleanup purges tombstones only; remove takes the table; close is idempotent', async () => {
    const db = new Database(':memory:');
    const { things } = await openSqlite(db);
    await things.bulkInsert([thing('a'), thing('b')]);
    await (await things.findOne('a').exec(true)).remove();
    const instance = things.storageInstance.originalStorageInstance;
    expect(await instance.cleanup(60_000)).toBe(true);
    expect(await instance.findDocumentsById(['a'], true)).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await instance.cleanup(0)).toBe(true);
    expect(await instance.findDocumentsById(['a', 'b'], true)).toMatchObject([{ id: 'b' }]);
    const tables = () =>
      db.prepare(`select count(*) from sqlite_schema where name like 'rx_%' and type='table'`).pluck().get();
    const before = Number(tables());
    await things.remove();
    expect(tables()).toBe(before - 1);
    await expect(instance.findDocumentsById(['b'], true)).rejects.toThrow();
    expect(instance.close()).toBe(instance.close());
  });

  test('a collection with attachments is refused when it is made', async () => {
    const database = await createRxDatabase({
      name: `t${serial++}`,
      storage: createSqliteRxStorage(new Database(':memory:')),
      multiInstance: false,
    });
    opened.push(database);
    const withAttachments = { ...schema, attachments: {} };
    await expect(database.addCollections({ things: { schema: withAttachments } })).rejects.toThrow(/attachments/);
  });

  test('reopening finds everything; another schema on the same version is refused', async () => {
    const db = new Database(':memory:');
    const first = await openSqlite(db, 'again');
    await first.things.bulkInsert([thing('a'), thing('b')]);
    await first.database.close();
    const second = await openSqlite(db, 'again');
    expect(await second.things.count().exec()).toBe(2);
    await second.database.close();
    const other = await createRxDatabase({ name: 'again', storage: createSqliteRxStorage(db), multiInstance: false });
    opened.push(other);
    await expect(other.addCollections({ things: { schema: { ...schema, indexes: ['name'] } } })).rejects.toThrow();
  });
});

// Texts on both sides of the border where UTF-8 and UTF-16 order differ.
const texts = ['', 'a', 'ab', 'B', 'é', '山田', '𠮷野', '😀', '\uff21', '\ufb01', '\ud7ff', '\ue000x', '\ud800', 'zz'];
const text = fc.constantFrom(...texts);
const smallNumber = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, -0));
const anyLiteral = fc.oneof(text, smallNumber, fc.boolean(), fc.constantFrom(null, 'a\0', [], {}));
type Mango = Record<string, unknown>;

const matcherOf = (literal: fc.Arbitrary<unknown>) =>
  fc.oneof(
    ...['$eq', '$ne', '$gt', '$gte', '$lt', '$lte'].map((operator) => literal.map((value) => ({ [operator]: value }))),
    fc.tuple(literal, literal).map(([low, high]) => ({ $gte: low, $lt: high })),
    fc.array(literal, { maxLength: 3 }).map((values) => ({ $in: values })),
    fc.array(literal, { maxLength: 3 }).map((values) => ({ $nin: values })),
    literal.map((value) => ({ $not: { $eq: value } })),
    fc.boolean().map((exists) => ({ $exists: exists })),
  );

const typedField: fc.Arbitrary<Mango> = fc.oneof(
  matcherOf(text).map((matcher) => ({ name: matcher })),
  matcherOf(text).map((matcher) => ({ id: matcher })),
  matcherOf(text).map((matcher) => ({ note: matcher })),
  matcherOf(fc.integer({ min: -3, max: 3 })).map((matcher) => ({ rank: matcher })),
  matcherOf(smallNumber).map((matcher) => ({ 'body.size': matcher })),
  matcherOf(fc.boolean()).map((matcher) => ({ isOpen: matcher })),
  fc.constantFrom('^a', '山', 'B$').map((pattern) => ({ name: { $regex: pattern } })),
  text.map((tag) => ({ 'body.tags': { $elemMatch: { $eq: tag } } })),
  fc.nat(2).map((size) => ({ 'body.tags': { $size: size } })),
);

const wildField: fc.Arbitrary<Mango> = fc
  .tuple(
    fc.constantFrom('name', 'id', 'note', 'rank', 'isOpen', 'body.size', 'body.tags', 'body', 'nowhere'),
    fc.oneof(matcherOf(anyLiteral), fc.constant({})),
  )
  .map(([path, matcher]) => ({ [path]: matcher }));

const queryOf = (field: fc.Arbitrary<Mango>) => {
  const selector: fc.Arbitrary<Mango> = fc.letrec<{ selector: Mango }>((tie) => ({
    selector: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      field,
      ...['$and', '$or', '$nor'].map((key) =>
        fc.array(tie('selector'), { minLength: 1, maxLength: 3 }).map((parts): Mango => ({ [key]: parts })),
      ),
      fc.tuple(field, field).map(([a, b]) => ({ ...a, ...b })),
    ),
  })).selector;
  const direction = fc.constantFrom<'asc' | 'desc'>('asc', 'desc');
  const sort = fc
    .uniqueArray(fc.tuple(fc.constantFrom('name', 'rank', 'isOpen', 'id'), direction), {
      minLength: 1,
      selector: ([path]) => path,
    })
    .map((parts) => parts.map(([path, way]) => ({ [path]: way })));
  return fc.record({ selector, sort, limit: fc.nat(6), skip: fc.nat(4) }, { requiredKeys: ['selector'] });
};

const storedThing = fc.record(
  {
    name: text,
    rank: fc.integer({ min: -3, max: 3 }),
    isOpen: fc.boolean(),
    note: fc.oneof(text, fc.constant(null)),
    body: fc.record({ size: smallNumber, tags: fc.array(text, { maxLength: 2 }) }, { requiredKeys: [] }),
  },
  { requiredKeys: ['name', 'rank', 'isOpen'] },
);

const storedThings: Thing[] = fc.sample(storedThing, { seed: 41, numRuns: 60 }).map((document, position) => ({
  ...document,
  id: `${texts[position % texts.length]}i${position}`,
}));

async function filled(things: RxCollection<Thing>, more: Thing[] = []): Promise<RxCollection<Thing>> {
  await things.bulkInsert(structuredClone([...storedThings, ...more]));
  for (const gone of storedThings.slice(0, 3)) await (await things.findOne(gone.id).exec(true)).remove();
  return things;
}

const idsOf = async (things: RxCollection<Thing>, mango: object) =>
  (await things.find(structuredClone(mango)).exec()).map((document) => document.id);

describe('queries', () => {
  test('random selectors find what memory storage finds, in the same order', async () => {
    const ours = await filled((await openSqlite()).things);
    const memory = await filled((await openThings(getRxStorageMemory())).things);
    await fc.assert(
      fc.asyncProperty(queryOf(typedField), async (mango) => {
        expect(await idsOf(ours, mango)).toEqual(await idsOf(memory, mango));
        const counted = { selector: mango.selector };
        expect(await ours.count(structuredClone(counted)).exec()).toBe((await idsOf(memory, counted)).length);
      }),
      { seed: 42, numRuns: 1000 },
    );
  }, 120_000);

  // Memory storage trusts its index plan and answers literals of another type, `{}` and NUL otherwise than RxDB's matcher.
  test('random selectors with literals of any type find what the matcher of RxDB finds', async () => {
    const { things } = await openSqlite();
    await filled(things, [thing('nul', { name: 'a\0b', note: 'a\0b' }), thing('one', { name: 'a\0' })]);
    const instance = things.storageInstance.originalStorageInstance;
    const everything = await instance.query(prepareQuery(instance.schema, normalizeMangoQuery(instance.schema, {})));
    expect(everything.documents).toHaveLength(62);
    await fc.assert(
      fc.asyncProperty(queryOf(wildField), async (mango) => {
        const query = normalizeMangoQuery(instance.schema, structuredClone(mango) as MangoQuery<Thing>);
        const matches = getQueryMatcher(instance.schema, query);
        const wanted = everything.documents.filter((document) => matches(document));
        wanted.sort(getSortComparator(instance.schema, query));
        const end = query.limit === undefined ? undefined : query.skip + query.limit;
        const found = await instance.query(prepareQuery(instance.schema, structuredClone(query)));
        const idOf = (document: { id: string }) => document.id;
        expect(found.documents.map(idOf)).toEqual(wanted.slice(query.skip, end).map(idOf));
      }),
      { seed: 43, numRuns: 2000 },
    );
  }, 120_000);

  test('the order key keeps the order of JavaScript and is one to one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const [x, y] = [Buffer.from(orderKey(a)), Buffer.from(orderKey(b))];
        expect(Math.sign(Buffer.compare(x, y))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
