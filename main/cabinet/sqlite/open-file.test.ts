import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeSync,
  closeSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeReachableFolder, withoutRoot } from '../../../test/world/other-user.ts';
import { checkpointWal, openEncryptedFile } from './open-file.ts';
import type { OpenFileOptions } from './open-file.ts';
import { storeFailureOf } from './store-failure.ts';

const keyHex = createHash('sha256').update('one').digest('hex');
const otherKeyHex = createHash('sha256').update('two').digest('hex');
let folder = '';
const file = () => join(folder, 'store.db');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-open-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function openDb(more: Partial<OpenFileOptions> = {}) {
  const opened = openEncryptedFile({ file: file(), keyHex, ...more });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

function codeOf(more: Partial<OpenFileOptions> = {}): string {
  const opened = openEncryptedFile({ file: file(), keyHex, ...more });
  if (opened.ok) opened.value.close();
  return opened.ok ? 'ok' : opened.error.code;
}

function fillFile() {
  const db = openDb();
  db.exec('create table t(x text)');
  const insert = db.prepare('insert into t values(?)');
  for (let n = 0; n < 400; n++) insert.run(`Mustermann-geheim ${n} ${'x'.repeat(80)}`);
  return db;
}

test('durable settings, and no plain text in the file, its WAL, or beside it', () => {
  const db = fillFile();
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('cipher', { simple: true })).toBe('aegis');
  const plain = () =>
    readdirSync(folder).filter((name) => /Mustermann|SQLite format/.test(readFileSync(join(folder, name), 'latin1')));
  expect(readdirSync(folder)).toContain('store.db-wal');
  expect(plain()).toEqual([]);
  checkpointWal(db, 'TRUNCATE');
  expect(statSync(file()).size).toBeGreaterThan(40_000);
  expect(plain()).toEqual([]);
  db.close();
  expect(codeOf()).toBe('ok');
});

test('a wrong, a missing or a malformed key is wrong-key, with and without the key check', () => {
  fillFile().close();
  for (const key of [otherKeyHex, '', 'zz', keyHex.slice(1)]) expect(codeOf({ keyHex: key })).toBe('wrong-key');
  rmSync(`${file()}.keycheck`);
  expect(codeOf({ keyHex: otherKeyHex })).toBe('wrong-key');
  expect(codeOf()).toBe('ok');
  expect(codeOf({ keyHex: otherKeyHex })).toBe('wrong-key');
});

test('a second opener gets in-use, from this process and from another, until close', () => {
  const db = fillFile();
  expect(codeOf()).toBe('in-use');
  const module = JSON.stringify(new URL('./open-file.ts', import.meta.url).href);
  const script = `const { openEncryptedFile } = await import(${module});
    const r = openEncryptedFile({ file: ${JSON.stringify(file())}, keyHex: '${keyHex}' }); console.log(r.ok ? 'ok' : r.error.code);`;
  const other = () =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trim();
  expect(other()).toBe('in-use');
  db.close();
  expect(other()).toBe('ok');
});

test('damage is corrupt, not a wrong key: in the first page and in a later one', () => {
  fillFile().close();
  const damage = (at: number) => {
    const handle = openSync(file(), 'r+');
    writeSync(handle, Buffer.alloc(64, 7), 0, 64, at);
    closeSync(handle);
  };
  damage(4096 * 5);
  const db = openDb();
  let error: unknown;
  try {
    db.prepare('select count(x||1) from t').get();
  } catch (caught) {
    error = caught;
  }
  expect(storeFailureOf(error)?.code).toBe('corrupt');
  db.close();
  damage(1000);
  expect(codeOf()).toBe('corrupt');
});

test('a missing file or folder, and a file of a newer program', () => {
  expect(codeOf({ mustExist: true })).toBe('not-found');
  expect(codeOf({ file: join(folder, 'no', 'store.db') })).toBe('not-found');
  const db = fillFile();
  db.pragma('user_version=8');
  db.close();
  expect(codeOf({ highestUserVersion: 7 })).toBe('newer-program');
  expect(codeOf({ highestUserVersion: 8 })).toBe('ok');
});

test('a full disk is disk-full and leaves the rows as they were', () => {
  const db = fillFile();
  const pages = Number(db.pragma('page_count', { simple: true }));
  db.pragma(`max_page_count=${pages + 1}`);
  const insert = db.prepare('insert into t values(?)');
  let error: unknown;
  try {
    db.transaction(() => {
      for (let n = 0; n < 1000; n++) insert.run('y'.repeat(500));
    })();
  } catch (caught) {
    error = caught;
  }
  expect(storeFailureOf(error)).toEqual({ code: 'disk-full', sqliteCode: 'SQLITE_FULL' });
  expect(db.prepare('select count(*) from t').pluck().get()).toBe(400);
  db.close();
});

test('a read-only folder is read-only', async () => {
  const { path, remove } = makeReachableFolder('read-only');
  chmodSync(path, 0o555);
  const inside = { file: join(path, 'store.db') };
  expect(await withoutRoot(() => codeOf(inside))).toBe('read-only');
  remove();
});
