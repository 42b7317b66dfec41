import { viewAnswerSchema, viewChangedSchema } from '../../shared/ipc/contract.ts';
import { ask, BridgeProblem, type PraxisBridge } from './praxis-bridge.ts';

/** How long an unwatched view stays open: turning a page and back asks nothing again. */
const lingerMs = 2_000;

type Open = {
  viewId: string;
  holders: number;
  pushed: { value: unknown } | null;
  timer: ReturnType<typeof setTimeout> | undefined;
};

export type ViewHub = ReturnType<typeof createViewHub>;

/**
 * The live views of this window. `key` names a view with its parameters; the same key shares one subscription, however many
 * parts of the screen hold it. `onValue` hears every push; `onClosed` hears when a view is no longer live.
 */
export function createViewHub(
  bridge: PraxisBridge,
  listener: { onValue: (key: string, value: unknown) => void; onClosed: (key: string) => void },
) {
  const byKey = new Map<string, Open>();
  const keyOf = new Map<string, string>();

  bridge.on('view.changed', (payload) => {
    const push = viewChangedSchema.safeParse(payload);
    const key = push.success ? keyOf.get(push.data.viewId) : undefined;
    const open = key === undefined ? undefined : byKey.get(key);
    if (!push.success || key === undefined || !open) return;
    open.pushed = { value: push.data.value };
    listener.onValue(key, push.data.value);
  });

  const entry = (key: string): Open => {
    const present = byKey.get(key);
    if (present) return present;
    const made: Open = { viewId: crypto.randomUUID(), holders: 0, pushed: null, timer: undefined };
    byKey.set(key, made);
    keyOf.set(made.viewId, key);
    return made;
  };

  const close = (key: string, open: Open): void => {
    // Let go of after `closeAll`: the view that has this key by now is the next person's.
    if (byKey.get(key) !== open) return;
    clearTimeout(open.timer);
    byKey.delete(key);
    keyOf.delete(open.viewId);
    listener.onClosed(key);
    // Main closes what it no longer knows by itself; there is nothing to tell anybody.
    ask(bridge, 'view.close', { viewId: open.viewId }).catch(() => undefined);
  };

  return {
    /** Opens the view, or asks again, and returns its value. Rejects with a `BridgeProblem` of the contract's codes. */
    open: async (key: string, name: string, params: Record<string, unknown>): Promise<unknown> => {
      const open = entry(key);
      open.pushed = null;
      const answer = viewAnswerSchema.safeParse(await ask(bridge, 'view.open', { viewId: open.viewId, name, params }));
      if (!answer.success) throw new BridgeProblem('malformed');
      if (!answer.data.ok) throw new BridgeProblem(answer.data.code);
      // A push that overtook the answer is the newer of the two.
      return (open.pushed as { value: unknown } | null)?.value ?? answer.data.value;
    },
    /** Keeps the view live until the returned function is called. */
    hold: (key: string): (() => void) => {
      const open = entry(key);
      open.holders += 1;
      clearTimeout(open.timer);
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        open.holders -= 1;
        if (open.holders === 0) open.timer = setTimeout(() => close(key, open), lingerMs);
      };
    },
    /** Ends every view at once: the screen is locked, or another person's. */
    closeAll: (): void => {
      for (const [key, open] of byKey) close(key, open);
    },
    openCount: (): number => byKey.size,
  };
}
