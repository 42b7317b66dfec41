/** A whole workstation but for its window: real keys, and store, door and parser as the processes that `main.ts` joins. */
import { mkdirSync } from 'node:fs';
import { createDoorLink } from '../../main/ipc/door-link.ts';
import { createStoreLink } from '../../main/ipc/store-link.ts';
import { makeFolders, openStationKey, sealForEscrow } from '../../main/station/keys/open-station-key.ts';
import { createParser } from '../../main/parser/pool.ts';
import { createKeyFolder } from '../../main/shell/chromium/key-folder.ts';
import { createFakeHost } from '../../main/shell/fake/create-fake-host.ts';
import { createForkedProcesses } from '../../main/shell/forked-process.ts';
import { deriveSubKey } from '../../main/station/keys/station-key.ts';
import type { StoreConfig } from '../../main/station/messages.ts';
import type { Hands } from './store-station.ts';
import { configOf, handsOn } from './store-station.ts';

export type WholeStation = Hands & {
  /** The DICOM door's port, once the station knows its location. */
  doorPort: Promise<number>;
  /** The highest number of the door's journal that the store keeps for good. */
  drainedThrough: () => number;
  stop: () => Promise<void>;
};

/** The keys of a data folder, made where there are none; throws the line that the workstation would end with. */
export async function openKeys(dataDir: string, keyDir: string) {
  const folder = makeFolders(dataDir, keyDir);
  if (!folder.ok) throw new Error(folder.error);
  const key = await openStationKey(createKeyFolder(folder.value), folder.value, dataDir);
  if (!key.ok) throw new Error(key.error);
  return {
    ...key.value,
    database: deriveSubKey(key.value.stationKey, 'database'),
    objects: deriveSubKey(key.value.stationKey, 'objects'),
  };
}

/** `enrolCode` for a new folder. Its processes inherit this one's `NODE_OPTIONS`, so that its clock may be off. */
export async function openWholeStation(
  dataDir: string,
  keyDir: string,
  serverUrl: string,
  enrolCode: string | null,
): Promise<WholeStation> {
  mkdirSync(dataDir, { recursive: true });
  const key = await openKeys(dataDir, keyDir);
  const processes = createForkedProcesses();
  const host = { ...createFakeHost(), startProcess: processes.start };
  const listening = Promise.withResolvers<number>();
  const parser = createParser(host);
  const log = (entry: Record<string, unknown>): void => {
    if (entry['level'] === 'error') process.stderr.write(`${JSON.stringify(entry)}\n`);
  };
  const config: StoreConfig = {
    ...configOf(dataDir, serverUrl, {
      databaseKeyHex: key.database.toString('hex'),
      objectKeyBase64: key.objects.toString('base64'),
    }),
    stateFile: key.stateFile,
  };
  let drained = 0;
  const link = createStoreLink({
    host,
    config,
    log,
    toDoor: (message) => {
      if (message.type === 'start' || message.type === 'drained') drained = message.drainedThrough;
      door.send(message);
    },
    push: () => undefined,
    sealForEscrow: (serverPublicKey) => sealForEscrow(key, dataDir, serverPublicKey),
    answerAsk: async (ask) =>
      ask.what === 'parse'
        ? parser.parse({ objectPath: ask.objectPath, key: key.objects, transferSyntaxUid: ask.transferSyntaxUid })
        : { ok: false },
  });
  const door = createDoorLink({
    host,
    log,
    toStore: (message) => link.tell({ type: 'door', message }),
    onListening: listening.resolve,
    onFailed: (why) => listening.reject(new Error(why)),
  });
  const opened = await link.open();
  if (!opened.ok) throw new Error(opened.code);
  if (enrolCode) await link.enrol(enrolCode, 'fixture', 'all');
  return {
    ...handsOn((channel, payload) => link.request(1, channel, payload)),
    doorPort: listening.promise,
    drainedThrough: () => drained,
    stop: async () => {
      await link.stop();
      await door.stop();
      parser.close();
      await processes.endAll();
    },
  };
}
