/**
 * What of this server lies in a backup, as whoever made the backup has noted it (`npm run server -- --backed-up`, with the server
 * stopped, after the copy is safe). Nobody else knows that a copy was made: without a note nothing counts as backed up.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { cursorSchema } from '../shared/kernel/change-set.ts';
import { readHead } from './db/cabinet.ts';
import type { Db, Queryable } from './db/db.ts';
import { inOrganization } from './db/tenant.ts';

const noteSchema = z.strictObject({ atUtc: z.string(), through: z.record(z.string(), cursorSchema) });
export type BackupNote = z.infer<typeof noteSchema>;

/** Notes that everything up to here is in a backup; gives the note. */
export async function noteBackup(db: Db, file: string, atUtc: string): Promise<BackupNote> {
  const organizations = await db.query<{ id: string }>('select id from organizations order by id');
  const through: BackupNote['through'] = {};
  for (const { id } of organizations) through[id] = await inOrganization(db, id, readHead);
  const note = { atUtc, through };
  const handle = openSync(`${file}.new`, 'w', 0o600);
  writeSync(handle, `${JSON.stringify(note)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(`${file}.new`, file);
  return note;
}

/**
 * The highest change number of an organization that is in a backup: 0 without a note, with a damaged one, or with one of another
 * history (the server was put back to before it).
 */
export async function backedUpThrough(tx: Queryable, file: string, organizationId: string): Promise<number> {
  const cursor = readNote(file)?.through[organizationId];
  if (!cursor) return 0;
  const rows = await tx.query('select 1 from change_sets where number = $1 and chain_hash = $2', [
    cursor.number,
    cursor.hash,
  ]);
  return rows.length > 0 ? cursor.number : 0;
}

function readNote(file: string): BackupNote | undefined {
  try {
    return noteSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}
