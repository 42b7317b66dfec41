/**
 * What every cabinet must do, whatever it is made of: the server's over PostgreSQL and the workstation's over SQLite run this suite.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { derivedId, idSchema, uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc, KindSpec } from '../../shared/kernel/kind.ts';
import { defineKind } from '../../shared/kernel/kind.ts';
import { exactly, type Reader } from '../../shared/kernel/reader.ts';
import type { Written } from '../../shared/desk/ports.ts';

/** A kind with every sort of key: none, one, several, and texts that sort badly where somebody is careless. */
const thing = defineKind({
  kind: 'thing',
  schema: z.strictObject({
    id: idSchema,
    name: z.string(),
    tags: z.array(z.string()),
    count: z.number().optional(),
    scope: z.string(),
  }),
  collection: 'reference',
  merge: 'units',
  units: { all: ['name', 'tags', 'count', 'scope'] },
  phi: false,
  scopes: (doc) => [doc.scope],
  keys: { byName: (doc) => [doc.name], byTag: (doc) => doc.tags },
});
const other = defineKind({ ...thing, kind: 'other' });

export const cabinetKinds: Readonly<Record<string, KindSpec>> = { thing, other };

export type TestCabinet = {
  /** Writes these documents as one turn and commits. */
  write(written: readonly Written[]): Promise<void>;
  /** Reads within one turn. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Opens what was written as a program does whose kinds are these. */
  reopen(kinds: Readonly<Record<string, KindSpec>>): Promise<void>;
};

let counter = 0;
const newId = (): string => uuidV7(1_700_000_000_000 + counter++, new Uint8Array(10).fill(counter % 256));

const make = (name: string, tags: string[] = [], extra: Partial<Doc> = {}): Doc => ({
  id: newId(),
  name,
  tags,
  scope: 'core',
  ...extra,
});
const created = (doc: Doc, kind = 'thing'): Written => ({ kind, id: doc.id, before: null, after: doc });

/** Runs the suite; `open` gives a cabinet of the kinds above, new for this suite. */
export function describeCabinet(name: string, open: () => Promise<TestCabinet>): void {
  describe(`cabinet: ${name}`, () => {
    let cabinet: TestCabinet;
    beforeAll(async () => {
      cabinet = await open();
    });
    const names = (
      range: Parameters<Reader['find']>[2],
      options?: Parameters<Reader['find']>[3],
      key = 'byName',
    ): Promise<unknown[]> =>
      cabinet.read(async (reader) => (await reader.find('thing', key, range, options)).map((doc) => doc['name']));

    test('gives back what was written, value for value', async () => {
      const doc = make('roundtrip', ['a'], { count: 0.1 });
      await cabinet.write([created(doc)]);
      expect(await cabinet.read(async (reader) => reader.get('thing', doc.id))).toEqual(doc);
    });

    test('knows nothing under an unknown id, an id of another kind, or what is no id', async () => {
      const doc = make('kinds apart');
      await cabinet.write([created(doc)]);
      const answers = await cabinet.read(async (reader) => [
        await reader.get('thing', newId()),
        await reader.get('other', doc.id),
        await reader.get('thing', 'no id'),
        await reader.get('nothing', doc.id),
      ]);
      expect(answers).toEqual([undefined, undefined, undefined, undefined]);
    });

    test('keeps the same id of two kinds apart', async () => {
      const doc = make('same id');
      await cabinet.write([created(doc), created({ ...doc, name: 'same id, other' }, 'other')]);
      const found = await cabinet.read(async (reader) => [
        await reader.get('thing', doc.id),
        await reader.get('other', doc.id),
      ]);
      expect(found.map((one) => one?.['name'])).toEqual(['same id', 'same id, other']);
    });

    test('replaces a document and its keys', async () => {
      const before = make('replace/old', ['replace-old']);
      const after = { ...before, name: 'replace/new', tags: ['replace-new'] };
      await cabinet.write([created(before)]);
      await cabinet.write([{ kind: 'thing', id: before.id, before, after }]);
      expect(await names({ prefix: 'replace/' })).toEqual(['replace/new']);
      expect(await names(exactly('replace-old'), {}, 'byTag')).toEqual([]);
      expect(await names(exactly('replace-new'), {}, 'byTag')).toEqual(['replace/new']);
    });

    test('removes a document and its keys, and takes it again', async () => {
      const doc = make('remove/me');
      await cabinet.write([created(doc)]);
      await cabinet.write([{ kind: 'thing', id: doc.id, before: doc, after: null }]);
      expect(await cabinet.read(async (reader) => reader.get('thing', doc.id))).toBeUndefined();
      expect(await names({ prefix: 'remove/' })).toEqual([]);
      await cabinet.write([created(doc)]);
      expect(await names({ prefix: 'remove/' })).toEqual(['remove/me']);
    });

    test('orders by key in code unit order, whatever the script', async () => {
      const list = ['Zebra', 'apple', 'Äpfel', 'zebra', '12', '2', 'あ', 'ア', 'ا', 'я', ''].map(
        (text) => `order/${text}`,
      );
      await cabinet.write(list.map((text) => created(make(text))));
      expect(await names({ prefix: 'order/' })).toEqual(list.toSorted());
      expect(await names({ prefix: 'order/' }, { reverse: true })).toEqual(list.toSorted().toReversed());
    });

    test('takes ranges with their beginning and without their end', async () => {
      await cabinet.write(['a', 'b', 'c', 'd'].map((text) => created(make(`range/${text}`))));
      expect(await names({ from: 'range/b', to: 'range/d' })).toEqual(['range/b', 'range/c']);
      expect(await names({ from: 'range/d', to: 'range/b' })).toEqual([]);
      expect(await names({ from: 'range/b', to: 'range/b' })).toEqual([]);
    });

    test('finds exactly one key, not what begins with it', async () => {
      await cabinet.write([created(make('exact')), created(make('exactly')), created(make('exac'))]);
      expect(await names(exactly('exact'))).toEqual(['exact']);
      expect(await names({ prefix: 'exact' })).toEqual(['exact', 'exactly']);
    });

    test('takes a prefix letter by letter: % and _ and \\ mean themselves', async () => {
      await cabinet.write(['like/%x', 'like/_x', 'like/\\x', 'like/ax'].map((text) => created(make(text))));
      expect(await names({ prefix: 'like/%' })).toEqual(['like/%x']);
      expect(await names({ prefix: 'like/_' })).toEqual(['like/_x']);
      expect(await names({ prefix: 'like/\\' })).toEqual(['like/\\x']);
    });

    test('limits from either end', async () => {
      await cabinet.write(['a', 'b', 'c'].map((text) => created(make(`limit/${text}`))));
      expect(await names({ prefix: 'limit/' }, { limit: 2 })).toEqual(['limit/a', 'limit/b']);
      expect(await names({ prefix: 'limit/' }, { limit: 2, reverse: true })).toEqual(['limit/c', 'limit/b']);
    });

    test('gives a document with several keys in the range once, at its first key', async () => {
      const both = make('multi/both', ['multi-a', 'multi-c']);
      const one = make('multi/one', ['multi-b']);
      await cabinet.write([created(both), created(one)]);
      expect(await names({ prefix: 'multi-' }, {}, 'byTag')).toEqual(['multi/both', 'multi/one']);
      expect(await names({ prefix: 'multi-' }, { reverse: true }, 'byTag')).toEqual(['multi/both', 'multi/one']);
      expect(await names({ prefix: 'multi-' }, { limit: 2 }, 'byTag')).toHaveLength(2);
      expect(await cabinet.read(async (reader) => reader.count('thing', 'byTag', { prefix: 'multi-' }))).toBe(2);
    });

    test('takes the same key twice from one document as once, and orders equal keys by id', async () => {
      const docs = [make('twice/a', ['twice', 'twice']), make('twice/b', ['twice'])];
      await cabinet.write(docs.map((doc) => created(doc)));
      const ids = await cabinet.read(async (reader) =>
        (await reader.find('thing', 'byTag', exactly('twice'))).map((doc) => doc.id),
      );
      expect(ids).toEqual(docs.map((doc) => doc.id).toSorted());
    });

    test('counts documents, also none', async () => {
      await cabinet.write(['a', 'b'].map((text) => created(make(`count/${text}`))));
      const counts = await cabinet.read(async (reader) => [
        await reader.count('thing', 'byName', { prefix: 'count/' }),
        await reader.count('thing', 'byName', exactly('count/none')),
        await reader.count('other', 'byName', { prefix: 'count/' }),
      ]);
      expect(counts).toEqual([2, 0, 0]);
    });

    test('does not find a document without that key, nor by a key that nobody declared', async () => {
      await cabinet.write([created(make('no tags'))]);
      expect(await names(exactly('no tags'), {}, 'byTag')).toEqual([]);
      expect(await names({ prefix: '' }, {}, 'byNothing')).toEqual([]);
    });

    test('sees, within a turn, one state', async () => {
      const doc = make('state');
      await cabinet.write([created(doc)]);
      const [first, second] = await cabinet.read(async (reader) => [
        await reader.get('thing', doc.id),
        await reader.find('thing', 'byName', exactly('state')),
      ]);
      expect(second).toEqual([first]);
    });

    test('takes 200 documents in one turn', async () => {
      const docs = Array.from({ length: 200 }, (_, i) => make(`many/${String(i).padStart(3, '0')}`, [`many-${i}`]));
      await cabinet.write(docs.map((doc) => created(doc)));
      expect(await cabinet.read(async (reader) => reader.count('thing', 'byName', { prefix: 'many/' }))).toBe(200);
    });

    test('finds by a key that a later law declares what an earlier one wrote', async () => {
      const doc = make('earlier', [], { count: 7 });
      await cabinet.write([created(doc)]);
      const byCount = (): Promise<Doc[]> =>
        cabinet.read(async (reader) => reader.find('thing', 'byCount', exactly('7')));
      expect(await byCount()).toEqual([]);
      const counted = defineKind({
        ...thing,
        keys: { byName: (one: Doc) => [String(one['name'])], byCount: (one: Doc) => [String(one['count'])] },
      });
      await cabinet.reopen({ thing: counted, other });
      expect(await byCount()).toEqual([doc]);
      expect(await names(exactly('earlier'))).toEqual(['earlier']);
      await cabinet.reopen(cabinetKinds);
      expect(await byCount()).toEqual([]);
    });

    test('takes ids that follow from others', async () => {
      const doc = make('derived');
      const second = { ...doc, id: derivedId(doc.id, 1), name: 'derived/second' };
      await cabinet.write([created(doc), created(second)]);
      expect(await cabinet.read(async (reader) => (await reader.get('thing', second.id))?.['name'])).toBe(
        'derived/second',
      );
    });
  });
}
