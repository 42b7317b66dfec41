import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countGroups, RELEASE_CODE_GROUPS } from '../../../shared/kernel/checked-groups.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { fail, ok } from '../../../shared/kernel/result.ts';
import type { DesktopHost } from '../../shell/desktop-host.ts';
import { writeFileAtomically } from './atomic-file.ts';
import type { KeySlots, UnlockFailure } from './key-slots.ts';
import { createKeySlots, readKeySlots, unlockStationKey, wrapStationKey, writeKeySlots } from './key-slots.ts';
import { createRecoveryKey, RECOVERY_KEY_GROUPS } from './recovery-key.ts';
import type { StationKey } from './station-key.ts';
import { createStationKey } from './station-key.ts';

const SECRET = 'station-secret';
const FOLDER_FILE = 'key-folder';
/** The station key as only the recovery key, or the server's escrow, can unwrap it; beside the data, so that it goes with every copy. */
const RECOVERY_FILE = 'recovery.json';

/**
 * Makes the data folder, and gives the folder of this station's keys below the key directory: its name is noted in the data
 * folder, the keys never are. Fails with one line where one of the two can't be written.
 */
export function makeFolders(dataDir: string, keyDir: string): Result<string, string> {
  const noted = writable('data folder', dataDir, () => noteKeyFolder(dataDir, keyDir));
  return noted.ok ? writable('key folder', noted.value, () => noted.value) : noted;
}

function writable<T>(what: string, folder: string, then: () => T): Result<T, string> {
  const refused = (code: string) => fail(`the ${what} ${folder} cannot be written: ${code}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return ok(then());
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // A recursive mkdir on a read-only file system says that the parent is missing.
    if (code === 'ENOENT') return refused('EROFS');
    if (!code) throw error;
    return refused(code);
  }
}

function noteKeyFolder(dataDir: string, keyDir: string): string {
  const noted = join(dataDir, FOLDER_FILE);
  if (!existsSync(noted)) {
    writeFileAtomically(noted, `station-${randomBytes(6).toString('hex')}\n`);
  }
  const name = readFileSync(noted, 'utf8').trim();
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name)) throw new Error(`${noted} holds no folder name`);
  return join(keyDir, name);
}

export type OpenedKey = {
  stationKey: StationKey;
  slotsFile: string;
  stateFile: string;
  /** Only when it was just made: to be shown once. */
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
  const bringBack = `bring it back by the recovery key: npm run workstation -- --data ${dataDir} --recover`;
  if (!slots.ok) {
    if (slots.error.code === 'slots-damaged') return fail(`the key file ${slotsFile} is damaged; ${bringBack}`);
    if (existsSync(join(dataDir, 'store.db')))
      return fail(`the key of this data is missing (${slotsFile}); ${bringBack}`);
    return makeKey(secrets, slotsFile, stateFile, dataDir);
  }
  const secret = await secrets.get(SECRET);
  if (!secret) return fail(`the station's secret is missing beside ${slotsFile}; ${bringBack}`);
  const unlocked = unlockStationKey(slots.value, { kind: 'host-secret', secret });
  if (!unlocked.ok) return fail(`the key of this data does not open (${unlocked.error.code}); ${bringBack}`);
  if (!readKeySlots(join(dataDir, RECOVERY_FILE)).ok) keepRecoverySlots(dataDir, slots.value);
  return ok({ stationKey: unlocked.value, slotsFile, stateFile, recoveryKey: null });
}

async function makeKey(
  secrets: DesktopHost['secrets'],
  slotsFile: string,
  stateFile: string,
  dataDir: string,
): Promise<Result<OpenedKey, string>> {
  const stationKey = createStationKey();
  const secret = randomBytes(32);
  const recoveryKey = createRecoveryKey();
  const byHost = wrapStationKey(createKeySlots(stationKey), stationKey, { kind: 'host-secret', secret });
  const both = byHost.ok ? wrapStationKey(byHost.value, stationKey, { kind: 'recovery', recoveryKey }) : byHost;
  if (!both.ok) return fail('the station key could not be wrapped');
  await secrets.set(SECRET, secret);
  writeKeySlots(slotsFile, both.value);
  keepRecoverySlots(dataDir, both.value);
  return ok({ stationKey, slotsFile, stateFile, recoveryKey });
}

/** What the server's `--release-key` wants to know of this data; null where nothing of its key is left. */
export function keyIdOf(folder: string, dataDir: string): string | null {
  const found = [join(dataDir, RECOVERY_FILE), join(folder, 'slots.json')].map(readKeySlots).find((one) => one.ok);
  return found?.ok ? found.value.keyId : null;
}

/** The slots that need something from outside this machine; the host's own secret is no use to a copy. */
function keepRecoverySlots(dataDir: string, slots: KeySlots): void {
  const outside = slots.slots.filter((slot) => slot.kind !== 'host-secret');
  writeKeySlots(join(dataDir, RECOVERY_FILE), { ...slots, slots: outside });
}

/**
 * Brings the key file of a data folder back by its recovery key, or by the code that the server released for it: a new secret of this
 * machine, and the same station key. After a release code there is a new recovery key, to be shown once: the one on paper is lost then.
 * Fails with one line; what was there before is not touched then.
 */
export async function recoverStationKey(
  secrets: DesktopHost['secrets'],
  folder: string,
  dataDir: string,
  typed: string,
): Promise<Result<{ recoveryKey: string | null }, string>> {
  const slotsFile = join(folder, 'slots.json');
  const kept = [join(dataDir, RECOVERY_FILE), slotsFile].map(readKeySlots).find((one) => one.ok);
  if (!kept?.ok) return fail(`there is nothing to recover in ${dataDir}: ${RECOVERY_FILE} is missing`);
  const isReleased = countGroups(typed) > RECOVERY_KEY_GROUPS;
  const unlocked = unlockStationKey(
    kept.value,
    isReleased ? { kind: 'escrow', releaseCode: typed } : { kind: 'recovery', recoveryKey: typed },
  );
  if (!unlocked.ok) return fail(recoveryFailure(unlocked.error, isReleased));
  const secret = randomBytes(32);
  const recoveryKey = isReleased ? createRecoveryKey() : null;
  const byPaper = recoveryKey
    ? wrapStationKey(kept.value, unlocked.value, { kind: 'recovery', recoveryKey })
    : ok(kept.value);
  const wrapped = byPaper.ok ? wrapStationKey(byPaper.value, unlocked.value, { kind: 'host-secret', secret }) : byPaper;
  if (!wrapped.ok) return fail('the station key could not be wrapped');
  await secrets.set(SECRET, secret);
  writeKeySlots(slotsFile, wrapped.value);
  keepRecoverySlots(dataDir, wrapped.value);
  return ok({ recoveryKey });
}

function recoveryFailure(failure: UnlockFailure, isReleased: boolean): string {
  const what = isReleased ? 'release code' : 'recovery key';
  const count = isReleased ? RELEASE_CODE_GROUPS : RECOVERY_KEY_GROUPS;
  if (failure.code === 'groups-wrong') return `group ${failure.group} of the ${what} is mistyped`;
  if (failure.code === 'groups-length') return `the ${what} has ${count} groups; ${failure.groups} were typed`;
  return `this is not the ${what} of this data`;
}

/**
 * Seals the station key for the server's escrow and keeps that slot with the others: the text that the server keeps. Only the
 * holder of the server's private key can open it.
 */
export function sealForEscrow({ stationKey, slotsFile }: OpenedKey, dataDir: string, serverPublicKey: string): string {
  const slots = readKeySlots(slotsFile);
  if (!slots.ok) throw new Error(slots.error.code);
  const wrapped = wrapStationKey(slots.value, stationKey, { kind: 'escrow', serverPublicKey });
  if (!wrapped.ok) throw new Error(wrapped.error.code);
  writeKeySlots(slotsFile, wrapped.value);
  keepRecoverySlots(dataDir, wrapped.value);
  return JSON.stringify({ ...wrapped.value, slots: wrapped.value.slots.filter((slot) => slot.kind === 'escrow') });
}
