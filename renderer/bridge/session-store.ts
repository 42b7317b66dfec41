import { sessionAnswerSchema, type SessionRequest, type SessionState } from '../../shared/ipc/contract.ts';
import { sessionStateSchema } from '../../shared/ipc/contract.ts';
import { ask, BridgeProblem, codeOf, type PraxisBridge } from './praxis-bridge.ts';

export type SessionFailure = 'wrong' | 'use-password' | 'too-many' | 'read-only' | 'unknown-user' | 'failed';
export type SessionSnapshot = { state: SessionState | null; problem: string | null };
export type SessionStore = ReturnType<typeof createSessionStore>;

/** Activity is told to main at most this often; main decides when idle minutes are over. */
const activityEveryMs = 15_000;

/**
 * Who is at this window. `onLeave` runs before anybody sees the next state, whenever the person at the screen changes or the
 * screen locks: what was shown must be gone by then.
 */
export function createSessionStore(bridge: PraxisBridge, onLeave: () => void) {
  const listeners = new Set<() => void>();
  let snapshot: SessionSnapshot = { state: null, problem: null };
  let lastActivityMs = 0;
  let stays = 0;

  const set = (next: SessionSnapshot): void => {
    const before = snapshot.state;
    if (presentId(before) !== presentId(next.state)) {
      stays += 1;
      if (presentId(before) !== null) onLeave();
    }
    snapshot = next;
    for (const listener of listeners) listener();
  };

  const send = async (request: SessionRequest): Promise<SessionFailure | null> => {
    try {
      const answer = sessionAnswerSchema.safeParse(await ask(bridge, 'session', request));
      if (!answer.success) throw new BridgeProblem('malformed');
      set({ state: answer.data.state, problem: null });
      return answer.data.failure;
    } catch (error) {
      if (snapshot.state === null) set({ state: null, problem: codeOf(error) });
      return 'failed';
    }
  };

  bridge.on('session.changed', (payload) => {
    const state = sessionStateSchema.safeParse(payload);
    if (state.success) set({ state: state.data, problem: null });
  });

  return {
    current: (): SessionSnapshot => snapshot,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Sends a session request; null when it did what was asked, else why not. Never rejects. */
    send,
    /**
     * Whether whoever is at the window now is still there, for what comes late (an answer, a timer): false once they locked, left or
     * somebody else came, also after they themselves came back.
     */
    watchPresence: (): (() => boolean) => {
      const stay = stays;
      return () => stays === stay;
    },
    /** The person touched a key or the pointer. */
    reportActivity: (): void => {
      const nowMs = Date.now();
      if (snapshot.state?.phase !== 'signed-in' || nowMs - lastActivityMs < activityEveryMs) return;
      lastActivityMs = nowMs;
      ask(bridge, 'session', { do: 'activity' }).catch(() => undefined);
    },
  };
}

/** Who acts at this window; null where nobody does. */
const presentId = (state: SessionState | null): string | null =>
  state?.phase === 'signed-in' ? (state.user?.id ?? null) : null;
