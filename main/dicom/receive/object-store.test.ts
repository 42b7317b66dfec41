import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ObjectStore, openObjectStore } from './object-store.ts';

const key = randomBytes(32);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function open() {
  const opened = await openObjectStore({
    objectFolder: join(folder, 'objects'),
    journalFile: join(folder, 'journal'),
    key,
  });
  if (!opened.ok) throw new Error(opened.why);
  return opened;
}

function keep(store: ObjectStore, sopInstanceUid: string, dataset: Uint8Array) {
  const object = store.begin();
  object.write(dataset);
  return store.keep(object, {
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUid,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    callingAeTitle: 'CT1',
    calledAeTitle: 'PRAXIS',
    receivedAtUtc: '2026-01-01T00:00:00.000Z',
  });
}

const files = (): string[] =>
  readdirSync(join(folder, 'objects'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(obj|part)$/.test(name),
  );

describe('the object store', () => {
  it('keeps equal objects that come at the same time once', async () => {
    const { store } = await open();
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => keep(store, '1.2', Buffer.from('same'))));
    expect(outcomes.filter(({ kind }) => kind === 'stored')).toHaveLength(1);
    expect(files()).toHaveLength(1);
    await store.close();
  });

  it('leaves nothing when the journal fails', async () => {
    const { store } = await open();
    store.journal.close();
    await expect(keep(store, '1.2', Buffer.from('x'))).rejects.toThrow();
    expect(files()).toEqual([]);
  });

  it('leaves nothing when the file cannot be moved to its place', async () => {
    const { store } = await open();
    for (const name of readdirSync(join(folder, 'objects')))
      if (name !== 'incoming') rmSync(join(folder, 'objects', name), { recursive: true });
    await expect(keep(store, '1.2', Buffer.from('x'))).rejects.toThrow();
    expect(files()).toEqual([]);
    expect(store.journal.lastSeq()).toBe(0);
    await store.close();
  });

  it('removes what was unfinished, reports missing and unknown files, and takes a missing one again', async () => {
    const first = await open();
    const outcome = await keep(first.store, '1.2', Buffer.from('x'));
    await first.store.close();
    const fileName = outcome.kind === 'stored' ? outcome.instance.fileName : '';
    rmSync(join(folder, 'objects', fileName));
    writeFileSync(join(folder, 'objects/incoming/left.part'), 'x');
    writeFileSync(join(folder, `objects/00/${'0'.repeat(64)}.obj`), 'x');
    const second = await open();
    expect(second.report).toMatchObject({ lines: 1, missingFileSeqs: [1], unjournalledFiles: 1 });
    expect(files()).toEqual([`00/${'0'.repeat(64)}.obj`]);
    expect(await keep(second.store, '1.2', Buffer.from('x'))).toMatchObject({
      kind: 'stored',
      instance: { journalSeq: 2, fileName },
    });
    await second.store.close();
  });
});
