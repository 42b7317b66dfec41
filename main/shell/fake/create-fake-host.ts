import { channels, pushes } from '../../../shared/ipc/channels.ts';
import { type ChannelAnswer, createChannelTable } from '../channel-answers.ts';
import type {
  AppRequest,
  AppResponse,
  DesktopHost,
  HostWindow,
  OutgoingPaper,
  WindowOptions,
} from '../desktop-host.ts';
import { externalAddress } from '../external-address.ts';
import { createForkedProcesses } from '../forked-process.ts';
import { createQuitSequence } from '../quit-sequence.ts';
import { checkOutgoingName } from '../write-new-file.ts';

/** A window's page as a test plays it: what `window.praxis` and `fetch` are to a screen. */
export type FakePage = {
  request(channel: string, payload: unknown): Promise<unknown>;
  on(push: string, listener: (payload: unknown) => void): () => void;
  fetch: (path: string, init?: { method?: 'GET' | 'HEAD'; headers?: Record<string, string> }) => Promise<Response>;
  /** Plays a sub-frame, which no shell lets through. */
  requestFromSubFrame(channel: string, payload: unknown): Promise<unknown>;
  crash(why: string): void;
};

/** The in-memory host and the levers a test has on it. */
export type FakeHost = DesktopHost & {
  page(window: HostWindow): FakePage;
  readonly openedAddresses: readonly string[];
  /** What was saved, by its path in a folder that is not there. */
  readonly saved: ReadonlyMap<string, Uint8Array>;
  readonly printed: readonly OutgoingPaper[];
  /** Whether a printer is set up; none is at first. */
  setPrinter(name: string | null): void;
  power(event: 'lock' | 'suspend' | 'resume' | 'shutdown'): void;
};

const clone = (value: unknown): unknown => {
  try {
    return structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
};

const unwrap = (answer: ChannelAnswer): unknown => {
  if (!answer.ok) throw new Error(answer.message);
  return clone(answer.value);
};

const toResponse = async (answer: AppResponse): Promise<Response> => {
  const chunks: Uint8Array[] = [];
  if (answer.body instanceof Uint8Array) chunks.push(answer.body);
  else for await (const chunk of answer.body ?? []) chunks.push(chunk);
  const body = answer.body === null ? null : Buffer.concat(chunks);
  return new Response(body, { status: answer.status, headers: answer.headers });
};

/** A desktop host in memory: windows without pixels, secrets without a disk, real child processes. For unit tests. */
export const createFakeHost = (): FakeHost => {
  const table = createChannelTable();
  const processes = createForkedProcesses();
  const sequence = createQuitSequence(async () => {
    for (const window of windows.keys()) window.close();
    await processes.endAll();
  });
  const windows = new Map<HostWindow, FakePage>();
  const secrets = new Map<string, Uint8Array>();
  const openedAddresses: string[] = [];
  const saved = new Map<string, Uint8Array>();
  const printed: OutgoingPaper[] = [];
  let printer: string | null = null;
  const powerListeners: Parameters<DesktopHost['onPower']>[0][] = [];
  let appHandler: ((request: AppRequest) => Promise<AppResponse>) | undefined;
  let lastWindowId = 0;

  const openWindow = (options: WindowOptions): Promise<HostWindow> => {
    const windowId = ++lastWindowId;
    const closed: (() => void)[] = [];
    const crashed: ((why: string) => void)[] = [];
    const heard = new Map<string, Set<(payload: unknown) => void>>();
    const window: HostWindow = {
      windowId,
      send: (channel, payload) => {
        if (!windows.has(window)) return false;
        const copy = clone(payload);
        queueMicrotask(() => heard.get(channel)?.forEach((listener) => listener(copy)));
        return true;
      },
      printToPdf: () =>
        windows.has(window)
          ? Promise.resolve(new TextEncoder().encode(`%PDF-1.4 fake ${options.width}`))
          : Promise.reject(new Error('The window is closed')),
      focus: () => undefined,
      reload: () => undefined,
      close: () => {
        if (windows.delete(window)) for (const listener of closed) listener();
        if (windows.size === 0) void sequence.quit('last-window-closed');
      },
      onClosed: (listener) => void closed.push(listener),
      onCrashed: (listener) => void crashed.push(listener),
    };
    windows.set(window, {
      request: async (channel, payload) => {
        if (!channels.some((known) => known === channel)) throw new Error(`Unknown channel: ${channel}`);
        return unwrap(await table.answer(channel, clone(payload), { windowId }));
      },
      requestFromSubFrame: async (channel, payload) => unwrap(await table.answer(channel, clone(payload), undefined)),
      on: (push, listener) => {
        if (!pushes.some((known) => known === push)) throw new Error(`Unknown push: ${push}`);
        heard.set(push, (heard.get(push) ?? new Set()).add(listener));
        return () => void heard.get(push)?.delete(listener);
      },
      fetch: async (path, init = {}) => {
        if (appHandler === undefined) throw new Error('The app origin has no handler');
        const headers = new Headers(init.headers);
        const url = new URL(path, 'app://praxis/');
        return await toResponse(await appHandler({ url, method: init.method ?? 'GET', headers, windowId }));
      },
      crash: (why) => crashed.forEach((listener) => listener(why)),
    });
    return Promise.resolve(window);
  };

  return {
    name: 'fake',
    ready: () => Promise.resolve(),
    handleApp: (handler) => {
      if (appHandler !== undefined) throw new Error('The app origin has a handler already');
      appHandler = handler;
    },
    handle: table.handle,
    openWindow,
    startProcess: processes.start,
    secrets: {
      backend: () => Promise.resolve({ name: 'memory', strong: false, note: 'Secrets are gone with the process.' }),
      get: (name) => Promise.resolve(secrets.get(name)?.slice()),
      set: (name, value) => Promise.resolve(void secrets.set(name, value.slice())),
      delete: (name) => Promise.resolve(void secrets.delete(name)),
    },
    saveFile: async ({ name, chunks }) => {
      checkOutgoingName(name);
      const parts: Uint8Array[] = [];
      for await (const chunk of chunks) parts.push(chunk);
      let path = `/exports/${name}`;
      for (let number = 2; saved.has(path); number += 1) path = `/exports/${name.replace('.', `-${number}.`)}`;
      saved.set(path, new Uint8Array(Buffer.concat(parts)));
      return { ok: true, path };
    },
    printPaper: (paper) => {
      if (printer === null) return Promise.resolve({ ok: false, code: 'no-printer' });
      printed.push(paper);
      return Promise.resolve({ ok: true, printer });
    },
    openExternal: (url) => {
      const address = externalAddress(url);
      if (address !== undefined) openedAddresses.push(address);
      return Promise.resolve(address !== undefined);
    },
    onPower: (listener) => void powerListeners.push(listener),
    onQuit: sequence.onQuit,
    quit: () => sequence.quit('asked'),
    page: (window) => {
      const page = windows.get(window);
      if (page === undefined) throw new Error('The window is closed');
      return page;
    },
    openedAddresses,
    saved,
    printed,
    setPrinter: (name) => void (printer = name),
    power: (event) => powerListeners.forEach((listener) => listener(event)),
  };
};
