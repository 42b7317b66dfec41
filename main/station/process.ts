/**
 * The store process: cabinet, desk and postman together, off the main loop (design §6). It is told its configuration and
 * keys by its parent, answers requests of windows, and speaks with the DICOM door through the parent.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StationProfile } from '../../shared/sync/protocol.ts';
import { stationProfileSchema } from '../../shared/sync/protocol.ts';
import { connectParent } from '../shell/parent-port.ts';
import type { Cabinet } from '../cabinet/cabinet.ts';
import { openCabinet } from '../cabinet/cabinet.ts';
import { STORE_VERSION } from '../cabinet/own-tables.ts';
import { checkStore } from './check-store.ts';
import { enrol } from './enrol.ts';
import { createFileVault } from '../vault/file-vault.ts';
import { handleRequest } from './handle-request.ts';
import type { Ask, AskAnswer, FromStore, StoreConfig, ToStore } from './messages.ts';
import { openEncryptedFile } from '../cabinet/sqlite/open-file.ts';
import { storeFailureOf } from '../cabinet/sqlite/store-failure.ts';
import { readIdentity } from './desk/identity.ts';
import type { StationIdentity } from './desk/identity.ts';
import { createSetLog } from '../cabinet/set-log.ts';
import type { Station } from './station.ts';
import { createStation } from './station.ts';

const parent = connectParent();
const post = (message: FromStore): void => parent?.post(message);
const asks = new Map<number, (value: unknown) => void>();
let nextAskId = 1;
let cabinet: Cabinet | undefined;
let station: Station | undefined;
let config: StoreConfig | undefined;

function ask<A extends Ask>(asked: A): Promise<AskAnswer<A>> {
  return new Promise((resolve) => {
    const askId = nextAskId++;
    asks.set(askId, resolve as (value: unknown) => void);
    post({ type: 'ask', askId, ask: asked });
  });
}

function begin(identity: StationIdentity): void {
  if (!cabinet || !config) return;
  station = createStation({ config, cabinet, identity, machineNowMs: Date.now, post, ask });
  station.postman.start();
  void station.startDoor();
}

async function start(given: StoreConfig, check: boolean): Promise<void> {
  config = given;
  mkdirSync(given.dataDir, { recursive: true, mode: 0o700 });
  const opened = openEncryptedFile({
    file: join(given.dataDir, 'store.db'),
    keyHex: given.databaseKeyHex,
    highestUserVersion: STORE_VERSION,
    mustExist: check,
  });
  if (!opened.ok) return post({ type: 'failed', code: opened.error.code });
  cabinet = await openCabinet(opened.value);
  if (check) {
    const vault = createFileVault(
      cabinet.db,
      given.dataDir,
      new Uint8Array(Buffer.from(given.objectKeyBase64, 'base64')),
    );
    return post({ type: 'checked', report: await checkStore(cabinet, vault, createSetLog(cabinet.db)) });
  }
  const identity = readIdentity(cabinet.meta);
  if (identity) begin(identity);
  post({ type: 'opened', enrolled: identity !== undefined });
}

async function onEnrol(message: Extract<ToStore, { type: 'enrol' }>): Promise<void> {
  if (!cabinet || !config || station)
    return post({ type: 'failedRequest', requestId: message.requestId, code: 'already-enrolled' });
  const profile: StationProfile = stationProfileSchema.catch('all').parse(message.profile);
  const { code, stationName } = message;
  const seal = (serverPublicKey: string): Promise<string> => ask({ what: 'seal', serverPublicKey });
  const result = await enrol(cabinet.meta, { serverUrl: config.serverUrl, code, stationName, profile, seal });
  if (!result.ok) return post({ type: 'failedRequest', requestId: message.requestId, code: result.code });
  begin(result.identity);
  post({ type: 'answer', requestId: message.requestId, value: { stationCode: result.identity.stationCode } });
}

async function onRequest(message: Extract<ToStore, { type: 'request' }>): Promise<void> {
  const { requestId, windowId, channel, payload } = message;
  try {
    if (!station) throw Object.assign(new Error('not enrolled'), { code: 'not-enrolled' });
    post({ type: 'answer', requestId, value: (await handleRequest(station, windowId, channel, payload)) ?? null });
  } catch (error) {
    const code =
      storeFailureOf(error)?.code ?? (error instanceof Error && 'code' in error ? String(error.code) : 'internal');
    if (code === 'internal')
      post({
        type: 'log',
        entry: {
          level: 'error',
          what: 'request-failed',
          channel,
          name: error instanceof Error ? error.name : '',
          stack: framesOf(error),
        },
      });
    post({ type: 'failedRequest', requestId, code });
  }
}

/** Where it happened, without the message, which may hold patient data (RxDB's errors do). */
function framesOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return frames.slice(0, 6).join('\n');
}

async function stop(): Promise<void> {
  await station?.stop();
  await cabinet?.close();
  post({ type: 'stopped' });
  setImmediate(() => process.exit(0));
}

function onMessage(message: ToStore): void {
  switch (message.type) {
    case 'start':
      return void start(message.config, message.check).catch((error: unknown) => {
        const failure = storeFailureOf(error);
        if (!failure) throw error;
        post({ type: 'failed', code: failure.code });
      });
    case 'enrol':
      return void onEnrol(message);
    case 'request':
      return void onRequest(message);
    case 'windowClosed':
      station?.views.closeAll(message.windowId);
      return station?.sessions.leave(message.windowId);
    case 'lockAll':
      return station?.sessions.lockAll();
    case 'door':
      return station?.onDoor(message.message);
    case 'reply':
      asks.get(message.askId)?.(message.value);
      asks.delete(message.askId);
      return;
    case 'stop':
      return void stop();
  }
}

parent?.onMessage((message) => onMessage(message as ToStore));
parent?.onDisconnect(() => void stop());
process.on('uncaughtException', (error) => {
  post({ type: 'log', entry: { level: 'error', what: 'uncaught', name: error.name, stack: framesOf(error) } });
  // The turn that threw was rolled back; going on with a half-known state would not be safe.
  process.exit(1);
});
process.on('unhandledRejection', (error) => {
  post({
    type: 'log',
    entry: {
      level: 'error',
      what: 'unhandled',
      name: error instanceof Error ? error.name : '',
      stack: framesOf(error),
    },
  });
});
