/**
 * The desktop host port: everything that Electron gives, behind one typed surface, so that the same `main.ts`, preload and
 * renderer run on Electron, on Node 24 with the system's Chromium, and in memory for unit tests (design §7).
 */

export type WindowOptions = {
  title: string;
  width: number;
  height: number;
  /** Path and query below the app origin, e.g. `/?screen=wall`. */
  path: string;
};

/** Who sent a message: a window's main frame on the app's own origin. Anything else never reaches a handler. */
export type Sender = { windowId: number };

export type HostWindow = {
  readonly windowId: number;
  /** Sends one message to the window's preload; a destroyed window swallows it and returns false. */
  send(channel: string, payload: unknown): boolean;
  /** PDF of what the window shows, A4. */
  printToPdf(): Promise<Uint8Array>;
  focus(): void;
  /** Shows the same page anew; for after a crash. */
  reload(): void;
  close(): void;
  onClosed(listener: () => void): void;
  onCrashed(listener: (why: string) => void): void;
};

export type AppRequest = { url: URL; method: 'GET' | 'HEAD'; headers: Headers; windowId: number | undefined };
/** A body is bytes, or a stream of chunks (each at most 8 MB). */
export type AppResponse = {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | AsyncIterable<Uint8Array> | null;
};

export type ChildProcess = {
  readonly pid: number | undefined;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
};

/** Why the app ends. `browser-died` is the Chromium shell's alone. */
export type QuitReason = 'asked' | 'last-window-closed' | 'signal' | 'browser-died';

/** Why a host could not be made: a stable code and one line for the person at the terminal. */
export type HostProblem = {
  code: 'chromium-missing' | 'browser-start-failed' | 'already-running' | 'key-folder-refused';
  message: string;
};

export type SecretBackend = { name: string; strong: boolean; note: string };

/** Plain bytes that leave the workstation because a person asked; the name carries nothing of a patient. */
export type OutgoingFile = { name: string; chunks: AsyncIterable<Uint8Array> };
/** Where it lies now, or why it does not; `no-window` where nobody sits in front. */
export type SaveOutcome =
  | { ok: true; path: string }
  | { ok: false; code: 'cancelled' | 'disk-full' | 'folder-refused' | 'no-window' };

/** A whole PDF, and the title that a print queue shows for it: no patient in it. */
export type OutgoingPaper = { title: string; bytes: Uint8Array };
/** `ok` means spooled, with the printer's name where it is known. */
export type PrintOutcome =
  | { ok: true; printer: string | null }
  | { ok: false; code: 'cancelled' | 'no-printer' | 'print-failed' | 'no-window' };

export type DesktopHost = {
  readonly name: 'electron' | 'chromium' | 'fake';
  /** Resolves when windows can be opened. */
  ready(): Promise<void>;
  /** Registers the only handler of the `app://praxis` origin; called once, before the first window. */
  handleApp(handler: (request: AppRequest) => Promise<AppResponse>): void;
  /** Registers the handler of one request/answer channel; arguments arrive cloned; a throw reaches the caller as an Error with its message only. */
  handle(channel: string, handler: (payload: unknown, sender: Sender) => Promise<unknown>): void;
  openWindow(options: WindowOptions): Promise<HostWindow>;
  /** Starts a Node process of our own (utilityProcess in Electron, else fork). `maxOldSpaceMb` caps its heap. */
  startProcess(entry: URL, args: string[], options?: { maxOldSpaceMb?: number; name?: string }): ChildProcess;
  /** Secrets by name, outside the data folder. */
  secrets: {
    backend(): Promise<SecretBackend>;
    get(name: string): Promise<Uint8Array | undefined>;
    set(name: string, value: Uint8Array): Promise<void>;
    delete(name: string): Promise<void>;
  };
  /**
   * Saves a file where the person says (a dialog over that window), or in the export folder where the shell has no dialog:
   * whole or not at all, mode 0600, never over another file unless the person chose that. Rejects where the chunks do.
   */
  saveFile(file: OutgoingFile, windowId: number): Promise<SaveOutcome>;
  /** Prints a PDF on the system's default printer, or by the system's dialog over that window; writes no file. */
  printPaper(paper: OutgoingPaper, windowId: number): Promise<PrintOutcome>;
  /** Opens an https address in the person's browser; anything else is refused with false. */
  openExternal(url: string): Promise<boolean>;
  /** The machine locks, sleeps or wakes. */
  onPower(listener: (event: 'lock' | 'suspend' | 'resume' | 'shutdown') => void): void;
  /** Runs once before the app ends, whatever the reason; the host waits for it, at most ten seconds. */
  onQuit(listener: (reason: QuitReason) => void | Promise<void>): void;
  /** Ends the app: quit listeners, then windows, then processes started here. Safe to call twice. */
  quit(): Promise<void>;
};
