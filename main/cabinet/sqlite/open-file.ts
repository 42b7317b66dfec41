import Database from 'better-sqlite3-multiple-ciphers';
import { existsSync, statSync } from 'node:fs';
import { fail, ok } from '../../../shared/kernel/result.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { checkKey, writeKeyCheck } from './key-check.ts';
import { storeFailureOf } from './store-failure.ts';
import type { StoreFailure } from './store-failure.ts';

export type OpenFileOptions = {
  /** Absolute path; the folder must exist. */
  file: string;
  /** 32 bytes as 64 hex digits, used as it is (no key derivation). */
  keyHex: string;
  /** Refuse to make a new file: for a station that has had one. */
  mustExist?: boolean;
  /** The highest `PRAGMA user_version` this program understands; a newer file is refused before anything reads it. */
  highestUserVersion?: number;
  /** WAL pages (4 KB) after which a commit also checkpoints; 0 = never, then call `checkpointWal` while idle. */
  walAutocheckpointPages?: number;
};

export type OpenFileResult = Result<Database.Database, StoreFailure>;

/**
 * Opens (or makes) the station's encrypted SQLite file: cipher AEGIS-256, raw key, WAL, synchronous FULL, so that what was
 * acknowledged survives a power cut. The file is locked for this process until `db.close()` or its death; a second opener
 * gets `in-use`. Every expected failure is a value.
 */
export function openEncryptedFile(options: OpenFileOptions): OpenFileResult {
  const { file, keyHex } = options;
  if (!/^[0-9a-f]{64}$/i.test(keyHex)) return fail({ code: 'wrong-key', sqliteCode: undefined });
  let db: Database.Database | undefined;
  try {
    const isNew = !existsSync(file) || statSync(file).size === 0;
    if (isNew && options.mustExist) return fail({ code: 'not-found', sqliteCode: undefined });
    const key = isNew ? 'unknown' : checkKey(file, keyHex);
    if (key === 'wrong') return fail({ code: 'wrong-key', sqliteCode: undefined });
    db = new Database(file, { timeout: 0 });
    try {
      configure(db, keyHex, options.walAutocheckpointPages ?? 4000);
    } catch (error) {
      const failure = storeFailureOf(error);
      // The key is known to be right, so an unreadable first page is damage.
      if (failure?.code === 'wrong-key' && key === 'right') throw Object.assign(new Error('damaged'), corrupt);
      throw error;
    }
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > (options.highestUserVersion ?? Number.MAX_SAFE_INTEGER)) {
      db.close();
      return fail({ code: 'newer-program', sqliteCode: undefined });
    }
    if (key === 'unknown') writeKeyCheck(file, keyHex);
    return ok(db);
  } catch (error) {
    db?.close();
    const failure = storeFailureOf(error);
    if (failure) return fail(failure);
    if (error instanceof TypeError) return fail({ code: 'not-found', sqliteCode: undefined }); // no such folder
    throw error;
  }
}

/** Moves what is in the WAL to the file; PASSIVE never waits, TRUNCATE also empties the WAL. */
export function checkpointWal(db: Database.Database, mode: 'PASSIVE' | 'TRUNCATE'): void {
  db.pragma(`wal_checkpoint(${mode})`);
}

const corrupt = { code: 'SQLITE_CORRUPT' };

function configure(db: Database.Database, keyHex: string, walAutocheckpointPages: number): void {
  db.pragma(`cipher='aegis'`);
  db.pragma(`key="raw:${keyHex}"`);
  // Before the first read: the lock is the operating system's, so it dies with the process.
  db.pragma('locking_mode=EXCLUSIVE');
  db.pragma('journal_mode=WAL');
  db.pragma('synchronous=FULL');
  db.pragma('fullfsync=ON');
  db.pragma('checkpoint_fullfsync=ON');
  db.pragma('foreign_keys=ON');
  db.pragma('cache_size=-65536');
  db.pragma('temp_store=MEMORY');
  db.pragma(`wal_autocheckpoint=${Math.trunc(walAutocheckpointPages)}`);
  db.exec('begin immediate; commit');
  // The build's own default in WAL is NORMAL, which may lose acknowledged commits at power loss.
  if (db.pragma('synchronous', { simple: true }) !== 2) throw new Error('the store file is not opened durably');
  if (db.pragma('journal_mode', { simple: true }) !== 'wal') throw new Error('the store file is not in WAL mode');
}
