export type DraftSaver<T> = ReturnType<typeof createDraftSaver<T>>;

/**
 * When to save what is typed: `quietMs` after the last key, and at the latest `maxMs` after the first one that is not saved yet.
 * One save runs at a time and always carries the newest text. `onSaved` is called only with what `save` answered for the newest
 * text, so "saved" never shows early; `onFailed` keeps the text and tries again with the next key or `flush`.
 */
export function createDraftSaver<T>(options: {
  save: (body: T) => Promise<string>;
  onSaved: (savedAtUtc: string) => void;
  onFailed: (error: unknown) => void;
  quietMs?: number;
  maxMs?: number;
}) {
  const quietMs = options.quietMs ?? 100;
  const maxMs = options.maxMs ?? 200;
  let waiting: { body: T } | null = null;
  let firstMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    while (waiting) {
      const { body } = waiting;
      waiting = null;
      try {
        const savedAtUtc = await options.save(body);
        if (!waiting) options.onSaved(savedAtUtc);
      } catch (error) {
        waiting ??= { body };
        options.onFailed(error);
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
      waiting = { body };
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), Math.max(0, Math.min(quietMs, firstMs + maxMs - nowMs)));
    },
    /** Saves at once what is not saved; resolves when the answer came. */
    flush,
    /** Forgets what is not saved: the draft became a command, or was thrown away. */
    drop: (): void => {
      clearTimeout(timer);
      timer = undefined;
      waiting = null;
    },
    hasUnsaved: (): boolean => waiting !== null || running !== null,
  };
}
