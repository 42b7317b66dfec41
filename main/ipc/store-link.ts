import { siblingEntry } from '../../shared/kernel/sibling-entry.ts';
import type { ParentMessage } from '../dicom/process-messages.ts';
import type { Log } from '../log.ts';
import type { ChildProcess, DesktopHost } from '../shell/desktop-host.ts';
import type { Ask, FromStore, StoreConfig } from '../station/messages.ts';

export type StoreLinkParts = {
  host: Pick<DesktopHost, 'startProcess'>;
  config: StoreConfig;
  log: Log;
  answerAsk: (ask: Exclude<Ask, { what: 'seal' }>) => Promise<unknown>;
  toDoor: (message: ParentMessage) => void;
  /** The station key sealed to the server's escrow key; main holds the key, the store does not. */
  sealForEscrow: (serverPublicKey: string) => string;
  push: (windowId: number, channel: string, payload: unknown) => void;
};

/** A request that the store answered with a code instead of a value. */
export class StoreFailure extends Error {
  override name = 'StoreFailure';
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const RESTART_MS = [200, 1000, 3000, 10_000];

/** The line to the store process: requests and answers, and a new process when it dies (the DICOM door goes on meanwhile). */
export function createStoreLink(parts: StoreLinkParts) {
  const { host, log } = parts;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let nextId = 1;
  let child: ChildProcess | undefined;
  let restarts = 0;
  let stopping = false;
  let onOpened: ((result: { ok: true; enrolled: boolean } | { ok: false; code: string }) => void) | undefined;
  let onStopped: (() => void) | undefined;
  let onChecked: ((report: unknown) => void) | undefined;

  const settle = (
    requestId: number,
    act: (one: { resolve: (value: unknown) => void; reject: (error: Error) => void }) => void,
  ): void => {
    const one = waiting.get(requestId);
    waiting.delete(requestId);
    if (one) act(one);
  };

  const answer = async (ask: Ask): Promise<unknown> =>
    ask.what === 'seal' ? parts.sealForEscrow(ask.serverPublicKey) : parts.answerAsk(ask);

  const onMessage = (from: ChildProcess, message: FromStore): void => {
    switch (message.type) {
      case 'opened':
        restarts = 0;
        return onOpened?.({ ok: true, enrolled: message.enrolled });
      case 'failed':
        return onOpened?.({ ok: false, code: message.code });
      case 'checked':
        return onChecked?.(message.report);
      case 'answer':
        return settle(message.requestId, (one) => one.resolve(message.value));
      case 'failedRequest':
        return settle(message.requestId, (one) => one.reject(new StoreFailure(message.code)));
      case 'push':
        return parts.push(message.windowId, message.channel, message.payload);
      case 'toDoor':
        return parts.toDoor(message.message);
      case 'ask':
        // To whoever asked: the next process counts its questions from one again.
        void answer(message.ask).then((value) => from.post({ type: 'reply', askId: message.askId, value }));
        return;
      case 'log':
        return log(message.entry);
      case 'stopped':
        return onStopped?.();
    }
  };

  const start = (check: boolean): void => {
    const started = host.startProcess(new URL(siblingEntry(import.meta.url, '../station/process')), [], {
      name: 'store',
    });
    child = started;
    started.onMessage((message) => onMessage(started, message as FromStore));
    started.onExit((code) => {
      if (child !== started) return;
      child = undefined;
      for (const [id] of waiting) settle(id, (one) => one.reject(new StoreFailure('store-restarting')));
      onStopped?.();
      if (stopping || check) return;
      log({ level: 'error', what: 'store-exited', code });
      const pauseMs = RESTART_MS[Math.min(restarts++, RESTART_MS.length - 1)] ?? 0;
      setTimeout(() => {
        if (!stopping) start(false);
      }, pauseMs);
    });
    started.post({ type: 'start', config: parts.config, check });
  };

  return {
    open: (): Promise<{ ok: true; enrolled: boolean } | { ok: false; code: string }> =>
      new Promise((resolve) => {
        onOpened = resolve;
        start(false);
      }),
    check: (): Promise<{ report: unknown } | { code: string }> =>
      new Promise((resolve) => {
        onChecked = (report) => resolve({ report });
        onOpened = (result) => resolve({ code: result.ok ? 'opened' : result.code });
        start(true);
      }),
    request: (windowId: number, channel: string, payload: unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        if (!child) return reject(new StoreFailure('store-restarting'));
        const requestId = nextId++;
        waiting.set(requestId, { resolve, reject });
        child.post({ type: 'request', requestId, windowId, channel, payload });
      }),
    enrol: (code: string, stationName: string, profile: string): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const requestId = nextId++;
        waiting.set(requestId, { resolve, reject });
        child?.post({ type: 'enrol', requestId, code, stationName, profile });
      }),
    tell: (message: unknown): void => child?.post(message),
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        stopping = true;
        if (!child) return resolve();
        onStopped = resolve;
        child.post({ type: 'stop' });
        setTimeout(resolve, 6000).unref();
      }),
  };
}
export type StoreLink = ReturnType<typeof createStoreLink>;
