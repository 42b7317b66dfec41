/**
 * What our start uses of Electron's main process, strict about *when*: ready comes only when the entry module has been evaluated
 * (electron-stand-in-start.ts says so), what must come before ready throws after it, and what needs ready throws before it.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';

type Handler = (request: Request) => Promise<Response>;
type Invoked = (event: unknown, payload: unknown) => Promise<unknown>;

let isReady = false;
const doneBeforeReady = new Set<string>();
const before = (what: string): void => {
  if (isReady) throw new Error(`${what} comes too late: Electron is ready already`);
  doneBeforeReady.add(what);
};
const after = (what: string): void => {
  if (!isReady) throw new Error(`${what} comes too early: Electron is not ready yet`);
};
const invoked = new Map<string, Invoked>();

class StandInApp extends EventEmitter {
  readonly ready = Promise.withResolvers<void>();
  readonly setPath = (name: string): void => before(`setPath ${name}`);
  readonly enableSandbox = (): void => before('enableSandbox');
  readonly requestSingleInstanceLock = (): boolean => {
    before('requestSingleInstanceLock');
    return process.env['STAND_IN_IS_SECOND'] === undefined;
  };
  readonly whenReady = (): Promise<void> => this.ready.promise;
  readonly exit = (code: number): void => void process.exit(code);
}
export const app = new StandInApp();

/** The entry module has been evaluated: Electron looks at what it was told by then, and is ready. */
export function becomeReady(): void {
  const missing = ['setPath userData', 'enableSandbox', 'requestSingleInstanceLock', 'scheme app'].filter(
    (what) => !doneBeforeReady.has(what),
  );
  if (missing.length > 0) throw new Error(`not done before ready: ${missing.join(', ')}`);
  isReady = true;
  app.ready.resolve();
  app.emit('ready');
}

export const protocol = {
  registerSchemesAsPrivileged: (schemes: { scheme: string }[]): void => {
    for (const { scheme } of schemes) before(`scheme ${scheme}`);
  },
};

class StandInSession extends EventEmitter {
  handler: Handler | undefined;
  readonly protocol = {
    handle: (_scheme: string, handler: Handler): void => {
      this.handler = handler;
    },
  };
  readonly webRequest = { onBeforeRequest: (): void => undefined };
  readonly clearData = async (): Promise<void> => undefined;
  readonly setPermissionRequestHandler = (): void => undefined;
  readonly setPermissionCheckHandler = (): void => undefined;
  readonly setDevicePermissionHandler = (): void => undefined;
  readonly setDisplayMediaRequestHandler = (): void => undefined;
}
const defaultSession = new StandInSession();
export const session = {
  fromPartition: (): StandInSession => {
    after('session.fromPartition');
    return new StandInSession();
  },
  get defaultSession(): StandInSession {
    after('session.defaultSession');
    return defaultSession;
  },
};

const windows: BrowserWindow[] = [];
export class BrowserWindow extends EventEmitter {
  static getAllWindows = (): readonly BrowserWindow[] => windows;
  static fromId = (id: number): BrowserWindow | null => windows.find((one) => one.id === id) ?? null;
  static fromWebContents = (contents: unknown): BrowserWindow | null =>
    windows.find((one) => one.webContents === contents) ?? null;
  readonly id = windows.length + 1;
  readonly webContents = Object.assign(new EventEmitter(), { mainFrame: { url: '', detached: false } });
  readonly #session: StandInSession;
  constructor({ webPreferences }: { webPreferences: { session: StandInSession } }) {
    super();
    after('a window');
    this.#session = webPreferences.session;
    windows.push(this);
  }
  show = (): void => undefined;
  /** Asks our own handler for the page, then asks main as the page would, and tells the test what came. */
  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame.url = url;
    const page = await this.#session.handler?.(new Request(url));
    const event = { sender: this.webContents, senderFrame: this.webContents.mainFrame };
    const answer = await invoked.get('session')?.(event, { do: 'state' });
    process.send?.({ status: page?.status, answer });
  }
}

export const ipcMain = {
  handle: (channel: string, listener: Invoked): void => void invoked.set(channel, listener),
};
export const powerMonitor = {
  on: (): void => after('powerMonitor.on'),
};
export const safeStorage = {
  getSelectedStorageBackend: (): string => {
    after('safeStorage');
    return 'gnome_libsecret';
  },
  isAsyncEncryptionAvailable: async (): Promise<boolean> => true,
  encryptStringAsync: async (text: string): Promise<Buffer> => Buffer.from(text),
  decryptStringAsync: async (sealed: Buffer) => ({ result: sealed.toString(), shouldReEncrypt: false }),
};
export const utilityProcess = {
  fork: (entry: string, args: string[], options: { execArgv?: string[] }) => {
    after('utilityProcess.fork');
    const port = fileURLToPath(new URL('./electron-stand-in-port.ts', import.meta.url));
    const child = fork(entry, args, {
      serialization: 'advanced',
      execArgv: [...(options.execArgv ?? []), '--import', port],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return Object.assign(child, { postMessage: (message: object) => void child.send(message) });
  },
};
export const dialog = {};
export const shell = {};
