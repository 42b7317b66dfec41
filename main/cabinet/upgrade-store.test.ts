import Database from 'better-sqlite3-multiple-ciphers';
import { createRxDatabase } from 'rxdb';
import { afterEach, describe, expect, it } from 'vitest';
import { collectionNames, kinds } from '../../shared/collections.ts';
import type { ChangeSet, Patch } from '../../shared/kernel/change-set.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { createBase } from './base.ts';
import type { Cabinet } from './cabinet.ts';
import { openCabinet } from './cabinet.ts';
import { createLookup } from './lookup.ts';
import { prepareOwnTables, STORE_VERSION } from './own-tables.ts';
import { ownInstanceOf } from './rx-storage/own-instance.ts';
import { createSqliteRxStorage } from './rx-storage/storage.ts';
import { createSetLog } from './set-log.ts';
import { rowOf } from './stored-form.ts';

const idOf = (n: number): string => `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const night = [{ weekday: 1, from: '22:00', to: '06:00' }];
const parted = [
  { weekday: 1, from: '22:00', to: '24:00' },
  { weekday: 2, from: '00:00', to: '06:00' },
];
const device = (n: number, hours: unknown): Doc => ({
  id: idOf(n),
  locationId: idOf(1),
  name: `Scanner ${n}`,
  aeTitle: `CT${n}`,
  modality: 'CT',
  host: '127.0.0.1',
  port: 104,
  specificCharacterSet: 'ISO_IR 192',
  hours,
  active: true,
});
const room: Doc = { id: idOf(900), locationId: idOf(1), name: 'Room', active: true };

/** The RxDB schema of every collection in version 0.1.0. */
const firstSchema = {
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

/** What version 0.1.0 left in a file: `docs` as they were shown, numbered 7. */
async function leaveFirstStore(db: Database.Database, docs: ReadonlyArray<[kind: string, doc: Doc]>): Promise<void> {
  const storage = createSqliteRxStorage(db);
  const rx = await createRxDatabase({ name: 'praxis', storage, multiInstance: false });
  const all = await rx.addCollections(
    Object.fromEntries(collectionNames.map((name) => [name, { schema: firstSchema }])),
  );
  prepareOwnTables(db);
  db.pragma('user_version = 1');
  const lookup = createLookup(db);
  for (const [kind, doc] of docs) {
    const spec = kinds[kind];
    const collection = spec && all[spec.collection];
    if (!spec || !collection) throw new Error(kind);
    storage.writeTogether([
      { instance: ownInstanceOf(collection), rows: [rowOf({ kind, id: doc.id, doc, number: 7 })] },
    ]);
    lookup.put(spec, doc.id, doc);
  }
  await rx.close();
}

const waiting = (seq: number, patch: Patch): ChangeSet => ({
  id: idOf(500 + seq),
  command: 'devices/save',
  input: {},
  lawVersion: 1,
  authorId: idOf(2),
  stationId: idOf(3),
  stationSeq: seq,
  atUtc: '2026-11-20T08:00:00.000Z',
  clockOffsetMs: null,
  seenThrough: 7,
  reason: null,
  undoes: null,
  buildsOn: [],
  patches: [patch],
});

let cabinet: Cabinet | undefined;
afterEach(async () => {
  await cabinet?.close();
  cabinet = undefined;
});
const docOf = (open: Cabinet, kind: string, id: string) => open.getHeld(kind, id)?.doc;
const tablesOf = (db: Database.Database, collection: string): string[] =>
  (db.prepare('select name from rx_table').pluck().all() as string[]).filter((name) =>
    name.includes(`"${collection}"`),
  );

describe('a store of version 1', () => {
  it('is brought up in one transaction: documents, bases, what pending sets show, look-up rows', async () => {
    const db = new Database(':memory:');
    const many = Array.from({ length: 1200 }, (_, n): [string, Doc] => [
      'device',
      device(1000 + n, n % 2 ? night : parted),
    ]);
    await leaveFirstStore(db, [...many, ['room', room], ['device', device(10, [])], ['device', device(11, night)]]);
    // The first was set to night hours here, over a base with night hours too; the second was closed here.
    const base = createBase(db);
    base.put('device', idOf(10), { doc: device(10, night), number: 5 });
    base.put('device', idOf(11), { doc: device(11, night), number: 5 });
    const log = createSetLog(db);
    const change = (before: unknown, after: unknown) =>
      ({ hours: { before: { hours: before }, after: { hours: after } } }) as Patch['units'];
    log.append(waiting(1, { kind: 'device', id: idOf(10), op: 'update', units: change(night, []) }));
    log.append(waiting(2, { kind: 'device', id: idOf(10), op: 'update', units: change([], night) }));
    log.append(waiting(3, { kind: 'device', id: idOf(11), op: 'update', units: change(night, []) }));
    const sent = log.unsent(9).map((row) => row.set);
    db.prepare("delete from lookup where kind = 'room' and name = 'byLocation'").run();

    cabinet = await openCabinet(db);
    const shown = many.map(([, doc]) => docOf(cabinet as Cabinet, 'device', doc.id));
    expect(shown).toEqual(many.map(([, doc]) => ({ ...doc, hours: parted })));
    expect(cabinet.getHeld('device', idOf(1001))?.number).toBe(7);
    expect(docOf(cabinet, 'device', idOf(10))).toEqual(device(10, parted));
    expect(docOf(cabinet, 'device', idOf(11))).toEqual(device(11, []));
    expect(base.get('device', idOf(10))).toEqual({ doc: device(10, parted), number: 5 });
    expect(
      createSetLog(db)
        .unsent(9)
        .map((row) => row.set),
    ).toEqual(sent);
    expect(createSetLog(db).verifyChain()).toBeNull();
    expect(await cabinet.reader.find('room', 'byLocation', { prefix: idOf(1) })).toEqual([room]);
    expect(await cabinet.reader.count('device', 'byLocation', { prefix: idOf(1) })).toBe(1202);
    expect(db.pragma('user_version', { simple: true })).toBe(STORE_VERSION);
    expect(tablesOf(db, 'reference')).toHaveLength(1);
  });

  it('stays as it was where the upgrade fails, and is brought up the next time', async () => {
    const db = new Database(':memory:');
    await leaveFirstStore(db, [['device', device(10, night)]]);
    createBase(db).put('device', idOf(10), { doc: device(10, night), number: 5 });
    // The last that is written: documents have been moved by then.
    db.exec("create temp trigger full before update on main.base begin select raise(abort, 'disk full'); end");
    await expect(openCabinet(db)).rejects.toThrow('disk full');
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    db.exec('drop trigger temp.full');
    cabinet = await openCabinet(db);
    expect(docOf(cabinet, 'device', idOf(10))).toEqual(device(10, parted));
  });

  it('is not touched again by the same program', async () => {
    const db = new Database(':memory:');
    await leaveFirstStore(db, [['room', room]]);
    cabinet = await openCabinet(new Database(db.serialize()));
    const left = cabinet.db.serialize();
    await cabinet.close();
    const again = new Database(left);
    const before = again.prepare('select total_changes()').pluck().get();
    cabinet = await openCabinet(again);
    expect(again.prepare('select total_changes()').pluck().get()).toBe(before);
  });
});
