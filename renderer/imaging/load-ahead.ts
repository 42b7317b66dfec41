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
  let wishes = 0;
  let coming: { url: string; stop: AbortController } | null = null;

  const forget = (): void => {
    wishes += 1;
    coming?.stop.abort();
    coming = null;
    before = new Map();
    held = new Map();
  };
  return {
    /** The bytes of an object that was fetched ahead, once; undefined where they are not here. */
    take: (url: string): Promise<ArrayBuffer> | undefined => {
      const bytes = held.get(url) ?? before.get(url);
      for (const one of [held, before]) one.delete(url);
      // On its way still: it is waited for now, whatever is wished next.
      if (coming?.url === url) coming = null;
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
      const mine = held;
      const wish = wishes;
      const isOver = (): boolean => wish !== wishes;
      let bytes = 0;
      for (const url of urls) {
        while (isBusy() && !isOver()) await new Promise((resolve) => setTimeout(resolve, 100));
        if (isOver() || bytes >= maxBytes) return;
        coming = { url, stop: new AbortController() };
        const fetched = fetch(url, coming.stop.signal);
        mine.set(url, fetched);
        try {
          bytes += (await fetched).byteLength;
        } catch {
          mine.delete(url);
        }
      }
    },
    forget,
  };
}
