import type { Document } from '../../shared/documents/schema.ts';
import type { MakePaperRequest } from '../../shared/ipc/contract.ts';
import type { CommandCall } from '../../shared/desk/ports.ts';
import type { Author } from '../../shared/kernel/command.ts';
import type { Result } from '../../shared/kernel/result.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import type { Cabinet } from '../cabinet/cabinet.ts';
import type { ReadJournal } from '../cabinet/read-journal.ts';
import type { MakeResult } from './document-messages.ts';
import type { FileVault, VaultRow } from '../vault/file-vault.ts';
import { readPieces } from '../vault/file-vault.ts';
import type { DocumentMaker } from './document-maker.ts';
import { invoicePaper, receiptPaper } from './contents/bill-papers.ts';
import { countPages } from './count-pages.ts';
import { dayClosePaper } from './contents/day-close-paper.ts';
import { dayListPaper, downtimePaper } from './contents/list-papers.ts';
import type { Paper, PaperName, PaperSpec } from './contents/paper.ts';
import { reportPaper } from './contents/report-paper.ts';
import { languageOf } from './contents/site-data.ts';

export type MadeDocument =
  | { ok: true; url: string; sha256: string; pages: number }
  | { ok: false; code: string; missing: string[] };

/** The parts of a workstation that making a paper needs. */
export type DocumentStation = {
  cabinet: Cabinet;
  vault: FileVault;
  documents: DocumentMaker;
  desk: { run: (call: CommandCall, priority: 'person') => Promise<Result<unknown, Violation[]>> };
  nowMs: () => number;
  /** Documents made in this run, those that are filed nowhere (day lists) among them: what each is, by its hash. */
  documentsMade: Map<string, string>;
  identity: { stationId: string; stationCode: string; stationName: string; locationId: string };
  reads: ReadJournal;
};

const papers: Record<PaperName, PaperSpec> = {
  report: { kind: 'report', permissions: ['imaging.view'], gather: reportPaper },
  invoice: { kind: 'invoice', permissions: ['billing.view'], gather: invoicePaper },
  receipt: { kind: 'receipt', permissions: ['billing.view'], gather: receiptPaper },
  'day-close': { kind: 'dayClose', permissions: ['billing.close'], gather: dayClosePaper },
  'day-list': { kind: 'dayList', permissions: ['appointments.view', 'patients.view'], gather: dayListPaper },
  'downtime-pack': { kind: 'downtimePack', permissions: ['appointments.view', 'patients.view'], gather: downtimePaper },
};

/**
 * Makes a paper, or finds the one that was made: a final document is laid out once and filed by its bytes' hash, and whoever
 * asks again is given those bytes. Codes: `not-permitted`, `not-found`, `bad-data` (`missing`: paths into the data),
 * `missing-glyphs` (`missing`: code points), `files-missing` (a picture has not come yet), `bad-image`, `timed_out`, `closed`, `failed`. Never a value from the data.
 */
export async function makeDocument(
  station: DocumentStation,
  request: MakePaperRequest,
  author: Author,
): Promise<MadeDocument> {
  const spec = papers[request.template];
  if (!spec.permissions.every((one) => author.permissions.has(one))) return refused('not-permitted');
  const { identity, cabinet } = station;
  const language = languageOf(request.locale);
  const paper = await spec.gather(request.id, {
    reader: cabinet.reader,
    nowUtc: new Date(station.nowMs()).toISOString(),
    language,
    fileOf: async (sha256) => {
      const row = station.vault.get(sha256);
      return row && bytesOf(station.vault, row);
    },
    station: {
      id: identity.stationId,
      code: identity.stationCode,
      name: identity.stationName,
      locationId: identity.locationId,
    },
  });
  if (!paper) return refused('not-found');
  const patientId = paper.filed?.patientId ?? null;
  station.reads.note({ userId: author.id, view: `documents/${request.template}/make`, patientId });
  const stored = await filedBefore(station, paper, language);
  const kept = stored && station.vault.get(stored.sha256);
  if (kept) return served(kept.sha256, await bytesOf(station.vault, kept));
  if (paper.lacksFiles) return refused('files-missing');
  const made = await station.documents.make(spec.kind, paper.data, language);
  if (!made.ok) return failure(made);
  // What is filed nowhere stays on this station: for the postman there is nothing to send.
  await station.vault.store(inOne(made.bytes), made.sha256, paper.filed === null);
  station.documentsMade.set(made.sha256, request.template);
  if (paper.filed && stored?.sha256 !== made.sha256) await fileAway(station, paper.filed, made, language, author);
  return served(made.sha256, made.bytes);
}

type Filed = NonNullable<Paper['filed']>;

/** The newest document of the same thing in the same language that nothing was added to since. */
async function filedBefore(
  { cabinet }: DocumentStation,
  { filed }: Paper,
  locale: string,
): Promise<Document | undefined> {
  if (!filed) return undefined;
  const all = await cabinet.reader.find<Document>('document', 'byOf', { prefix: `${filed.ofId}/` }, { reverse: true });
  return all.find(
    (one) => one.template === filed.template && one.locale === locale && one.madeAtUtc >= filed.currentSinceUtc,
  );
}

async function fileAway(
  station: DocumentStation,
  { template, patientId, ofKind, ofId }: Filed,
  made: { bytes: Uint8Array; sha256: string },
  locale: string,
  author: Author,
): Promise<void> {
  const input = { template, patientId, ofKind, ofId, locale, sha256: made.sha256, bytes: made.bytes.length };
  // A station that may not write (read-only, rights taken away) still prints; the next one that may files it.
  await station.desk.run({ name: 'documents/file', input, author, seen: {}, reason: null }, 'person');
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function bytesOf(vault: FileVault, row: VaultRow): Promise<Uint8Array> {
  const opened = await vault.open(row);
  if (!opened.ok) throw Object.assign(new Error('a filed paper does not open'), { code: 'file-damaged' });
  const pieces: Uint8Array[] = [];
  for await (const piece of readPieces(opened.object)) pieces.push(piece);
  return Buffer.concat(pieces);
}

const served = (sha256: string, bytes: Uint8Array): MadeDocument => ({
  ok: true,
  url: `/documents/${sha256}`,
  sha256,
  pages: countPages(bytes),
});
const refused = (code: string, missing: string[] = []): MadeDocument => ({ ok: false, code, missing });

function failure(result: Extract<MakeResult, { ok: false }>): MadeDocument {
  switch (result.code) {
    case 'bad_input':
      return refused('bad-data', [...new Set(result.problems.map((one) => one.at))]);
    case 'missing_glyphs':
      return refused('missing-glyphs', [...new Set(result.missing.map((one) => one.codePoint))]);
    case 'bad_image':
      return refused('bad-image', result.blocks);
    default:
      return refused(result.code);
  }
}
