import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { BrowserSettings } from './browser-process.ts';
import type { CdpPipe } from './cdp-pipe.ts';

/** Opens a blank page in a window of its own and gives its target id. */
export type OpenPage = (width: number, height: number) => Promise<string>;

const appearLimitMs = 15_000;

/** Without a screen: a plain window by CDP. */
export const openHeadlessPage =
  (cdp: CdpPipe): OpenPage =>
  async (width, height) => {
    const settings = { url: 'about:blank', newWindow: true, width, height };
    return (await cdp.send<{ targetId: string }>('Target.createTarget', settings)).targetId;
  };

/**
 * On a screen: an app window, without tabs and address bar. CDP cannot ask for one, so a second call of the browser on
 * the same profile does: it hands its request to the running browser and ends. Rejects if no window appears in 15 s.
 */
export const openAppModePage =
  (cdp: CdpPipe, settings: BrowserSettings): OpenPage =>
  (width, height) =>
    new Promise((resolve, reject) => {
      const url = `data:,${randomBytes(12).toString('hex')}`;
      const stop = cdp.onEvent(({ method, params }) => {
        const info = params.targetInfo as { url: string; targetId: string } | undefined;
        if (method !== 'Target.targetCreated' || info?.url !== url) return;
        finish();
        resolve(info.targetId);
      });
      const timer = setTimeout(() => {
        finish();
        reject(new Error('No window appeared'));
      }, appearLimitMs);
      const finish = (): void => {
        stop();
        clearTimeout(timer);
      };
      const flags = [
        ...(settings.withoutSandbox ? ['--no-sandbox'] : []),
        `--user-data-dir=${settings.profileDir}`,
        `--window-size=${width},${height}`,
        `--app=${url}`,
      ];
      const messenger = spawn(settings.executable, flags, { stdio: 'ignore' });
      messenger.once('error', (error) => {
        finish();
        reject(error);
      });
    });
