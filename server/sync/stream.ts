/** Tells whoever follows an organization that there is something new; within this process and across processes by NOTIFY. */
import { CHANGES_CHANNEL } from '../db/cabinet.ts';
import type { Db } from '../db/db.ts';

export type HeadWatch = {
  /** Calls back after every commit of the organization (several may come as one call). Returns the way to stop. */
  watch(organizationId: string, onChange: () => void): () => void;
  close(): Promise<void>;
};

const POLL_MS = 5000;

/** One listening connection for all streams; a slow poll besides, because a lost connection loses notifications. */
export async function createHeadWatch(db: Db): Promise<HeadWatch> {
  const watchers = new Map<string, Set<() => void>>();
  const call = (organizationId: string): void => watchers.get(organizationId)?.forEach((onChange) => onChange());
  const stop = await db.listen(CHANGES_CHANNEL, (payload) => call(payload.split(':')[0] ?? ''));
  const timer = setInterval(() => [...watchers.keys()].forEach(call), POLL_MS);
  timer.unref();
  return {
    watch: (organizationId, onChange) => {
      const own = watchers.get(organizationId) ?? new Set();
      watchers.set(organizationId, own.add(onChange));
      return () => {
        own.delete(onChange);
        if (own.size === 0) watchers.delete(organizationId);
      };
    },
    close: async () => {
      clearInterval(timer);
      await stop();
    },
  };
}
