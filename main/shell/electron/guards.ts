import type { App, IpcMainInvokeEvent, Session, WebContents } from 'electron';
import { appOrigin } from '../app-protocol/security-headers.ts';

/** Clipboard writing and full screen (viewer) are all that a screen may ask for; Electron's default is to allow everything. */
const allowedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

const isOurUrl = (url: string): boolean => url === appOrigin || url.startsWith(`${appOrigin}/`);

/** Refuses permissions, devices, screen capture and downloads on a session. Both permission handlers are needed (checklist 5). */
export const guardSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(allowedPermissions.has(permission) && isOurUrl(details.requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => allowedPermissions.has(permission) && isOurUrl(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  // Ending the request without a source denies it.
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.on('will-download', (event) => event.preventDefault());
};

const guardContents = (contents: WebContents): void => {
  // Three events, because a redirect and a sub-frame each go their own way (checklist 13).
  contents.on('will-navigate', (event) => void (isOurUrl(event.url) || event.preventDefault()));
  contents.on('will-frame-navigate', (event) => void (isOurUrl(event.url) || event.preventDefault()));
  contents.on('will-redirect', (event) => void (isOurUrl(event.url) || event.preventDefault()));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};

/** Guards every page that ever comes to be, not only the windows we mean to open. */
export const guardApp = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
};

/** True when a message comes from a window's main frame on our origin (checklist 17). */
export const isTrustedSender = (event: IpcMainInvokeEvent): boolean => {
  const frame = event.senderFrame;
  if (frame === null || frame.detached) return false;
  return frame === event.sender.mainFrame && isOurUrl(frame.url);
};
