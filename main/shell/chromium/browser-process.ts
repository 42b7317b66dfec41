import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type CdpPipe, createCdpPipe } from './cdp-pipe.ts';
import { clearBrowserRecord, endGroup, signalGroup, writeBrowserRecord } from './browser-record.ts';

export type BrowserSettings = {
  executable: string;
  profileDir: string;
  headless: boolean;
  /** Loopback CDP port beside the pipe; 0 picks a free one, undefined opens none. */
  debugPort: number | undefined;
  softwareRendering: boolean;
  withoutSandbox: boolean;
};

export type BrowserProcess = {
  pid: number;
  cdp: CdpPipe;
  /** `ws://` address of the debug port, when one was asked for. */
  debugUrl: string | undefined;
  onExit(listener: () => void): void;
  /** Ends the browser and all its processes; resolves when they are gone. */
  end(): Promise<void>;
};

const browserFlags = (settings: BrowserSettings): string[] => [
  ...(settings.headless ? ['--headless=new'] : []),
  ...(settings.withoutSandbox ? ['--no-sandbox'] : []),
  ...(settings.softwareRendering
    ? ['--disable-gpu', '--enable-unsafe-swiftshader', '--disable-gpu-rasterization']
    : []),
  '--remote-debugging-pipe',
  ...(settings.debugPort === undefined
    ? []
    : [`--remote-debugging-port=${settings.debugPort}`, '--remote-debugging-address=127.0.0.1']),
  `--user-data-dir=${settings.profileDir}`,
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  // The page gets everything from us: no name resolves, so nothing can leave even if a gate failed.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--block-new-web-contents',
  '--deny-permission-prompts',
  '--disk-cache-dir=/dev/null',
  '--disk-cache-size=1',
  '--media-cache-size=1',
  '--disable-gpu-shader-disk-cache',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-features=Translate,AutofillServerCommunication,OptimizationHints,MediaRouter,PasswordManagerOnboarding',
  '--password-store=basic',
];

/** Reads the debug port's address from the browser's error stream; the stream must be drained in any case. */
const watchDebugUrl = (child: ChildProcess, wanted: boolean): Promise<string | undefined> =>
  new Promise((resolve) => {
    let text = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-4_000);
      const match = /DevTools listening on (ws:\/\/127\.0\.0\.1:\S+)/.exec(text);
      if (match !== null) resolve(match[1]);
    });
    child.once('exit', () => resolve(undefined));
    if (!wanted) resolve(undefined);
  });

/** Starts the browser in a process group of its own, noted on disk. Rejects when it ends before it answers. */
export const startBrowser = async (settings: BrowserSettings): Promise<BrowserProcess> => {
  const child = spawn(settings.executable, browserFlags(settings), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // Ctrl-C in the terminal must reach us alone: we end the browser after the quit listeners.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const cdp = createCdpPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const debugUrl = watchDebugUrl(child, settings.debugPort !== undefined);
  await Promise.race([
    cdp.send('Browser.getVersion'),
    exited.then(() => Promise.reject(new Error('The browser ended at once'))),
  ]);
  const pid = child.pid ?? 0;
  writeBrowserRecord(settings.profileDir, pid);
  const within = (limitMs: number): Promise<unknown> =>
    Promise.race([exited, new Promise((resolve) => setTimeout(resolve, limitMs).unref())]);
  return {
    pid,
    cdp,
    debugUrl: await debugUrl,
    onExit: (listener) => void exited.then(listener),
    end: async () => {
      await Promise.race([cdp.send('Browser.close').catch(() => undefined), within(1_000)]);
      await within(3_000);
      signalGroup(pid, 'SIGTERM');
      await within(1_000);
      // Renderers and helpers share the group; none may outlive the app.
      await endGroup(pid);
      await exited;
      clearBrowserRecord(settings.profileDir);
    },
  };
};
