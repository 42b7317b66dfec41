import Database from 'better-sqlite3-multiple-ciphers';
import { afterEach, describe, expect, it } from 'vitest';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Cabinet } from './cabinet.ts';
import { openCabinet } from './cabinet.ts';
import type { Questions } from './questions.ts';

const idOf = (n: number): string => `01980000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const doc = (n: number, more: object): Doc => ({ id: idOf(n), ...more });
const user = (n: number, name: string): Doc => doc(n, { name, username: name });
const statements: string[] = [];
let cabinet: Cabinet | undefined;
afterEach(async () => {
  await cabinet?.close();
  statements.length = 0;
});

async function open(): Promise<Cabinet> {
  cabinet = await openCabinet(new Database(':memory:', { verbose: (sql) => void statements.push(String(sql)) }));
  return cabinet;
}
const put = (to: Cabinet, kind: string, docs: readonly Doc[]): void =>
  to.write(
    docs.map((one) => ({ kind, id: one.id, doc: one, number: 1 })),
    'test',
  );
const collect = async (docs: AsyncIterable<Doc>): Promise<string[]> => {
  const ids: string[] = [];
  for await (const one of docs) ids.push(one.id);
  return ids;
};
const noFailure = (error: unknown): never => {
  throw error;
};

describe('what is asked of RxDB', () => {
  it('lists in their order, each of its own kind and place', async () => {
    const station = await open();
    put(station, 'station', [doc(1, { code: 'K2', name: 'A' }), doc(2, { code: 'K1', name: 'B' })]);
    put(station, 'location', [doc(3, { name: 'Tebet' }), doc(4, { name: 'Kemang' })]);
    put(station, 'device', [
      doc(5, { name: 'MR', locationId: idOf(3) }),
      doc(6, { name: 'CT', locationId: idOf(3) }),
      doc(7, { name: 'US', locationId: idOf(4) }),
    ]);
    const { questions } = station;
    expect((await questions.stations()).map((one) => one.code)).toEqual(['K1', 'K2']);
    expect((await questions.locations()).map((one) => one.name)).toEqual(['Kemang', 'Tebet']);
    expect((await questions.devicesAt(idOf(3))).map((one) => one.name)).toEqual(['CT', 'MR']);
    put(station, 'location', [doc(4, { name: 'Zamrud' })]);
    expect((await questions.locations()).map((one) => one.name)).toEqual(['Tebet', 'Zamrud']);
  });

  it('names are live: one emission for a turn, none after the end', async () => {
    const station = await open();
    const seen: string[][] = [];
    const stop = station.questions.watchNames((names) => void seen.push([...names.values()]), noFailure);
    await expect.poll(() => seen.at(-1)).toEqual([]);
    put(station, 'user', [user(1, 'Rini'), user(2, 'Budi')]);
    await expect.poll(() => seen.at(-1)).toEqual(['Budi', 'Rini']);
    expect(seen).toHaveLength(2);
    station.write([{ kind: 'user', id: idOf(2), doc: null, number: 2 }], 'test');
    await expect.poll(() => seen.at(-1)).toEqual(['Rini']);
    stop();
    put(station, 'user', [user(3, 'Sari')]);
    await station.questions.stations();
    expect(seen.at(-1)).toEqual(['Rini']);
  });

  it('every document of a kind once, over many pages, and of no other kind', async () => {
    const station = await open();
    const all = Array.from({ length: 1203 }, (_, n) => doc(n, { name: 'x', locationId: idOf(1) }));
    put(station, 'room', all);
    put(station, 'service', all.slice(0, 3));
    expect(await collect(station.questions.every('room'))).toEqual(all.map((one) => one.id));
    expect(await collect(station.questions.every('station'))).toEqual([]);
    expect(await collect(station.questions.every('nothing'))).toEqual([]);
  });

  it('each by an index: no table is read whole, and nothing but equal names is sorted', async () => {
    const { db, questions } = await open();
    const asked: Record<keyof Questions, () => Promise<unknown>> = {
      stations: () => questions.stations(),
      locations: () => questions.locations(),
      devicesAt: () => questions.devicesAt(idOf(1)),
      watchNames: () => new Promise((resolve) => questions.watchNames(resolve, noFailure)),
      every: () => collect(questions.every('instance')),
    };
    for (const [question, ask] of Object.entries(asked)) {
      statements.length = 0;
      await ask();
      const selects = statements.filter((sql) => /^select data from rx_\d+ where/.test(sql));
      // Wholly SQL: what is not by an index would be filtered or sorted after reading too much.
      expect(selects, question).toEqual([expect.stringMatching(/ order by .+ limit /)]);
      const plan = db.prepare<unknown[], { detail: string }>(`explain query plan ${String(selects[0])}`).all();
      const details = plan.map((row) => row.detail).join('\n');
      expect(details, question).toMatch(/^SEARCH rx_\d+ USING INDEX/);
      expect(details, question).not.toMatch(/SCAN|TEMP B-TREE FOR ORDER BY/);
    }
  });
});
