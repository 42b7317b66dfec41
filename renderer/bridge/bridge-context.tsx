import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { type Acts, createActs } from './acts.ts';
import { BridgeProblem, type PraxisBridge } from './praxis-bridge.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { createLiveState } from './live-state.ts';
import { setClockOffset } from './station-clock.ts';
import { syncStateSchema, type SyncState } from '../../shared/ipc/contract.ts';
import { createViewHub, type ViewHub } from './view-hub.ts';
import { bridgeOfStay } from './bridge-of-stay.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';

export type BridgeServices = {
  bridge: PraxisBridge;
  acts: Acts;
  queries: QueryClient;
  views: ViewHub;
  session: SessionStore;
  /** False once the person whose screen this is has locked it or left: nothing of theirs is shown from then on. */
  isStillHere: () => boolean;
  sync: { current: () => SyncState | null; subscribe: (listener: () => void) => () => void };
};

const newActionId = (): string => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** Codes that asking again does not change. */
const finalCodes = ['unknown-view', 'not-permitted', 'locked', 'malformed'];

/** Everything that screens reach main through, made once per window. */
export function createBridgeServices(bridge: PraxisBridge): BridgeServices {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        // The station answers from its own disk: being offline is no reason to wait.
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < 5 && !(error instanceof BridgeProblem && finalCodes.includes(error.code)),
        retryDelay: (count) => Math.min(5_000, 500 * 2 ** count),
      },
    },
  });
  const views = createViewHub(bridge, {
    onValue: (key, value) => queries.setQueryData(['view', key], value),
    onClosed: (key) => {
      void queries.invalidateQueries({ queryKey: ['view', key], refetchType: 'none' });
    },
  });
  const session = createSessionStore(bridge, () => {
    views.closeAll();
    queries.clear();
  });
  const sync = createLiveState<SyncState>(bridge, {
    channel: 'station',
    payload: { do: 'sync' },
    push: 'station.changed',
    parse: (value) => {
      const state = syncStateSchema.safeParse(value).data ?? null;
      if (state) setClockOffset(state.clockOffsetMs);
      return state;
    },
  });
  return { bridge, acts: createActs(newActionId), queries, views, session, sync, isStillHere: () => true };
}

const context = createContext<BridgeServices | null>(null);

export function BridgeProvider({ services, children }: { services: BridgeServices; children: ReactNode }) {
  return (
    <context.Provider value={services}>
      <QueryClientProvider client={services.queries}>{children}</QueryClientProvider>
    </context.Provider>
  );
}

/**
 * Around everything that one person does from their coming to their leaving: what is asked after that goes nowhere, and what is
 * answered after that reaches nobody. Without it a slow answer would act in the next person's name.
 */
export function Stay({ children }: { children: ReactNode }) {
  const services = useServices();
  const [own] = useState((): BridgeServices => {
    const isStillHere = services.session.watchPresence();
    const bridge = bridgeOfStay(services.bridge, isStillHere);
    return { ...services, isStillHere, bridge, acts: createActs(newActionId) };
  });
  return <context.Provider value={own}>{children}</context.Provider>;
}

/** The services of this window; throws outside the provider, which is a mistake in the code. */
export function useServices(): BridgeServices {
  const services = useContext(context);
  if (!services) throw new Error('outside BridgeProvider');
  return services;
}
