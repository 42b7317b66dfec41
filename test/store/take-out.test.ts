/** Papers and received objects leave by main's own hands: whose right it is, what is written down, and that the bytes are the same. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFileSources } from '../../main/ipc/serve-files.ts';
import { createTakeOut } from '../../main/ipc/take-out.ts';
import { createFakeHost } from '../../main/shell/fake/create-fake-host.ts';
import type { Cabinet } from '../../main/cabinet/cabinet.ts';
import { openCabinet } from '../../main/cabinet/cabinet.ts';
import { createFileVault } from '../../main/vault/file-vault.ts';
import type { FileStation } from '../../main/vault/locate-file.ts';
import { locateFile } from '../../main/vault/locate-file.ts';
import { openEncryptedFile } from '../../main/cabinet/sqlite/open-file.ts';
import { createReadJournal } from '../../main/cabinet/read-journal.ts';
import type { Role } from '../../shared/access/permissions.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import type { TakeOutRequest } from '../../shared/ipc/contract.ts';
import { blankHeader } from '../world/blank-header.ts';
import { id, kemang } from '../world/front-desk-world.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-take-out-'));
const key = randomBytes(32);
const host = createFakeHost();
const logged: Record<string, unknown>[] = [];
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(2_500_000)]);
const pixels = randomBytes(1_200_000);
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const [PATIENT, IMAGE] = [id(70, 1), id(71, 1)];
let cabinet: Cabinet;
let station: FileStation;
let role: Role = 'doctor';

const rethrow = (error: unknown): never => {
  throw error;
};

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

beforeAll(async () => {
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const opened = openEncryptedFile({ file: join(dataDir, 'store.db'), keyHex: randomBytes(32).toString('hex') });
  if (!opened.ok) throw new Error(opened.error.code);
  cabinet = await openCabinet(opened.value);
  const vault = createFileVault(cabinet.db, dataDir, key);
  const reads = createReadJournal(cabinet.db, Date.now, rethrow);
  station = { cabinet, vault, reads, documentsMade: new Map() };
  await vault.store(inOne(pdf), null, false);
  await vault.store(inOne(pixels), null, false);
  const atUtc = '2026-11-20T08:00:00.000Z';
  const document = {
    id: id(72, 1),
    patientId: PATIENT,
    template: 'report',
    ofKind: 'report',
    ofId: id(73, 1),
    locale: 'en',
    sha256: sha256Of(pdf),
    bytes: pdf.length,
    madeBy: id(2, 1),
    madeAtUtc: atUtc,
  };
  const instance = {
    id: IMAGE,
    studyId: id(74, 1),
    locationId: kemang,
    patientId: PATIENT,
    sopInstanceUid: '1.2.3.4',
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    datasetSha256: sha256Of(pixels),
    datasetBytes: pixels.length,
    callingAeTitle: 'CT1',
    receivedAtUtc: atUtc,
    duplicateOf: null,
    header: blankHeader({ instanceNumber: 12 }),
  };
  cabinet.write(
    [
      { kind: 'document', id: document.id, doc: document, number: 1 },
      { kind: 'instance', id: instance.id, doc: instance, number: 1 },
    ],
    'test',
  );
});
afterAll(async () => {
  station.reads.stop();
  await cabinet.close();
  rmSync(folder, { recursive: true });
});

const link = {
  request: (_windowId: number, _channel: string, payload: unknown): Promise<unknown> =>
    Promise.resolve(
      locateFile(station, payload, {
        id: id(2, 1),
        name: 'Sari',
        permissions: permissionsOf([role]),
        automatic: false,
      }),
    ),
};
const take = (request: TakeOutRequest) =>
  createTakeOut(
    host,
    createFileSources(link, join(folder, 'data'), key),
    (entry) => void logged.push(entry),
  )(request, 1);
const readsSoFar = async (): Promise<string[]> => {
  await new Promise((resolve) => setTimeout(resolve, 1100));
  return station.reads.unsent(50).map((row) => `${row.view} ${row.patientId}`);
};

test('a paper is saved under a name without the patient, byte for byte, and it is written down who took it', async () => {
  const sha256 = sha256Of(pdf);
  const saved = await take({ do: 'save', sha256 });
  const fileName = `report-${sha256.slice(0, 8)}.pdf`;
  expect(saved).toEqual({ ok: true, did: 'saved', fileName, folder: '/exports' });
  expect(sha256Of(host.saved.get(`/exports/${fileName}`) ?? new Uint8Array())).toBe(sha256);
  expect(await readsSoFar()).toContain(`documents/report/save ${PATIENT}`);
});

test('an object is saved as the scanner sent it, behind a clean preamble', async () => {
  expect(await take({ do: 'saveInstance', instanceId: IMAGE })).toMatchObject({ ok: true, fileName: 'image-12.dcm' });
  const file = Buffer.from(host.saved.get('/exports/image-12.dcm') ?? []);
  expect(file.subarray(0, 132).toString('latin1')).toBe(`${'\0'.repeat(128)}DICM`);
  expect(file.subarray(file.length - pixels.length).equals(pixels)).toBe(true);
  expect(await readsSoFar()).toContain(`imaging/instance/save ${PATIENT}`);
});

test('printing says when there is no printer; with one it sends the whole paper under a title without the patient', async () => {
  const sha256 = sha256Of(pdf);
  expect(await take({ do: 'print', sha256 })).toEqual({ ok: false, code: 'no-printer' });
  host.setPrinter('Desk');
  expect(await take({ do: 'print', sha256 })).toEqual({ ok: true, did: 'printed', printer: 'Desk' });
  expect(host.printed.map((paper) => [paper.title, sha256Of(paper.bytes)])).toEqual([['Praxis report', sha256]]);
});

test('who may not see an image cannot save it; what is not here answers the same', async () => {
  role = 'cashier';
  const before = host.saved.size;
  expect(await take({ do: 'saveInstance', instanceId: IMAGE })).toEqual({ ok: false, code: 'not-found' });
  expect(await take({ do: 'save', sha256: '0'.repeat(64) })).toEqual({ ok: false, code: 'not-found' });
  // The bytes of an image are no paper, even for who knows their hash.
  expect(await take({ do: 'save', sha256: sha256Of(pixels) })).toEqual({ ok: false, code: 'not-found' });
  expect(host.saved.size).toBe(before);
  role = 'doctor';
});

test('a damaged file leaves nothing behind and one line in the log', async () => {
  const row = station.vault.get(sha256Of(pdf));
  writeFileSync(join(folder, 'data', row?.fileName ?? ''), randomBytes(4000));
  const before = [host.saved.size, host.printed.length];
  expect(await take({ do: 'save', sha256: sha256Of(pdf) })).toEqual({ ok: false, code: 'failed' });
  expect(await take({ do: 'print', sha256: sha256Of(pdf) })).toEqual({ ok: false, code: 'failed' });
  expect([host.saved.size, host.printed.length]).toEqual(before);
  expect(logged.map((one) => one['what'])).toEqual(['take-out-failed', 'take-out-failed']);
});
