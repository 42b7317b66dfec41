import { join } from 'node:path';
import type { SyncState } from '../../shared/ipc/contract.ts';
import type { Location } from '../../shared/organizations/schema.ts';
import { createDocumentMaker } from '../documents/document-maker.ts';
import type { DoorMessage } from '../dicom/process-messages.ts';
import { createPostman } from '../sync/postman.ts';
import { createCursorHistory } from '../sync/cursor-history.ts';
import { createScopeTable } from '../sync/scope-table.ts';
import type { Cabinet } from '../cabinet/cabinet.ts';
import { createDrafts } from './drafts/drafts.ts';
import { createFileVault } from '../vault/file-vault.ts';
import { createDrain } from './imaging/drain.ts';
import { createImagingDesk } from './imaging/imaging-desk.ts';
import { doorDevices, worklistSteps } from './imaging/worklist-feed.ts';
import { writeStationState } from './keys/station-state.ts';
import type { Ask, AskAnswer, FromStore, StoreConfig } from './messages.ts';
import { storeFailureOf } from '../cabinet/sqlite/store-failure.ts';
import { createSessions } from './sessions/sessions.ts';
import { createVerifierStore } from './sessions/verifiers.ts';
import { createBase } from '../cabinet/base.ts';
import type { StationIdentity } from './desk/identity.ts';
import { createNumbers } from './desk/numbers.ts';
import { createSetLog } from '../cabinet/set-log.ts';
import { createStationClock } from '../sync/station-clock.ts';
import { createStationDesk } from './desk/station-desk.ts';
import { createTurnQueue } from '../cabinet/turn-queue.ts';
import { createReadJournal } from '../cabinet/read-journal.ts';
import { createViewServer } from './views/view-server.ts';

export type StationParts = {
  config: StoreConfig;
  cabinet: Cabinet;
  identity: StationIdentity;
  /** The machine's clock, as it is set. */
  machineNowMs: () => number;
  post: (message: FromStore) => void;
  ask: <A extends Ask>(ask: A) => Promise<AskAnswer<A>>;
};

const HOUSEKEEPING_MS = 10_000;
const FEED_MS = 100;

/** An enrolled workstation: cabinet, desk, postman, sessions, views and imaging, put together once. */
export function createStation({ config, cabinet, identity, machineNowMs, post, ask }: StationParts) {
  const { db, meta } = cabinet;
  const clock = createStationClock(meta, machineNowMs, () => performance.now());
  const { nowMs } = clock;
  const report = (entry: Record<string, unknown>): void => post({ type: 'log', entry });
  const reportStore = (what: string, error: unknown): void =>
    report({ level: 'error', what, code: storeFailureOf(error)?.code ?? 'internal' });
  const log = createSetLog(db);
  const base = createBase(db);
  const numbers = createNumbers(db, identity.stationCode);
  const scopes = createScopeTable(db);
  const history = createCursorHistory(db);
  const queue = createTurnQueue();
  const objectKey = new Uint8Array(Buffer.from(config.objectKeyBase64, 'base64'));
  const vault = createFileVault(db, config.dataDir, objectKey);
  const verifiers = createVerifierStore(db);
  const reads = createReadJournal(db, nowMs, (error) => reportStore('reads-not-written', error));
  const drafts = createDrafts(db, nowMs);
  const documents = createDocumentMaker();
  const opened = new Map<string, number>();

  // After the commit: what was written stands, whether or not this file can follow (a store that is ahead of it is normal).
  let headFailed = false;
  const keepHead = (): void => {
    const head = log.head();
    try {
      writeStationState(config.stateFile, {
        version: 1,
        stationId: identity.stationId,
        stationSeq: head.seq,
        chainHead: head.hash,
        numberMarks: numbers.marks(),
      });
      headFailed = false;
    } catch (error) {
      if (!headFailed) reportStore('state-not-written', error);
      headFailed = true;
    }
  };
  const inferStages = (): void => void imaging.infer().catch((error: unknown) => reportStore('infer-failed', error));
  const desk = createStationDesk({
    cabinet,
    log,
    base,
    numbers,
    identity,
    queue,
    nowMs,
    onWritten: () => postman.wake(),
    onHead: keepHead,
  });
  const toldSessions = new Map<number, string>();
  /** Who may sign in here and under which names comes by sync: windows that show it are told, without losing what is open in them. */
  const tellSessions = (): void => {
    for (const windowId of sessions.windowsOf()) {
      const payload = sessions.state(windowId);
      const text = JSON.stringify(payload);
      if (toldSessions.get(windowId) !== text) post({ type: 'push', windowId, channel: 'session.changed', payload });
      toldSessions.set(windowId, text);
    }
  };
  const onSyncState = (state: SyncState): void => {
    if (state.phase === 'synced') tellSessions();
    for (const windowId of sessions.windowsOf())
      post({ type: 'push', windowId, channel: 'station.changed', payload: state });
  };
  let names: ReadonlyMap<string, string> = new Map();
  const postman = createPostman({
    cabinet,
    log,
    base,
    scopes,
    history,
    identity,
    queue,
    vault,
    verifiers,
    clock,
    report,
    onState: onSyncState,
    onClock: () => post({ type: 'toDoor', message: { type: 'clock', offsetMs: clock.offsetMs() } }),
    reads,
    openedPatients: () => [...opened.keys()],
    nameOf: (userId) => names.get(userId) ?? '',
  });
  const sessions = createSessions({
    cabinet,
    verifiers,
    identity,
    clock,
    onChanged: (windowId) => {
      views.closeAll(windowId);
      post({ type: 'push', windowId, channel: 'session.changed', payload: sessions.state(windowId) });
    },
  });
  const views = createViewServer({
    cabinet,
    station: { stationId: identity.stationId, locationId: identity.locationId },
    nowMs,
    reads,
    report,
    push: (windowId, payload) => post({ type: 'push', windowId, channel: 'view.changed', payload }),
  });
  const imaging = createImagingDesk({
    cabinet,
    desk,
    stationId: identity.stationId,
    locationId: identity.locationId,
    nowMs,
  });
  const refusals: Array<{ atUtc: string; why: string; callingAeTitle: string }> = [];
  let eventsThrough = 0;
  const tellDrained = (): void =>
    post({ type: 'toDoor', message: { type: 'drained', drainedThrough: drain.lastSeq(), eventsThrough } });
  const drain = createDrain({
    db,
    vault,
    objectKey,
    report,
    objectPath: (fileName) => join(config.objectFolder, fileName),
    parse: ({ objectPath, transferSyntaxUid }) => ask({ what: 'parse', objectPath, transferSyntaxUid }),
    fileBatch: async (batch) => {
      await imaging.fileBatch(batch);
      await imaging.infer();
    },
    acknowledge: tellDrained,
  });

  const now = (): string => new Date(nowMs()).toISOString();
  const feedDoor = async (): Promise<void> => {
    post({
      type: 'toDoor',
      message: { type: 'devices', devices: await doorDevices(cabinet.reader, identity.locationId) },
    });
    post({
      type: 'toDoor',
      message: { type: 'worklist', steps: await worklistSteps(cabinet.reader, identity.locationId, now()) },
    });
  };
  let feedTimer: NodeJS.Timeout | undefined;
  // One after the other: an older worklist must not reach the door behind a newer one.
  let feeding: Promise<void> = Promise.resolve();
  const fed = ['device', 'imagingOrder', 'patient', 'encounter', 'location', 'user'];
  cabinet.onCommitted((touched) => {
    if (touched.has('study')) inferStages();
    if (['user', 'location', 'organization'].some((kind) => touched.has(kind))) tellSessions();
    if (!fed.some((kind) => touched.has(kind))) return;
    feedTimer ??= setTimeout(() => {
      feedTimer = undefined;
      feeding = feeding.then(feedDoor).catch((error: unknown) => reportStore('door-not-fed', error));
    }, FEED_MS);
  });
  const locationKnown = (): Promise<Location> =>
    new Promise((resolve) => {
      const look = (): boolean => {
        const location = cabinet.getHeld('location', identity.locationId)?.doc as Location | undefined;
        if (location) resolve(location);
        return location !== undefined;
      };
      if (!look()) cabinet.onCommitted((touched) => touched.has('location') && look());
    });
  const stopNames = cabinet.questions.watchNames(
    (next) => {
      names = next;
      onSyncState(postman.state());
    },
    (error) => reportStore('names-not-watched', error),
  );
  const housekeeping = setInterval(() => {
    sessions.lockIdle();
    inferStages();
  }, HOUSEKEEPING_MS);

  return {
    reads,
    /** Papers made in this run, those that are filed nowhere (day lists) among them: what each is, by its hash. */
    documentsMade: new Map<string, string>(),
    /** Who the DICOM door turned away in this run, newest last. */
    refusals,
    identity,
    cabinet,
    desk,
    log,
    vault,
    views,
    sessions,
    drafts,
    documents,
    imaging,
    postman,
    report,
    nowMs,
    queue,
    verifiers,
    config,
    ask,
    /** A patient that was opened stays followed while this process runs. */
    noteOpened: (patientId: string): void => {
      if (opened.has(patientId)) return;
      opened.set(patientId, nowMs());
      postman.wake();
    },
    /** Opens the DICOM port as soon as the station knows its location (its day and its scanners): at the first sync at the latest. */
    startDoor: async (): Promise<void> => {
      const location = await locationKnown();
      post({
        type: 'toDoor',
        message: {
          type: 'start',
          host: config.doorHost,
          port: config.doorPort,
          aeTitle: config.aeTitle,
          objectFolder: config.objectFolder,
          journalFile: config.journalFile,
          objectKeyBase64: config.objectKeyBase64,
          devices: await doorDevices(cabinet.reader, identity.locationId),
          steps: await worklistSteps(cabinet.reader, identity.locationId, now()),
          timeZone: location.zone,
          drainedThrough: drain.lastSeq(),
          clockOffsetMs: clock.offsetMs(),
        },
      });
      drain.start();
    },
    onDoor: handleDoor,
    stop: async (): Promise<void> => {
      clearInterval(housekeeping);
      stopNames();
      clearTimeout(feedTimer);
      await drain.stop();
      await feeding;
      views.stop();
      reads.stop();
      await postman.stop();
      await documents.close();
      await queue('sync', () => undefined);
      keepHead();
    },
  };

  function handleDoor(message: DoorMessage): void {
    if (message.type === 'received') drain.take(message.instance);
    if (message.type !== 'event') return;
    eventsThrough = message.eventSeq;
    if (message.event.kind === 'refused') {
      const { atUtc, why, callingAeTitle } = message.event;
      refusals.push({ atUtc, why, callingAeTitle });
      if (refusals.length > 200) refusals.shift();
    }
    if (message.event.kind === 'worklistQuery')
      void imaging.noteWorklistQuery(message.event).catch((error: unknown) => reportStore('query-not-noted', error));
    tellDrained();
  }
}
export type Station = ReturnType<typeof createStation>;
