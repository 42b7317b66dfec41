/** A workstation's store as far as papers need it, on a real encrypted file, with the front desk's world in it. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDocumentMaker } from '../../main/documents/document-maker.ts';
import { openCabinet } from '../../main/cabinet/cabinet.ts';
import type { DocumentStation } from '../../main/documents/make-document.ts';
import { makeDocument } from '../../main/documents/make-document.ts';
import { createFileVault, readPieces } from '../../main/vault/file-vault.ts';
import { openEncryptedFile } from '../../main/cabinet/sqlite/open-file.ts';
import { createBase } from '../../main/cabinet/base.ts';
import { createNumbers } from '../../main/station/desk/numbers.ts';
import { createSetLog } from '../../main/cabinet/set-log.ts';
import { createStationDesk } from '../../main/station/desk/station-desk.ts';
import { createTurnQueue } from '../../main/cabinet/turn-queue.ts';
import { createScopeTable } from '../../main/sync/scope-table.ts';
import { createReadJournal } from '../../main/cabinet/read-journal.ts';
import type { MakePaperRequest } from '../../shared/ipc/contract.ts';
import type { Author } from '../../shared/kernel/command.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { coreScope, scheduleScope } from '../../shared/kernel/scopes.ts';
import { pdfText } from '../documents/pdf-tools.ts';
import { frontDeskWorld, id, kemang, kuningan, NOW_UTC } from './front-desk-world.ts';
import { makeFolder } from './services.ts';

const rethrow = (error: unknown): never => {
  throw error;
};

export async function openPaperStation(more: ReadonlyArray<{ kind: string; doc: Doc }>) {
  const folder = makeFolder('papers');
  const dataDir = join(folder.path, 'data');
  mkdirSync(dataDir);
  const opened = openEncryptedFile({ file: join(dataDir, 'store.db'), keyHex: randomBytes(32).toString('hex') });
  if (!opened.ok) throw new Error(opened.error.code);
  const cabinet = await openCabinet(opened.value);
  const world: Array<{ kind: string; doc: Doc }> = Object.entries(frontDeskWorld()).flatMap(([kind, list]) =>
    (list as readonly Doc[]).map((doc) => ({ kind, doc })),
  );
  cabinet.write(
    [...world, ...more].map(({ kind, doc }) => ({ kind, id: doc.id, doc, number: 1 })),
    'test',
  );
  const scopes = createScopeTable(cabinet.db);
  for (const scope of [coreScope, scheduleScope(kemang, NOW_UTC), scheduleScope(kuningan, NOW_UTC)]) {
    scopes.add(scope);
    scopes.advance([scope], { number: 1, hash: 'test' }, null, 'held');
  }
  const identity = {
    stationId: id(30, 1),
    stationCode: 'K2',
    stationName: 'Front desk',
    profile: 'all',
    secret: '',
    organizationId: id(9, 1),
    locationId: kemang,
    serverUrl: '',
  };
  let ms = Date.parse(NOW_UTC);
  const nowMs = (): number => (ms += 1000);
  const desk = createStationDesk({
    cabinet,
    log: createSetLog(cabinet.db),
    base: createBase(cabinet.db),
    numbers: createNumbers(cabinet.db, 'K2'),
    identity,
    queue: createTurnQueue(),
    nowMs,
    onWritten: () => undefined,
    onHead: () => undefined,
  });
  const station = {
    cabinet,
    desk,
    identity,
    nowMs,
    vault: createFileVault(cabinet.db, dataDir, randomBytes(32)),
    documents: createDocumentMaker(),
    documentsMade: new Map<string, string>(),
    reads: createReadJournal(cabinet.db, nowMs, rethrow),
  };
  return {
    cabinet,
    station,
    close: async (): Promise<void> => {
      station.reads.stop();
      await station.documents.close();
      await cabinet.close();
      folder.remove();
    },
  };
}

/** Makes a paper and reads back what poppler sees on it; throws where none was made. */
export async function readPaper(
  station: DocumentStation,
  request: MakePaperRequest,
  author: Author,
): Promise<{ sha256: string; text: string }> {
  const answer = await makeDocument(station, request, author);
  if (!answer.ok) throw new Error(JSON.stringify(answer));
  const row = station.vault.get(answer.sha256);
  const opened = row && (await station.vault.open(row));
  if (!opened?.ok || answer.url !== `/documents/${answer.sha256}`) throw new Error('not in the vault');
  const pieces: Uint8Array[] = [];
  for await (const piece of readPieces(opened.object)) pieces.push(piece);
  return { sha256: answer.sha256, text: pdfText(Buffer.concat(pieces)) };
}
