import { fetchObject } from './fetch-object.ts';

/**
 * Bytes of what will probably be opened next, fetched one object at a time and only while nothing else is waited for. Undecoded: what is
 * shown keeps the decoder and its cache to itself.
 */
export function createAhead(options: {
  /** Somebody waits for a picture now. */
  isBusy: () => boolean;
  maxBytes: number;
  fetch?: (url: string, signal: AbortSignal) => Promise<ArrayBuffer>;
}) {
  const { isBusy, maxBytes, fetch = fetchObject } = options;
  let held = new Map<string, Promise<ArrayBuffer>>();
  /** Of the wish before: being opened now, as a rule. */
  let before = new Map<string, Promise<ArrayBuffer>>();
  let stop = new AbortController();

  const rest = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, 100);
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    });
  const forget = (): void => {
    stop.abort();
    stop = new AbortController();
    before = new Map();
    held = new Map();
  };
  return {
    /** The bytes of an object that was fetched ahead, once; undefined where they are not here. */
    take: (url: string): Promise<ArrayBuffer> | undefined => {
      const bytes = held.get(url) ?? before.get(url);
      for (const one of [held, before]) one.delete(url);
      return bytes;
    },
    /**
     * Fetches these in their order instead of what was wished before; what that brought stays until the next wish, for it is probably being
     * opened. What can't be had is left to whoever opens it.
     */
    wish: async (urls: readonly string[]): Promise<void> => {
      const brought = held;
      forget();
      before = brought;
      const { signal } = stop;
      const mine = held;
      let bytes = 0;
      for (const url of urls) {
        while (isBusy() && !signal.aborted) await rest(signal);
        if (signal.aborted || bytes >= maxBytes) return;
        const coming = fetch(url, signal);
        mine.set(url, coming);
        try {
          bytes += (await coming).byteLength;
        } catch {
          mine.delete(url);
        }
      }
    },
    forget,
  };
}
