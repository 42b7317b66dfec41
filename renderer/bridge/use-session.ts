import { useMemo, useSyncExternalStore } from 'react';
import type { Permission } from '../../shared/access/permissions.ts';
import { useServices } from './bridge-context.tsx';

/** Who is at this window, and what a session can be asked to do. Every action answers null, or why it did not happen. */
export function useSession() {
  const { session } = useServices();
  const { state, problem } = useSyncExternalStore(session.subscribe, session.current);
  // Made once a session store: an action must not change with the state it changes.
  const actions = useMemo(
    () => ({
      reload: () => session.send({ do: 'state' }),
      signIn: (username: string, password: string) => session.send({ do: 'signIn', username, password }),
      unlock: (userId: string, secret: string) => session.send({ do: 'unlock', userId, secret }),
      lock: () => session.send({ do: 'lock' }),
      signOut: () => session.send({ do: 'signOut' }),
      setPin: (pin: string, password: string) => session.send({ do: 'setPin', pin, password }),
    }),
    [session],
  );
  return useMemo(
    () => ({
      ...actions,
      state,
      problem,
      may: (permission: Permission): boolean => state?.user?.permissions.includes(permission) ?? false,
    }),
    [actions, state, problem],
  );
}
