/** Everything of the server but its listening: what `--check` and the running server share. */
import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Law } from '../shared/desk/ports.ts';
import { uuidV7 } from '../shared/kernel/id.ts';
import type { Result } from '../shared/kernel/result.ts';
import { fail, ok } from '../shared/kernel/result.ts';
import type { ServerConfig } from './config.ts';
import type { Db } from './db/db.ts';
import { migrate } from './db/migrate.ts';
import { openPglite } from './db/pglite.ts';
import { openPostgres } from './db/postgres.ts';
import { rebuildLookup } from './db/rebuild-lookup.ts';
import { upgradeDocuments } from './db/upgrade-documents.ts';
import type { DeskDeps } from './desk/desk-deps.ts';
import { recountOld } from './desk/recount.ts';
import { createServerDesk, type ServerDesk } from './desk/server-desk.ts';
import { lockFolder } from './lock.ts';
import { createFileLog, factsOfError, type Log } from './log.ts';
import { createObjectStore, type ObjectStore } from './sync/object-store.ts';

export type OpenServer = {
  db: Db;
  desk: ServerDesk;
  deskDeps: DeskDeps;
  objects: ObjectStore;
  log: Log;
  /** Closes the database and gives the folder free. */
  close(): Promise<void>;
};

const nowUtc = (): string => new Date().toISOString();
const newId = (): string => uuidV7(Date.now(), randomBytes(10));

/** Locks the folder, opens the database and migrates it. Fails with one clear line. */
export async function openServer(config: ServerConfig, law: Law): Promise<Result<OpenServer, string>> {
  const folder = makeFolder(config.dataDir);
  if (!folder.ok) return folder;
  const lock = takeFolder(config.dataDir);
  if (!lock.ok) return lock;
  const log = createFileLog(config.logFile);
  try {
    const db = await openDatabase(config, log);
    await upgradeDocuments(db, law);
    const rebuilt = await rebuildLookup(db, law);
    if (rebuilt > 0) log('info', 'lookup-rebuilt', { organizations: rebuilt });
    const objects = createObjectStore(join(config.dataDir, 'objects'));
    const deskDeps: DeskDeps = { db, law, nowUtc, newId, alarm: (code, facts) => log('alarm', code, facts) };
    await recountOld(deskDeps);
    const close = async (): Promise<void> => {
      await db.close();
      lock.value();
    };
    return ok({ db, desk: createServerDesk(deskDeps), deskDeps, objects, log, close });
  } catch (error) {
    lock.value();
    log('error', 'open-failed', factsOfError(error));
    return fail(`the database cannot be opened: ${shortMessage(error)}`);
  }
}

function makeFolder(folder: string): Result<null, string> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return ok(null);
  } catch (error) {
    return fail(`the data folder ${folder} cannot be written: ${shortMessage(error)}`);
  }
}

function takeFolder(folder: string): Result<() => void, string> {
  try {
    const lock = lockFolder(folder);
    return lock.ok ? lock : fail(`another server (process ${lock.error.pid}) is running on ${folder}`);
  } catch (error) {
    return fail(`the data folder ${folder} cannot be written: ${shortMessage(error)}`);
  }
}

function openDatabase(config: ServerConfig, log: Log): Promise<Db> {
  if (config.databaseUrl === undefined) return openPglite(join(config.dataDir, 'database'), migrate);
  const onFailure = (error: Error): void => log('error', 'database-connection', factsOfError(error));
  return openPostgres({ url: config.databaseUrl, ownerUrl: config.databaseOwnerUrl, onFailure }, migrate);
}

/** The first line of what went wrong, without a connection string in it. */
export function shortMessage(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return (text.split('\n')[0] ?? '').replaceAll(/postgres(?:ql)?:\/\/\S+/g, '<address>').slice(0, 200);
}
