import type { ChannelTable } from '../channel-answers.ts';
import type { HostWindow, WindowOptions } from '../desktop-host.ts';
import { type AppWindow, openAppWindow } from './app-window.ts';
import type { CdpPipe } from './cdp-pipe.ts';
import type { OpenPage } from './open-page.ts';

type RegistryParts = {
  cdp: CdpPipe;
  openPage: OpenPage;
  preloadSource: string;
  table: ChannelTable;
  log(line: string): void;
  /** The person closed the last window. */
  onLastClosed(): void;
};

type TargetInfo = { targetId: string; type: string };

/** Keeps the windows we opened, tells them of their end, and closes every page that we did not open. */
export const createWindowRegistry = async (parts: RegistryParts) => {
  const { cdp } = parts;
  const frames = new Map<string, number>();
  const windows = new Map<string, AppWindow>();
  let opening = 0;
  let lastWindowId = 0;

  const closeStrangers = async (): Promise<void> => {
    if (opening > 0) return;
    const { targetInfos } = await cdp.send<{ targetInfos: TargetInfo[] }>('Target.getTargets');
    const strangers = targetInfos.filter(({ type, targetId }) => type === 'page' && !frames.has(targetId));
    for (const { targetId } of opening > 0 ? [] : strangers) {
      parts.log('shell: a page that the app did not open was closed');
      await cdp.send('Target.closeTarget', { targetId }).catch(() => undefined);
    }
  };

  const ended = (targetId: string): void => {
    const known = frames.delete(targetId);
    windows.get(targetId)?.ended();
    windows.delete(targetId);
    if (known && frames.size === 0) parts.onLastClosed();
  };

  cdp.onEvent(({ method, params }) => {
    const targetId = String(params.targetId);
    if (method === 'Target.targetDestroyed') ended(targetId);
    if (method === 'Target.targetCrashed') windows.get(targetId)?.crashed(`renderer ${String(params.status)}`);
    if (method === 'Target.targetCreated') closeStrangers().catch(() => undefined);
  });
  await cdp.send('Target.setDiscoverTargets', { discover: true, filter: [{ type: 'page' }] });

  const open = async (options: WindowOptions): Promise<HostWindow> => {
    const { width, height } = options;
    opening += 1;
    const windowId = ++lastWindowId;
    let targetId = '';
    try {
      targetId = await parts.openPage(width, height);
      frames.set(targetId, windowId);
    } finally {
      opening -= 1;
    }
    try {
      const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true });
      const appWindow = await openAppWindow({ ...parts, windowId, targetId, sessionId, options });
      windows.set(targetId, appWindow);
      return appWindow.window;
    } catch (error) {
      frames.delete(targetId);
      await cdp.send('Target.closeTarget', { targetId }).catch(() => undefined);
      throw error;
    }
  };

  return {
    open,
    windowOfFrame: (frameId: string): number | undefined => frames.get(frameId),
    /** The browser is gone: every window crashed, then ended. */
    browserDied: (): void => {
      for (const appWindow of windows.values()) appWindow.crashed('browser ended');
      for (const appWindow of windows.values()) appWindow.ended();
      windows.clear();
      frames.clear();
    },
  };
};
