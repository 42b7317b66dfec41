import type { QuitReason } from './desktop-host.ts';

const LISTENER_LIMIT_MS = 10_000;

const within = async (work: Promise<unknown>, limitMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
};

/**
 * Runs an app's end once: every quit listener (at most ten seconds together, a throwing one does not stop the others),
 * then `finish`. Later calls get the same promise, so a signal during a quit changes nothing.
 */
export const createQuitSequence = (finish: (reason: QuitReason) => Promise<void>) => {
  const listeners: ((reason: QuitReason) => void | Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  const run = async (reason: QuitReason): Promise<void> => {
    await within(Promise.allSettled(listeners.map(async (listener) => listener(reason))), LISTENER_LIMIT_MS);
    await finish(reason);
  };
  return {
    onQuit: (listener: (reason: QuitReason) => void | Promise<void>): void => void listeners.push(listener),
    quit: (reason: QuitReason): Promise<void> => (running ??= run(reason)),
    isQuitting: (): boolean => running !== undefined,
  };
};
