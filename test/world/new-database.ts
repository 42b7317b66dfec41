/** A server's database as its first start leaves it, before any organization: making one costs seconds, a copy does not. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../../server/db/migrate.ts';
import { openPglite } from '../../server/db/pglite.ts';
import { copyPrepared } from './prepared-folder.ts';

/** Puts it into the server's folder `data`, unless there is one. */
export async function placeNewDatabase(data: string): Promise<void> {
  const database = join(data, 'database');
  if (existsSync(database)) return;
  await copyPrepared('database', async (folder) => (await openPglite(folder, migrate)).close(), database);
}
