/** A started process's line to whoever started it (`DesktopHost.startProcess`). */
export type ParentLink = {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
};

type UtilityPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
};

/**
 * The line of this process to its parent: `process.parentPort` inside Electron's utilityProcess, Node's own channel
 * elsewhere. Throws where the process was started by hand and has no parent to talk to.
 */
export const connectParent = (): ParentLink => {
  const port = (process as unknown as { parentPort?: UtilityPort }).parentPort;
  if (port !== undefined && port !== null) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
    };
  }
  if (process.send === undefined) throw new Error('This process has no parent to talk to');
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  };
};
