import type { Permission } from '../../../shared/access/permissions.ts';
import type { ViewAnswer } from '../../../shared/ipc/contract.ts';
import type { Author } from '../../../shared/kernel/command.ts';
import type { ViewContext, ViewSpec } from '../../../shared/kernel/view.ts';
import { viewByName } from '../../../shared/views.ts';
import type { Cabinet } from '../../cabinet/cabinet.ts';
import type { ReadJournal } from '../../cabinet/read-journal.ts';

type Subscription = {
  windowId: number;
  viewId: string;
  spec: ViewSpec;
  params: unknown;
  author: Author;
  shown: string;
  stale: boolean;
  running: boolean;
};

export type ViewServerParts = {
  cabinet: Cabinet;
  station: { stationId: string; locationId: string };
  nowMs: () => number;
  reads: ReadJournal;
  push: (windowId: number, payload: { viewId: string; value: unknown }) => void;
  report: (entry: Record<string, unknown>) => void;
};

/** Time alone changes what a view shows (minutes, today); screens count minutes, views are asked again this often. */
const REFRESH_MS = 60_000;

/**
 * Named, live views over the cabinet. A view is read once when it is opened and again after any turn that touched one of its
 * kinds; the screen hears of it only where the value is another.
 */
export function createViewServer(parts: ViewServerParts) {
  const { cabinet, push, nowMs } = parts;
  const open = new Map<string, Subscription>();
  const keyOf = (windowId: number, viewId: string): string => `${windowId}/${viewId}`;

  const contextOf = (author: Author): ViewContext => ({
    nowUtc: new Date(nowMs()).toISOString(),
    userId: author.id,
    permissions: author.permissions as ReadonlySet<Permission>,
    locationId: parts.station.locationId,
    stationId: parts.station.stationId,
    searchPatients: cabinet.search,
  });

  const refresh = async (key: string, subscription: Subscription): Promise<void> => {
    if (subscription.running) {
      subscription.stale = true;
      return;
    }
    subscription.running = true;
    do {
      subscription.stale = false;
      const value = await subscription.spec
        .read(cabinet.reader, subscription.params, contextOf(subscription.author))
        .catch((error: unknown) => {
          parts.report({
            level: 'error',
            what: 'view-failed',
            view: subscription.spec.name,
            name: error instanceof Error ? error.name : 'unknown',
          });
          return undefined;
        });
      const shown = JSON.stringify(value);
      if (value !== undefined && shown !== subscription.shown && open.get(key) === subscription) {
        subscription.shown = shown;
        push(subscription.windowId, { viewId: subscription.viewId, value });
      }
    } while (subscription.stale);
    subscription.running = false;
  };

  cabinet.onCommitted((touched) => {
    for (const [key, subscription] of open)
      if (subscription.spec.kinds.some((kind) => touched.has(kind))) void refresh(key, subscription);
  });
  const timer = setInterval(() => {
    for (const [key, subscription] of open) void refresh(key, subscription);
  }, REFRESH_MS);

  return {
    open: async (
      windowId: number,
      author: Author | undefined,
      viewId: string,
      name: string,
      given: unknown,
    ): Promise<ViewAnswer> => {
      const spec = viewByName(name);
      if (!spec) return { ok: false, code: 'unknown-view' };
      if (!author) return { ok: false, code: 'locked' };
      if (!author.permissions.has(spec.permission)) return { ok: false, code: 'not-permitted' };
      const params = spec.params.safeParse(given);
      if (!params.success) return { ok: false, code: 'malformed' };
      const subscription: Subscription = {
        windowId,
        viewId,
        spec,
        params: params.data,
        author,
        shown: '',
        stale: false,
        running: false,
      };
      const key = keyOf(windowId, viewId);
      open.set(key, subscription);
      try {
        const value = await spec.read(cabinet.reader, params.data, contextOf(author));
        subscription.shown = JSON.stringify(value);
        const patientId = spec.patientOf?.(params.data) ?? null;
        if (patientId) parts.reads.note({ userId: author.id, view: name, patientId });
        return { ok: true, value };
      } catch (error) {
        // The window may have asked again meanwhile: the newer one stays.
        if (open.get(key) === subscription) open.delete(key);
        parts.report({
          level: 'error',
          what: 'view-failed',
          view: name,
          name: error instanceof Error ? error.name : 'unknown',
        });
        return { ok: false, code: 'failed' };
      }
    },
    close: (windowId: number, viewId: string): void => {
      open.delete(keyOf(windowId, viewId));
    },
    /** Nothing is pushed to a window that is locked or whose person has changed. */
    closeAll: (windowId: number): void => {
      for (const [key, subscription] of open) if (subscription.windowId === windowId) open.delete(key);
    },
    stop: (): void => {
      clearInterval(timer);
      open.clear();
    },
  };
}
