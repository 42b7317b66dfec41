import type { ContextBridge, IpcRenderer } from 'electron';

/** What our preload uses of `require('electron')`. The Chromium shell implements it, so a change in `electron.d.ts` breaks its build. */
export type PreloadSurface = {
  contextBridge: Pick<ContextBridge, 'exposeInMainWorld'>;
  ipcRenderer: Pick<IpcRenderer, 'invoke'> & {
    on(...args: Parameters<IpcRenderer['on']>): unknown;
    removeListener(...args: Parameters<IpcRenderer['removeListener']>): unknown;
  };
};

/** Fails to compile when Electron's own module no longer offers this surface. */
export type PreloadSurfaceHolds = typeof import('electron') extends PreloadSurface ? true : never;
const holds: PreloadSurfaceHolds = true;
void holds;
