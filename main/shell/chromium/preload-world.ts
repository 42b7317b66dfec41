import type { PreloadSurface } from '../electron/preload-surface.ts';
import type { WireCodec } from './wire-codec.ts';
import type { FrameJoiner } from './message-frames.ts';

/** The few DOM parts the injected functions use; main's types know no DOM. */
export type PageGlobal = {
  document: EventTarget;
  CustomEvent: new (type: string, init: { detail: unknown }) => Event;
};

type PreloadWorld = {
  page: PageGlobal;
  /** Known to the two injected scripts only: no script of the page can hear or forge their events. */
  token: string;
  codec: WireCodec;
  post(text: string): void;
  joiner: FrameJoiner;
  cutFrames(messageId: number, text: string, maxChars: number): string[];
  maxFrameChars: number;
  /** Hands the shell's entry point out: the shell calls it with every frame. */
  onReady(receive: (frame: string) => void): void;
};

type MainCall = { k: string; id: number; api: string; name: string; args: unknown[]; functions: number[] };

/**
 * Electron's preload surface inside an isolated world: `ipcRenderer` over the world's binding, `contextBridge` over
 * events that the browser clones between worlds. Injected into the browser as its own source: self-contained.
 */
export const createPreloadWorld = (world: PreloadWorld): PreloadSurface => {
  const { page, token, codec } = world;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<(event: never, ...args: unknown[]) => void>>();
  const exposed = new Map<string, Record<string, (...args: unknown[]) => unknown>>();
  const returned: ((...args: unknown[]) => unknown)[] = [];
  let lastId = 0;

  const toMain = (detail: object): void => {
    page.document.dispatchEvent(new page.CustomEvent(`${token}-to-main`, { detail }));
  };
  const announce = (api: string): void => toMain({ k: 'expose', api, names: Object.keys(exposed.get(api) ?? {}) });
  const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

  const answerCall = (call: MainCall, run: () => unknown): void => {
    let result: unknown;
    try {
      result = run();
    } catch (error) {
      return toMain({ k: 'threw', id: call.id, error: asError(error) });
    }
    if (typeof result === 'function') {
      returned.push(result as (...args: unknown[]) => unknown);
      return toMain({ k: 'function', id: call.id, at: returned.length - 1 });
    }
    if (!(result instanceof Promise)) return toMain({ k: 'value', id: call.id, value: result });
    toMain({ k: 'promise', id: call.id });
    result.then(
      (value) => toMain({ k: 'resolved', id: call.id, value }),
      (error: unknown) => toMain({ k: 'rejected', id: call.id, error: asError(error) }),
    );
  };

  page.document.addEventListener(`${token}-to-preload`, (event) => {
    const call = (event as Event & { detail: MainCall }).detail;
    if (call.k === 'hello') return [...exposed.keys()].forEach(announce);
    const args = call.args.map((value, index) =>
      call.functions.includes(index)
        ? (...given: unknown[]) => toMain({ k: 'callback', at: value, args: given })
        : value,
    );
    if (call.k === 'call-returned') return answerCall(call, () => returned[Number(call.name)]?.(...args));
    return answerCall(call, () => exposed.get(call.api)?.[call.name]?.(...args));
  });

  world.onReady((frame) => {
    const text = world.joiner.join(frame);
    if (text === undefined) return;
    const message = codec.decode(text) as { i?: number; r?: unknown; e?: string; p?: unknown };
    if (message.e !== undefined) {
      for (const listener of listeners.get(message.e) ?? []) listener({} as never, message.p);
      return;
    }
    waiting.get(Number(message.i))?.resolve(message.r);
    waiting.delete(Number(message.i));
  });

  return {
    ipcRenderer: {
      invoke: (channel, ...args) =>
        new Promise((resolve, reject) => {
          const id = ++lastId;
          const text = codec.encode({ i: id, c: channel, p: args[0] });
          waiting.set(id, { resolve, reject });
          for (const frame of world.cutFrames(id, text, world.maxFrameChars)) world.post(frame);
        }),
      on: (channel, listener) => {
        const set = listeners.get(channel) ?? new Set();
        listeners.set(channel, set.add(listener));
      },
      removeListener: (channel, listener) => void listeners.get(channel)?.delete(listener),
    },
    contextBridge: {
      exposeInMainWorld: (api, functions: Record<string, (...args: unknown[]) => unknown>) => {
        if (Object.values(functions).some((member) => typeof member !== 'function')) {
          throw new TypeError('Only functions may be exposed');
        }
        exposed.set(api, { ...functions });
        announce(api);
      },
    },
  };
};
