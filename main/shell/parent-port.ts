/** The line to the process that started us, whichever way it did. */
export type ParentPort = {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone: nobody can stop us any more but ourselves. */
  onDisconnect(listener: () => void): void;
};

/** The part of Electron's `process.parentPort` that is used here; the type itself lives in `main/shell/electron`. */
type UtilityPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
};

/**
 * Finds the parent: Electron's utility process has `process.parentPort`, a forked Node process has `process.send`. Undefined when
 * there is neither, that is, when a person started the file by hand.
 */
export function connectParent(): ParentPort | undefined {
  const utility: UtilityPort | undefined = 'parentPort' in process ? process.parentPort : undefined;
  if (utility) {
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process port, not a window
      post: (message) => utility.postMessage(message),
      onMessage: (listener) => void utility.on('message', ({ data }) => listener(data)),
      // Electron ends its utility processes itself.
      onDisconnect: () => {},
    };
  }
  const send = process.send?.bind(process);
  if (send === undefined) return undefined;
  return {
    post: (message) => {
      if (process.connected) send(message);
    },
    onMessage: (listener) => void process.on('message', listener),
    onDisconnect: (listener) => void process.on('disconnect', listener),
  };
}
