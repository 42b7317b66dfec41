import type { Session, WebPreferences } from 'electron';

/** The one place that says how a page of ours runs; every value is written out, so that a changed default changes nothing. */
export const windowPreferences = (preloadFile: string, session: Session): Readonly<WebPreferences> =>
  Object.freeze({
    preload: preloadFile,
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  });
