/** What main and the store process say to each other. Everything is JSON, as a forked process may speak nothing else. */
import type { DoorMessage, ParentMessage } from '../dicom/process-messages.ts';
import type { ParseResult } from '../parser/pool.ts';
import type { EchoResult } from '../dicom/send/echo-device.ts';

export type StoreConfig = {
  dataDir: string;
  /** Folder beside the keys for what a restored copy of the data can't know. */
  stateFile: string;
  databaseKeyHex: string;
  objectKeyBase64: string;
  serverUrl: string;
  /** Sealed station key for the server's escrow, and the name of this machine. */
  stationName: string;
  doorHost: string;
  doorPort: number;
  aeTitle: string;
  journalFile: string;
  objectFolder: string;
  resourcesDir: string | null;
  settings: Record<string, string>;
  /** Where the station key's own secret lies, as the settings screen says it. */
  keys: { backend: string; strong: boolean; note: string };
};

export type ToStore =
  | { type: 'start'; config: StoreConfig; check: boolean }
  | { type: 'enrol'; requestId: number; code: string; stationName: string; profile: string }
  | { type: 'request'; requestId: number; windowId: number; channel: string; payload: unknown }
  | { type: 'windowClosed'; windowId: number }
  | { type: 'lockAll' }
  | { type: 'door'; message: DoorMessage }
  | { type: 'reply'; askId: number; value: unknown }
  | { type: 'stop' };

export type FromStore =
  | { type: 'opened'; enrolled: boolean }
  | { type: 'failed'; code: string }
  | { type: 'checked'; report: unknown }
  | { type: 'answer'; requestId: number; value: unknown }
  | { type: 'failedRequest'; requestId: number; code: string }
  | { type: 'push'; windowId: number; channel: string; payload: unknown }
  | { type: 'toDoor'; message: ParentMessage }
  | { type: 'ask'; askId: number; ask: Ask }
  | { type: 'log'; entry: Record<string, unknown> }
  | { type: 'stopped' };

/** What the store process can't do itself: start other processes. */
export type Ask =
  | { what: 'parse'; objectPath: string; transferSyntaxUid: string }
  | { what: 'echo'; host: string; port: number; calledAeTitle: string }
  /** The station key, sealed to the server's escrow key; the store knows only keys derived from it. */
  | { what: 'seal'; serverPublicKey: string };
export type AskAnswer<A extends Ask> = A extends { what: 'parse' }
  ? ParseResult
  : A extends { what: 'seal' }
    ? string
    : EchoResult;
