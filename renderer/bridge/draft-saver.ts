export type DraftSaver<T> = ReturnType<typeof createDraftSaver<T>>;

/**
 * When to save what is typed: `quietMs` after the last key, and at the latest `maxMs` after the first one that is not saved yet.
 * One save runs at a time and always carries the newest text. `onSaved` is called only with what `save` answered for the newest
 * text and once typing rests for `quietMs`, so "saved" never shows early and does not flicker between keys; `onFailed` keeps the text and tries again with the next key or `flush`, or after `retryMs`.
 */
export function createDraftSaver<T>(options: {
  save: (body: T) => Promise<string | null>;
  onSaved: (savedAtUtc: string | null) => void;
  onFailed: (error: unknown) => void;
  quietMs?: number;
  maxMs?: number;
  retryMs?: number;
}) {
  const quietMs = options.quietMs ?? 100;
  const maxMs = options.maxMs ?? 150;
  const retryMs = options.retryMs ?? 1000;
  let waiting: { body: T } | null = null;
  let firstMs = 0;
  let lastMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let word: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let drops = 0;

  const run = async (): Promise<void> => {
    while (waiting) {
      const { body } = waiting;
      const dropsBefore = drops;
      waiting = null;
      try {
        const savedAtUtc = await options.save(body);
        const restMs = lastMs + quietMs - performance.now();
        if (waiting || drops !== dropsBefore) continue;
        if (restMs > 0) word = setTimeout(() => options.onSaved(savedAtUtc), restMs);
        else options.onSaved(savedAtUtc);
      } catch (error) {
        if (drops !== dropsBefore) return;
        waiting ??= { body };
        options.onFailed(error);
        timer ??= setTimeout(() => void flush(), retryMs);
        return;
      }
    }
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    /** Takes what is typed now. */
    put: (body: T): void => {
      const nowMs = performance.now();
      if (timer === undefined) firstMs = nowMs;
      lastMs = nowMs;
      waiting = { body };
      clearTimeout(timer);
      clearTimeout(word);
      timer = setTimeout(() => void flush(), Math.max(0, Math.min(quietMs, firstMs + maxMs - nowMs)));
    },
    /** Saves at once what is not saved; resolves when the answer came. */
    flush,
    /** Forgets what is not saved: the draft became a command, or was thrown away. */
    drop: (): void => {
      clearTimeout(timer);
      clearTimeout(word);
      timer = undefined;
      waiting = null;
      drops += 1;
    },
    hasUnsaved: (): boolean => waiting !== null || running !== null,
  };
}
