import type { Channel, Push } from '../../shared/ipc/channels.ts';
import { ask, type PraxisBridge } from './praxis-bridge.ts';

/**
 * A value that is asked for once and then pushed. `current` is null until the first answer; a push that does not parse is
 * left out and the last good value stays.
 */
export function createLiveState<T>(
  bridge: PraxisBridge,
  source: { channel: Channel; payload: unknown; push: Push; parse: (value: unknown) => T | null },
) {
  const listeners = new Set<() => void>();
  let current: T | null = null;
  let wasPushed = false;
  const take = (value: unknown): void => {
    const next = source.parse(value);
    if (next === null) return;
    current = next;
    for (const listener of listeners) listener();
  };
  bridge.on(source.push, (value) => {
    wasPushed = true;
    take(value);
  });
  ask(bridge, source.channel, source.payload).then(
    (value) => {
      if (!wasPushed) take(value);
    },
    () => undefined,
  );
  return {
    current: (): T | null => current,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
