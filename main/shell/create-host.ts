import type { Log } from '../log.ts';
import { createChromiumHost } from './chromium/create-chromium-host.ts';
import type { DesktopHost } from './desktop-host.ts';
import { createWindowlessHost } from './windowless/create-windowless-host.ts';

/** What a shell needs to know of how this start was asked for. */
type HostSettings = {
  dataDir: string;
  exportDir: string;
  window: boolean;
  headless: boolean;
  debugPort: number | null;
};

export type HostChoice = { config: HostSettings; keyFolder: string; preloadFile: string; log: Log };

type Prepared = { ok: true } | { ok: false; line: string };

/**
 * What a shell has to say before it is ready: main's entry module waits for this, as the ready of Electron waits for that module.
 * Waits for nothing but code being loaded.
 */
export async function prepareShell({ dataDir }: Pick<HostSettings, 'dataDir'>): Promise<Prepared> {
  if (!process.versions['electron']) return { ok: true };
  const { prepareElectron } = await import('./electron/prepare-electron.ts');
  const prepared = prepareElectron(dataDir);
  return prepared.ok ? prepared : { ok: false, line: prepared.problem.message };
}

/** The shell of this start, after `prepareShell`: Electron where we run in it, none with `--no-window`, else the system's Chromium. */
export async function createHost({
  config,
  keyFolder,
  preloadFile,
  log,
}: HostChoice): Promise<{ ok: true; host: DesktopHost } | { ok: false; line: string }> {
  if (process.versions['electron']) {
    const { createElectronHost } = await import('./electron/create-electron-host.ts');
    return {
      ok: true,
      host: await createElectronHost({ keyDir: keyFolder, exportDir: config.exportDir, preloadFile }),
    };
  }
  if (!config.window) return { ok: true, host: createWindowlessHost({ keyDir: keyFolder }) };
  const made = await createChromiumHost({
    dataDir: config.dataDir,
    keyDir: keyFolder,
    exportDir: config.exportDir,
    preloadFile,
    headless: config.headless,
    ...(config.debugPort === null ? {} : { debugPort: config.debugPort }),
    log: (line) => log({ level: 'info', what: 'shell', line }),
  });
  if (made.ok && made.host.debugUrl) log({ level: 'info', what: 'debug-port', url: made.host.debugUrl });
  return made.ok ? made : { ok: false, line: made.problem.message };
}
