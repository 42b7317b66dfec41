import { channels } from '../../shared/ipc/channels.ts';
import { stationRequestSchema, takeOutRequestSchema } from '../../shared/ipc/contract.ts';
import type { Log } from '../log.ts';
import type { DesktopHost, HostWindow } from '../shell/desktop-host.ts';
import type { createFirstRun } from './first-run.ts';
import type { StoreLink } from './store-link.ts';
import { StoreFailure } from './store-link.ts';
import type { TakeOut } from './take-out.ts';

const CRASH_PAUSE_MS = 1000;

/** Joins windows and store: every channel of the contract goes through, pushes come back to the window that they are for. */
export function serveWindows({
  host,
  link,
  log,
  takeOut,
  firstRun,
}: {
  host: DesktopHost;
  link: StoreLink;
  log: Log;
  takeOut: TakeOut;
  firstRun: { current: ReturnType<typeof createFirstRun> | undefined };
}) {
  const windows = new Map<number, HostWindow>();
  for (const channel of channels) {
    host.handle(channel, async (payload, { windowId }) => {
      const beginning = firstRun.current;
      if (beginning && channel === 'session') return beginning.session();
      if (beginning && channel === 'station') {
        const request = stationRequestSchema.safeParse(payload);
        if (!request.success) throw new StoreFailure('malformed');
        return beginning.station(request.data);
      }
      const deed = channel === 'document' ? takeOutRequestSchema.safeParse(payload).data : undefined;
      // What leaves the workstation goes through the shell, not through the store's line to the window.
      if (deed) return takeOut(deed, windowId);
      return link.request(windowId, channel, payload);
    });
  }
  return {
    push: (windowId: number, channel: string, payload: unknown): void => {
      windows.get(windowId)?.send(channel, payload);
    },
    open: async (title: string, path: string): Promise<void> => {
      const window = await host.openWindow({ title, width: 1440, height: 900, path });
      windows.set(window.windowId, window);
      // What was typed is a draft on disk: the page comes back with it. A page that dies at once again does so once a second.
      window.onCrashed((why) => {
        log({ level: 'error', what: 'window-crashed', why });
        setTimeout(() => window.reload(), CRASH_PAUSE_MS);
      });
      window.onClosed(() => {
        windows.delete(window.windowId);
        link.tell({ type: 'windowClosed', windowId: window.windowId });
      });
    },
    /** Everybody looks again: the station has just been enrolled. */
    announce: async (): Promise<void> => {
      for (const window of windows.values())
        window.send(
          'session.changed',
          ((await link.request(window.windowId, 'session', { do: 'state' })) as { state: unknown }).state,
        );
    },
  };
}
