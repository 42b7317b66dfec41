import type { DesktopHost, QuitReason } from '../desktop-host.ts';
import { createKeyFolder } from '../chromium/key-folder.ts';
import { createForkedProcesses } from '../forked-process.ts';
import { createQuitSequence } from '../quit-sequence.ts';

/** The host of `--no-window`: processes, secrets and an orderly end, and no screen. */
export function createWindowlessHost(options: { keyDir: string }): DesktopHost {
  const processes = createForkedProcesses();
  const sequence = createQuitSequence(async (reason: QuitReason) => {
    await processes.endAll();
    process.exit(reason === 'browser-died' ? 70 : 0);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void sequence.quit('signal'));
  return {
    name: 'chromium',
    ready: () => Promise.resolve(),
    handleApp: () => undefined,
    handle: () => undefined,
    openWindow: () => Promise.reject(new Error('started without a window')),
    startProcess: processes.start,
    secrets: createKeyFolder(options.keyDir),
    saveFile: () => Promise.resolve({ ok: false, code: 'no-window' }),
    printPaper: () => Promise.resolve({ ok: false, code: 'no-window' }),
    openExternal: () => Promise.resolve(false),
    onPower: () => undefined,
    onQuit: sequence.onQuit,
    quit: () => sequence.quit('asked'),
  };
}
