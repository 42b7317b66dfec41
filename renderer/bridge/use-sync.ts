import { useSyncExternalStore } from 'react';
import type { SyncState } from '../../shared/ipc/contract.ts';
import { useServices } from './bridge-context.tsx';

/** What the postman is doing; null until the station has said it once. */
export function useSync(): SyncState | null {
  const { sync } = useServices();
  return useSyncExternalStore(sync.subscribe, sync.current);
}
