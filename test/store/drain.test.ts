/** Filing what a scanner sent, when the workstation ends in the middle of it: nothing is lost, and nothing is filed as unreadable. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3-multiple-ciphers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareOwnTables } from '../../main/cabinet/own-tables.ts';
import { openEncryptedFile } from '../../main/cabinet/sqlite/open-file.ts';
import type { ReceivedInstance } from '../../main/dicom/ports.ts';
import type { ParseResult } from '../../main/parser/pool.ts';
import { createDrain, type StudyBatch } from '../../main/station/imaging/drain.ts';
import { createFileVault } from '../../main/vault/file-vault.ts';
import { blankHeader } from '../world/blank-header.ts';
import { makeFolder, until } from '../world/services.ts';

let folder: ReturnType<typeof makeFolder>;
let db: Database.Database;
beforeEach(() => {
  folder = makeFolder('drain');
  mkdirSync(join(folder.path, 'data'));
  const opened = openEncryptedFile({ file: join(folder.path, 'store.db'), keyHex: randomBytes(32).toString('hex') });
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
  prepareOwnTables(db);
});
afterEach(() => {
  db.close();
  folder.remove();
});

const instance = (journalSeq: number): ReceivedInstance => ({
  journalSeq,
  sopClassUid: '1.2.840.10008.5.1.4.1.1.6.1',
  sopInstanceUid: `1.2.3.${journalSeq}`,
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  callingAeTitle: 'US1',
  calledAeTitle: 'PRAXIS',
  receivedAtUtc: '2026-11-21T03:00:00.000Z',
  datasetBytes: 10,
  datasetSha256: String(journalSeq).padStart(64, '0'),
  fileName: `${journalSeq}.obj`,
});
const header: ParseResult = { ok: true, header: blankHeader({ studyInstanceUid: '1.2.9' }) };

/** A drain whose parser answers when the test says so. */
function drainOf() {
  const asked: Array<(result: ParseResult) => void> = [];
  const filed: StudyBatch[] = [];
  const acknowledged: number[] = [];
  const drain = createDrain({
    db,
    vault: createFileVault(db, join(folder.path, 'data'), randomBytes(32)),
    objectKey: randomBytes(32),
    objectPath: (fileName) => fileName,
    parse: () => new Promise((resolve) => void asked.push(resolve)),
    fileBatch: async (batch) => void filed.push(batch),
    acknowledge: (throughSeq) => acknowledged.push(throughSeq),
    report: () => undefined,
  });
  return { drain, asked, filed, acknowledged };
}
const unfiled = (): number => db.prepare('select count(*) from received where filed = 0').pluck().get() as number;

it('ends only when nothing of it touches the store any more, and the next start files the rest', async () => {
  const { drain, asked, filed } = drainOf();
  drain.take(instance(1));
  drain.take(instance(2));
  await until('the first object is read', async () => asked.length === 1);
  let hasEnded = false;
  const ended = drain.stop().then(() => {
    hasEnded = true;
  });
  await new Promise((resolve) => void setImmediate(resolve));
  expect(hasEnded).toBe(false);
  asked[0]?.(header);
  await ended;
  expect([asked.length, filed.length, unfiled()]).toEqual([1, 0, 2]);

  const next = drainOf();
  next.drain.start();
  await until('the second start reads', async () => next.asked.length === 1);
  next.asked[0]?.(header);
  await until('and goes on', async () => next.asked.length === 2);
  next.asked[1]?.(header);
  await until('both are filed', async () => unfiled() === 0);
  expect(next.filed.map((one) => one.instances.map((each) => each.header !== null))).toEqual([[true, true]]);
  await next.drain.stop();
});

it('an object that the parser did not come to is no unreadable object', async () => {
  const { drain, asked, filed } = drainOf();
  drain.take(instance(1));
  await until('it is read', async () => asked.length === 1);
  asked[0]?.({ ok: false, reason: 'closed' });
  await drain.stop();
  expect([filed.length, unfiled()]).toEqual([0, 1]);
});

it('what the door tells after the end is not acknowledged, so it is told again', async () => {
  const { drain, acknowledged } = drainOf();
  await drain.stop();
  drain.take(instance(1));
  expect([acknowledged, unfiled()]).toEqual([[], 0]);
});
