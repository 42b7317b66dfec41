import { mkdirSync, renameSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3-multiple-ciphers';
import { syncFolder } from './durable-files.ts';
import type { OpenResult } from './object-file.ts';
import { openObject } from './object-file.ts';
import { createIncomingObject } from './incoming-object.ts';

export type VaultRow = { sha256: string; fileName: string; bytes: number; atServer: boolean };
/** Where a file stands, as `files.at_server` says it. */
const UNSENT = 0;
const AT_SERVER = 1;
const UNNAMED = 2;

type Row = { sha256: string; file_name: string; bytes: number; at_server: number };

/**
 * The files of this station by the SHA-256 of their plain bytes, each encrypted like a received object: what the DICOM door
 * wrote (below `objects/`), documents made here and files that came from the server (below `files/`).
 */
export function createFileVault(db: Database.Database, dataFolder: string, key: Uint8Array) {
  const get = db.prepare('select sha256, file_name, bytes, at_server from files where sha256 = ?');
  const insert = db.prepare(
    'insert into files(sha256, file_name, bytes, at_server) values(?, ?, ?, ?) on conflict do nothing',
  );
  const mark = db.prepare('update files set at_server = 1 where sha256 = ?');
  const drop = db.prepare('delete from files where sha256 = ?');
  // What waits for a report to name it (`keepUntilNamed`) goes from then on.
  const unsent = `at_server = ${UNSENT} or (at_server = ${UNNAMED} and exists
    (select 1 from lookup where name = 'bySha256' and kind = 'report' and key = files.sha256))`;
  const toSend = db.prepare(
    `select sha256, file_name, bytes, at_server from files where ${unsent} order by sha256 limit ?`,
  );
  const missing = db
    .prepare(
      `select distinct key from lookup where name = 'bySha256' and kind in ('instance', 'document', 'report')
       and not exists (select 1 from files where files.sha256 = lookup.key) limit ?`,
    )
    .pluck();
  const rowOf = (row: Row): VaultRow => ({
    sha256: row.sha256,
    fileName: row.file_name,
    bytes: row.bytes,
    atServer: row.at_server === AT_SERVER,
  });
  const incoming = join(dataFolder, 'files', 'incoming');
  mkdirSync(incoming, { recursive: true, mode: 0o700 });

  /** Streams plain bytes into a new encrypted file; refuses what has another hash than it should, leaving nothing. */
  const write = async (
    chunks: AsyncIterable<Uint8Array>,
    sha256: string | null,
    place: typeof UNSENT | typeof AT_SERVER | typeof UNNAMED,
  ): Promise<VaultRow> => {
    const temp = createIncomingObject(join(incoming, `${crypto.randomUUID()}.part`), key);
    try {
      for await (const chunk of chunks) temp.write(chunk);
      const { datasetBytes, datasetSha256 } = await temp.finish();
      if (sha256 && sha256 !== datasetSha256) throw new Error('file has another hash than its name');
      const fileName = `files/${datasetSha256.slice(0, 2)}/${datasetSha256}.obj`;
      const path = join(dataFolder, fileName);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      renameSync(temp.tempPath, path);
      await syncFolder(dirname(path));
      insert.run(datasetSha256, fileName, datasetBytes, place);
      return { sha256: datasetSha256, fileName, bytes: datasetBytes, atServer: place === AT_SERVER };
    } catch (error) {
      temp.drop();
      throw error;
    }
  };

  return {
    key,
    get: (sha256: string): VaultRow | undefined => {
      const row = get.get(sha256) as Row | undefined;
      return row && rowOf(row);
    },
    /** An object that the door has on disk already; inside the turn that drains it. */
    adopt: (sha256: string, fileName: string, bytes: number): void => {
      insert.run(sha256, `objects/${fileName}`, bytes, 0);
    },
    store: (chunks: AsyncIterable<Uint8Array>, sha256: string | null, atServer: boolean): Promise<VaultRow> =>
      write(chunks, sha256, atServer ? AT_SERVER : UNSENT),
    /** A file that stays here alone until a report names it by its hash. */
    keepUntilNamed: (chunks: AsyncIterable<Uint8Array>): Promise<VaultRow> => write(chunks, null, UNNAMED),
    open: (row: VaultRow): Promise<OpenResult> => openObject(join(dataFolder, row.fileName), key),
    markAtServer: (sha256: string): void => {
      mark.run(sha256);
    },
    /** Takes a file off this station; only for what the server holds. */
    remove: async (row: VaultRow): Promise<void> => {
      await rm(join(dataFolder, row.fileName), { force: true });
      drop.run(row.sha256);
    },
    toSend: (limit: number): VaultRow[] => (toSend.all(limit) as Row[]).map(rowOf),
    /** Hashes of files that documents held here name and that are not here yet. */
    missing: (limit: number): string[] => missing.all(limit) as string[],
    all: (): VaultRow[] =>
      (db.prepare('select sha256, file_name, bytes, at_server from files order by sha256').all() as Row[]).map(rowOf),
    waiting: (): number => db.prepare(`select count(*) from files where ${unsent}`).pluck().get() as number,
  };
}
export type FileVault = ReturnType<typeof createFileVault>;

/** The plain bytes of an opened object in pieces of at most 1 MB; throws where a piece is damaged. */
export async function* readPieces(opened: Extract<OpenResult, { ok: true }>['object']): AsyncGenerator<Buffer> {
  const pieceBytes = 1024 * 1024;
  try {
    for (let at = 0; at < opened.length; at += pieceBytes) {
      const piece = await opened.read(at, Math.min(at + pieceBytes, opened.length));
      if (!piece.ok) throw new Error(piece.code);
      yield piece.bytes;
    }
  } finally {
    await opened.close();
  }
}
