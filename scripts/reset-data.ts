import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from './settings.ts';

/**
 * Names, in a service's data folder, the folder below PRAXIS_KEY_DIR that holds its keys (one line). A name of its own, not one made
 * from the path: data that is moved must still find its keys, and a reset must not touch the keys of other data.
 */
export const keyFolderFile = 'key-folder';

const isOurs = (name: string): boolean => name === 'server' || name === 'logs' || /^workstation-\d+$/.test(name);

function keyFolderOf(settings: Settings, dataFolder: string): string | undefined {
  const path = join(dataFolder, keyFolderFile);
  if (!existsSync(path)) return undefined;
  const name = readFileSync(path, 'utf8').trim();
  // The file is input like any other: only a plain name below the key folder is followed.
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(name) ? join(settings.keyDir, name) : undefined;
}

/**
 * Deletes `server/`, `workstation-N/` and `logs/` in the data folder, and the keys that those folders name; nothing else, so a
 * PRAXIS_DATA that points at somebody's home loses none of it. Nothing of it may be running.
 */
export function resetData(settings: Settings): void {
  if (!existsSync(settings.dataDir)) return;
  for (const name of readdirSync(settings.dataDir).filter(isOurs)) {
    const folder = join(settings.dataDir, name);
    const keys = keyFolderOf(settings, folder);
    rmSync(folder, { recursive: true, force: true });
    if (keys !== undefined) rmSync(keys, { recursive: true, force: true });
  }
}
