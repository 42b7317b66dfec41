import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createChannelTable } from '../channel-answers.ts';
import type { AppRequest, AppResponse, DesktopHost, HostProblem, QuitReason } from '../desktop-host.ts';
import { externalAddress } from '../external-address.ts';
import { createForkedProcesses } from '../forked-process.ts';
import { printByLp } from '../print-by-lp.ts';
import { createQuitSequence } from '../quit-sequence.ts';
import { writeNewFile } from '../write-new-file.ts';
import { type BrowserProcess, type BrowserSettings, startBrowser } from './browser-process.ts';
import { reapLeftoverBrowser } from './browser-record.ts';
import { findChromium } from './find-chromium.ts';
import { createKeyFolder, liesWithin } from './key-folder.ts';
import { openAppModePage, openHeadlessPage, type OpenPage } from './open-page.ts';
import { createPowerWatch } from './power-watch.ts';
import { openRequestGate } from './request-gate.ts';
import { createWindowRegistry } from './window-registry.ts';

export type ChromiumHostOptions = {
  /** The browser's profile goes to `<dataDir>/chromium`. */
  dataDir: string;
  /** Folder of key files; must lie outside the data folder. */
  keyDir: string;
  /** Where what a person saves goes; made when it is first needed. */
  exportDir: string;
  /** The built `preload.cjs`. */
  preloadFile: string;
  headless?: boolean;
  /** Opens a loopback CDP port for tests (0: any free one); without it the browser listens nowhere. */
  debugPort?: number;
  /** Paints without a GPU; the default when headless. */
  softwareRendering?: boolean;
  log?: (line: string) => void;
  /** Ends this process; tests give their own. */
  exit?: (code: number) => void;
  env?: NodeJS.ProcessEnv;
};

/** The host, and what only this shell has: its browser's pid and, if asked for, the address of its debug port. */
export type ChromiumHost = DesktopHost & { readonly browserPid: number; readonly debugUrl: string | undefined };

export type ChromiumHostResult = { ok: true; host: ChromiumHost } | { ok: false; problem: HostProblem };

/** Exit codes as in sysexits.h: a browser that died is a software failure. */
const exitCodes: Record<QuitReason, number> = { asked: 0, 'last-window-closed': 0, signal: 0, 'browser-died': 70 };

const refuse = (code: HostProblem['code'], message: string): ChromiumHostResult => ({
  ok: false,
  problem: { code, message },
});

const openInBrowser = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const opener = spawn('xdg-open', [address], { stdio: 'ignore', detached: true });
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => {
      opener.unref();
      resolve(true);
    });
  });

const assemble = async (
  options: ChromiumHostOptions,
  browser: BrowserProcess,
  openPage: OpenPage,
  log: (line: string) => void,
): Promise<ChromiumHost> => {
  const table = createChannelTable();
  const processes = createForkedProcesses();
  const power = createPowerWatch();
  let appHandler: ((request: AppRequest) => Promise<AppResponse>) | undefined;
  const exit = options.exit ?? ((code: number) => process.exit(code));

  const sequence = createQuitSequence(async (reason) => {
    power.stop();
    await Promise.all([processes.endAll(), browser.end()]);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    process.off('SIGHUP', onSignal);
    exit(exitCodes[reason]);
  });
  const quit = (reason: QuitReason): void => void sequence.quit(reason);
  const onSignal = (): void => {
    power.shutdown();
    quit('signal');
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

  const registry = await createWindowRegistry({
    cdp: browser.cdp,
    openPage,
    preloadSource: await readFile(options.preloadFile, 'utf8'),
    table,
    log,
    onLastClosed: () => quit('last-window-closed'),
  });
  browser.onExit(() => {
    registry.browserDied();
    if (sequence.isQuitting()) return;
    log('shell: Chromium ended by itself; Praxis ends too');
    quit('browser-died');
  });
  await openRequestGate({ cdp: browser.cdp, windowOfFrame: registry.windowOfFrame, handler: () => appHandler, log });
  await browser.cdp.send('Browser.setDownloadBehavior', { behavior: 'deny' });
  // Granting these two refuses every other permission, for every origin.
  await browser.cdp.send('Browser.grantPermissions', { permissions: ['clipboardSanitizedWrite'] });

  return {
    name: 'chromium',
    browserPid: browser.pid,
    debugUrl: browser.debugUrl,
    ready: () => Promise.resolve(),
    handleApp: (handler) => {
      if (appHandler !== undefined) throw new Error('The app origin has a handler already');
      appHandler = handler;
    },
    handle: table.handle,
    openWindow: registry.open,
    startProcess: processes.start,
    secrets: createKeyFolder(options.keyDir),
    // CDP has no dialogs: the export folder stands for the save dialog, the system's default printer for the print dialog.
    saveFile: (file) => writeNewFile(options.exportDir, file),
    printPaper: (paper) => printByLp(paper, options.env ?? process.env),
    openExternal: async (url) => {
      const address = externalAddress(url);
      return address === undefined ? false : await openInBrowser(address);
    },
    onPower: power.onPower,
    onQuit: sequence.onQuit,
    quit: () => sequence.quit('asked'),
  };
};

/**
 * Starts the system's Chromium as the app's screen. A failure a person can mend comes back as a problem with one line:
 * no Chromium, the same data folder open already, keys beside the data, a browser that does not start. Ends this process
 * (`exit`) when the last window is closed, on SIGINT, SIGTERM and SIGHUP, and with code 70 when Chromium dies.
 */
export const createChromiumHost = async (options: ChromiumHostOptions): Promise<ChromiumHostResult> => {
  const log = options.log ?? (() => undefined);
  const executable = findChromium(options.env ?? process.env);
  if (executable === undefined) {
    return refuse(
      'chromium-missing',
      'Praxis needs Chromium: install it (apt install chromium) or name it in PRAXIS_CHROMIUM.',
    );
  }
  if (liesWithin(options.keyDir, options.dataDir)) {
    return refuse('key-folder-refused', 'The key folder must lie outside the data folder.');
  }
  const profileDir = join(options.dataDir, 'chromium');
  await mkdir(profileDir, { recursive: true, mode: 0o700 });
  const reaped = await reapLeftoverBrowser(profileDir);
  if (reaped === 'in-use') return refuse('already-running', 'Praxis is already open on this data folder.');
  if (reaped !== undefined) log(`shell: ended a browser left over from an earlier start (pid ${reaped})`);
  const withoutSandbox = process.getuid?.() === 0;
  if (withoutSandbox) log('shell: running as root, so Chromium runs without its sandbox; do not do this in a clinic');
  const headless = options.headless ?? false;
  const settings: BrowserSettings = {
    executable,
    profileDir,
    headless,
    debugPort: options.debugPort,
    softwareRendering: options.softwareRendering ?? headless,
    withoutSandbox,
  };
  try {
    const browser = await startBrowser(settings);
    const openPage = headless ? openHeadlessPage(browser.cdp) : openAppModePage(browser.cdp, settings);
    return { ok: true, host: await assemble(options, browser, openPage, log) };
  } catch {
    return refuse('browser-start-failed', `Chromium at ${executable} did not start; is there a display?`);
  }
};
