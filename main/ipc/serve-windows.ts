import { channels } from '../../shared/ipc/channels.ts';
import { stationRequestSchema } from '../../shared/ipc/contract.ts';
import type { DesktopHost, HostWindow } from '../shell/desktop-host.ts';
import type { createFirstRun } from './first-run.ts';
import type { StoreLink } from './store-link.ts';
import { StoreFailure } from './store-link.ts';

/** Joins windows and store: every channel of the contract goes through, pushes come back to the window that they are for. */
export function serveWindows(
  host: DesktopHost,
  link: StoreLink,
  firstRun: { current: ReturnType<typeof createFirstRun> | undefined },
) {
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
