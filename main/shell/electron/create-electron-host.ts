import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, powerMonitor, session, shell } from 'electron';
import { channels } from '../../../shared/ipc/channels.ts';
import { appOrigin } from '../app-protocol/security-headers.ts';
import { createChannelTable } from '../channel-answers.ts';
import type { AppRequest, AppResponse, DesktopHost, HostWindow, QuitReason, WindowOptions } from '../desktop-host.ts';
import { externalAddress } from '../external-address.ts';
import { createQuitSequence } from '../quit-sequence.ts';
import { checkOutgoingName, writeChosenFile } from '../write-new-file.ts';
import { serveAppScheme } from './app-scheme.ts';
import { guardSession, isTrustedSender } from './guards.ts';
import { printPaper } from './print-paper.ts';
import { createSecretStore } from './secret-store.ts';
import { startUtilityProcess } from './utility-process.ts';
import { windowPreferences } from './window-preferences.ts';

export type ElectronHostOptions = {
  /** Sealed secrets; outside the data folder. */
  keyDir: string;
  /** The folder that the save dialog begins in. */
  exportDir: string;
  preloadFile: string;
};

/**
 * The one partition. It persists, because the database `layout` must survive; what could hold patient data does not:
 * `cache: false` keeps the HTTP cache off, every answer says `no-store`, there are no cookies, and at start everything but
 * IndexedDB is cleared.
 */
const openSession = async () => {
  const own = session.fromPartition('persist:layout', { cache: false });
  await own.clearData({
    dataTypes: [
      'backgroundFetch',
      'cache',
      'cookies',
      'downloads',
      'fileSystems',
      'localStorage',
      'serviceWorkers',
      'webSQL',
    ],
  });
  return own;
};

const wrapWindow = (window: BrowserWindow): HostWindow => ({
  windowId: window.id,
  send: (channel, payload) => {
    if (window.isDestroyed() || window.webContents.isDestroyed()) return false;
    window.webContents.send(channel, payload);
    return true;
  },
  printToPdf: async () => {
    if (window.isDestroyed()) throw new Error('The window is closed');
    return new Uint8Array(
      await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true }),
    );
  },
  focus: () => {
    if (!window.isDestroyed()) window.focus();
  },
  reload: () => {
    if (!window.isDestroyed()) window.webContents.reload();
  },
  close: () => {
    if (!window.isDestroyed()) window.close();
  },
  onClosed: (listener) => void window.on('closed', listener),
  onCrashed: (listener) =>
    void window.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason !== 'clean-exit') listener(`renderer ${details.reason}`);
    }),
});

/**
 * The product's host, after `prepareElectron`; resolves when Electron is ready, so no module that Electron waits for may wait for
 * this. Not run in this repository's tests where there is no Electron binary, but for the start over a stand-in.
 */
export const createElectronHost = async (options: ElectronHostOptions): Promise<DesktopHost> => {
  await app.whenReady();
  const own = await openSession();
  guardSession(own);
  guardSession(session.defaultSession);
  let appHandler: ((request: AppRequest) => Promise<AppResponse>) | undefined;
  serveAppScheme(own, () => appHandler);

  const table = createChannelTable();
  // Every known channel has a door from the start, so that a missing handler answers as on the other shells.
  for (const channel of channels) {
    ipcMain.handle(channel, (event, payload: unknown) => {
      const window = BrowserWindow.fromWebContents(event.sender);
      const trusted = window !== null && isTrustedSender(event);
      return table.answer(channel, payload, trusted ? { windowId: window.id } : undefined);
    });
  }

  const children = new Set<ReturnType<DesktopHost['startProcess']>>();
  const sequence = createQuitSequence(async () => {
    for (const child of children) child.kill();
    app.exit(0);
  });
  const quit = (reason: QuitReason): void => void sequence.quit(reason);
  app.on('window-all-closed', () => quit('last-window-closed'));
  app.on('before-quit', (event) => {
    event.preventDefault();
    quit('asked');
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => quit('signal'));

  const openWindow = async ({ title, width, height, path }: WindowOptions): Promise<HostWindow> => {
    const webPreferences = windowPreferences(options.preloadFile, own);
    const window = new BrowserWindow({ title, width, height, show: false, autoHideMenuBar: true, webPreferences });
    window.once('ready-to-show', () => window.show());
    await window.loadURL(`${appOrigin}${path}`);
    return wrapWindow(window);
  };

  const host: DesktopHost = {
    name: 'electron',
    ready: () => app.whenReady(),
    handleApp: (handler) => {
      if (appHandler !== undefined) throw new Error('The app origin has a handler already');
      appHandler = handler;
    },
    handle: table.handle,
    openWindow,
    startProcess: (entry, args, processOptions) => {
      const child = startUtilityProcess(entry, args, processOptions);
      children.add(child);
      child.onExit(() => children.delete(child));
      return child;
    },
    secrets: createSecretStore(options.keyDir),
    saveFile: async (file, windowId) => {
      checkOutgoingName(file.name);
      const owner = BrowserWindow.fromId(windowId);
      if (owner === null) return { ok: false, code: 'no-window' };
      const { canceled, filePath } = await dialog.showSaveDialog(owner, {
        defaultPath: join(options.exportDir, file.name),
        properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      });
      if (canceled || filePath === '') return { ok: false, code: 'cancelled' };
      return await writeChosenFile(filePath, file.chunks);
    },
    printPaper: (paper, windowId) => printPaper(paper, BrowserWindow.fromId(windowId)),
    openExternal: async (url) => {
      const address = externalAddress(url);
      if (address === undefined) return false;
      await shell.openExternal(address);
      return true;
    },
    onPower: (listener) => {
      powerMonitor.on('lock-screen', () => listener('lock'));
      powerMonitor.on('suspend', () => listener('suspend'));
      powerMonitor.on('resume', () => listener('resume'));
      powerMonitor.on('shutdown', () => listener('shutdown'));
    },
    onQuit: sequence.onQuit,
    quit: () => sequence.quit('asked'),
  };
  return host;
};
