/** Priorities of the desk's line: a person never waits behind 2,000 slices or a first load (`change-sets.md` §1). */
export type Priority = 'person' | 'scanner' | 'sync';
const order: readonly Priority[] = ['person', 'scanner', 'sync'];

export type TurnQueue = <T>(priority: Priority, turn: () => Promise<T> | T) => Promise<T>;

/** One turn at a time over the whole store; within a priority in the order asked. */
export function createTurnQueue(): TurnQueue {
  const waiting = new Map<Priority, Array<() => Promise<void>>>(order.map((priority) => [priority, []]));
  let busy = false;

  const drain = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    for (;;) {
      const next = order
        .map((priority) => waiting.get(priority))
        .find((list) => list && list.length > 0)
        ?.shift();
      if (!next) break;
      await next();
    }
    busy = false;
  };

  return (priority, turn) =>
    new Promise((resolve, reject) => {
      waiting.get(priority)?.push(async () => {
        try {
          resolve(await turn());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      void drain();
    });
}
