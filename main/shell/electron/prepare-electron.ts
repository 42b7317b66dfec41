import { app, BrowserWindow } from 'electron';
import type { HostProblem } from '../desktop-host.ts';
import { registerAppScheme } from './app-scheme.ts';
import { guardApp } from './guards.ts';

const focusFirstWindow = (): void => {
  const window = BrowserWindow.getAllWindows()[0];
  if (window?.isMinimized()) window.restore();
  window?.focus();
};

/**
 * Everything that Electron takes only before it is ready: its own folder (`<dataDir>/electron`, the profile with the `layout`
 * database), the sandbox for every page, the scheme of the app. A second start on the same data folder comes back as
 * `already-running`, and the first one's window comes to the front.
 */
export function prepareElectron(dataDir: string): { ok: true } | { ok: false; problem: HostProblem } {
  app.setPath('userData', `${dataDir}/electron`);
  app.enableSandbox();
  registerAppScheme();
  guardApp(app);
  if (!app.requestSingleInstanceLock())
    return { ok: false, problem: { code: 'already-running', message: 'Praxis is already open on this data folder.' } };
  app.on('second-instance', focusFirstWindow);
  return { ok: true };
}
