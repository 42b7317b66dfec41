import { createServer, type Server } from 'node:net';
import { admitRequest, createConnectionCount } from './association/admission.ts';
import { createAssociation } from './association/association.ts';
import { createServices } from './dimse/services.ts';
import { type DoorLimits, doorLimits } from './limits.ts';
import { rejections } from './pdu/associate-answer.ts';
import type { DicomDevice, DoorEvent, DoorLog, FindWorklist, ReceivedInstance } from './ports.ts';
import { type ObjectStore, openObjectStore, type StoreReport } from './receive/object-store.ts';

export type DoorOptions = {
  host: string;
  /** 0 lets the system choose; `listen` tells which. */
  port: number;
  aeTitle: string;
  devices: DicomDevice[];
  objectFolder: string;
  journalFile: string;
  /** The station's object key, 32 bytes. */
  key: Uint8Array;
  findWorklist: FindWorklist;
  onEvent(event: DoorEvent): void;
  log: DoorLog;
  /** Milliseconds since 1970. */
  clock(): number;
  /** Free bytes on the file system of the object folder. */
  freeDiskBytes(): number;
  limits?: Partial<DoorLimits>;
};

export type DoorListening =
  | { ok: true; port: number; report: StoreReport }
  | { ok: false; code: 'not_a_journal' | 'port_in_use' | 'cannot_listen'; why: string };

export type Door = {
  /** Opens object folder and journal, then the port. */
  listen(): Promise<DoorListening>;
  /** Aborts what is open, finishes what is being made durable, closes the journal. */
  close(): Promise<void>;
  /** Counts for associations from now on. */
  setDevices(devices: DicomDevice[]): void;
  /** Up to `limit` journal entries from number `fromSeq` on. */
  readJournal(fromSeq: number, limit?: number): ReceivedInstance[];
};

/** The station's DICOM listener: Verification, Storage and Modality Worklist as provider (PS3.4), on its own upper layer (PS3.8). */
export function createDoor(options: DoorOptions): Door {
  const limits: DoorLimits = { ...doorLimits, ...options.limits };
  const connections = createConnectionCount(limits);
  const associations = new Set<{ end(): void }>();
  let devices = options.devices;
  let store: ObjectStore | undefined;
  let server: Server | undefined;

  const nowUtc = (): string => new Date(options.clock()).toISOString();

  const createListener = (opened: ObjectStore): Server =>
    createServer({ noDelay: true }, (socket) => {
      const remoteAddress = socket.remoteAddress ?? '';
      const place = connections.enter(remoteAddress);
      if (place === 'none') {
        socket.destroy();
        options.log({ level: 'warn', code: 'connection_cut', remoteAddress, why: 'too many connections' });
        return;
      }
      const association = createAssociation({
        socket,
        limits,
        decide: (request) =>
          place === 'surplus'
            ? { ok: false, rejection: rejections.busy }
            : admitRequest(request, { aeTitle: options.aeTitle, devices, limits }),
        serve: (link) =>
          createServices(link, {
            ...options,
            store: opened,
            limits,
            nowUtc,
            onReceived: (instance) =>
              options.onEvent({ kind: 'received', atUtc: nowUtc(), callingAeTitle: instance.callingAeTitle, instance }),
          }),
        onRefused: ({ callingAeTitle, calledAeTitle }, why) => {
          options.onEvent({
            kind: 'refused',
            atUtc: nowUtc(),
            remoteAddress,
            callingAeTitle: printable(callingAeTitle),
            calledAeTitle: printable(calledAeTitle),
            why,
          });
          options.log({
            level: 'warn',
            code: 'association_refused',
            remoteAddress,
            callingAeTitle: printable(callingAeTitle),
            why,
          });
        },
        onAborted: (callingAeTitle, why) => {
          options.onEvent({ kind: 'aborted', atUtc: nowUtc(), remoteAddress, callingAeTitle, why });
          options.log({ level: 'warn', code: 'association_aborted', remoteAddress, callingAeTitle, why });
        },
      });
      associations.add(association);
      socket.on('close', () => {
        associations.delete(association);
        connections.leave(remoteAddress, place);
      });
    });

  return {
    async listen() {
      const opened = await openObjectStore(options);
      if (!opened.ok) return opened;
      const listener = createListener(opened.store);
      const problem = await new Promise<Error | undefined>((resolve) => {
        listener.once('error', resolve);
        listener.listen({ host: options.host, port: options.port }, () => resolve(undefined));
      });
      const address = listener.address();
      if (problem !== undefined || address === null || typeof address === 'string') {
        await opened.store.close();
        const code = problem !== undefined && 'code' in problem ? String(problem.code) : 'unknown';
        return { ok: false, code: code === 'EADDRINUSE' ? 'port_in_use' : 'cannot_listen', why: code };
      }
      // A failed accept (no descriptors left) costs that connection, not the door.
      listener.on('error', () => options.log({ level: 'error', code: 'accept_failed' }));
      server = listener;
      store = opened.store;
      return { ok: true, port: address.port, report: opened.report };
    },
    async close() {
      const closing = server;
      server = undefined;
      if (closing === undefined) return;
      const closed = new Promise<void>((resolve) => closing.close(() => resolve()));
      for (const association of associations) association.end();
      await closed;
      await store?.close();
      store = undefined;
    },
    setDevices(next) {
      devices = next;
    },
    readJournal: (fromSeq, limit = 1000) => store?.journal.read(fromSeq, limit) ?? [],
  };
}

/** A refused peer chose these characters; nothing but printable ASCII goes on from here. */
function printable(aeTitle: string): string {
  return aeTitle.replace(/[^\x20-\x7e]/g, '?');
}
