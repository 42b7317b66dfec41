import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../shared/kernel/result.ts';
import { fail, ok } from '../shared/kernel/result.ts';
import type { DesktopHost } from './shell/desktop-host.ts';
import {
  createKeySlots,
  readKeySlots,
  unlockStationKey,
  wrapStationKey,
  writeKeySlots,
} from './store/keys/key-slots.ts';
import { createRecoveryKey } from './store/keys/recovery-key.ts';
import type { StationKey } from './store/keys/station-key.ts';
import { createStationKey } from './store/keys/station-key.ts';

const SECRET = 'station-secret';
const FOLDER_FILE = 'key-folder';

/** The folder of this station's keys below the key directory; its name is noted in the data folder, the keys never are. */
export function keyFolderOf(dataDir: string, keyDir: string): string {
  const noted = join(dataDir, FOLDER_FILE);
  if (!existsSync(noted)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(noted, `station-${randomBytes(6).toString('hex')}\n`, { mode: 0o600 });
  }
  const name = readFileSync(noted, 'utf8').trim();
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) throw new Error(`${noted} holds no folder name`);
  return join(keyDir, name);
}

export type OpenedKey = {
  stationKey: StationKey;
  stateFile: string /** Only when it was just made: to be shown once. */;
  recoveryKey: string | null;
};

/**
 * The station's key by the host's secret store. A new station gets a key with two slots: the host's secret, and a recovery
 * key that is shown once. Data without a key is an error for a person: nothing is made anew over it.
 */
export async function openStationKey(
  secrets: DesktopHost['secrets'],
  folder: string,
  dataDir: string,
): Promise<Result<OpenedKey, string>> {
  const slotsFile = join(folder, 'slots.json');
  const stateFile = join(folder, 'state.json');
  const slots = readKeySlots(slotsFile);
  if (!slots.ok) {
    if (slots.error.code === 'slots-damaged') return fail(`the key file ${slotsFile} is damaged`);
    if (existsSync(join(dataDir, 'store.db'))) return fail(`the key of this data is missing: ${slotsFile}`);
    return makeKey(secrets, slotsFile, stateFile);
  }
  const secret = await secrets.get(SECRET);
  if (!secret) return fail(`the station's secret is missing beside ${slotsFile}`);
  const unlocked = unlockStationKey(slots.value, { kind: 'host-secret', secret });
  return unlocked.ok
    ? ok({ stationKey: unlocked.value, stateFile, recoveryKey: null })
    : fail(`the key of this data does not open: ${unlocked.error.code}`);
}

async function makeKey(
  secrets: DesktopHost['secrets'],
  slotsFile: string,
  stateFile: string,
): Promise<Result<OpenedKey, string>> {
  const stationKey = createStationKey();
  const secret = randomBytes(32);
  const recoveryKey = createRecoveryKey();
  const byHost = wrapStationKey(createKeySlots(stationKey), stationKey, { kind: 'host-secret', secret });
  const both = byHost.ok ? wrapStationKey(byHost.value, stationKey, { kind: 'recovery', recoveryKey }) : byHost;
  if (!both.ok) return fail('the station key could not be wrapped');
  await secrets.set(SECRET, secret);
  writeKeySlots(slotsFile, both.value);
  return ok({ stationKey, stateFile, recoveryKey });
}
