import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { canonicalJson } from '../../shared/kernel/canonical-json.ts';
import { useServices } from './bridge-context.tsx';
import { codeOf } from './praxis-bridge.ts';
import type { ViewName, ViewParams, ViewValue } from '../../shared/views.ts';

/**
 * `loading` carries whether it has lasted 150 ms, so that a shape is drawn only then; `ready` may be `stale` while the view is
 * asked again, and keeps its last value. `code` is one of the contract's, or `failed`.
 */
export type ViewState<V> =
  | { state: 'loading'; isSlow: boolean }
  | { state: 'ready'; value: V; stale: boolean }
  | { state: 'not-permitted' }
  | { state: 'error'; code: string; retry: () => void };

/** A live view by name; null parameters ask nothing yet (state `loading`, never slow). */
export function useView<N extends ViewName>(name: N, params: ViewParams<N> | null): ViewState<ViewValue<N>> {
  const { views } = useServices();
  const key = `${name} ${canonicalJson(params)}`;
  const isAsked = params !== null;
  const query = useQuery({
    queryKey: ['view', key],
    queryFn: () => views.open(key, name, params as Record<string, unknown>),
    enabled: isAsked,
  });
  useEffect(() => (isAsked ? views.hold(key) : undefined), [views, key, isAsked]);
  const isSlow = useSlow(isAsked && query.isPending, key);
  if (query.data !== undefined)
    return { state: 'ready', value: query.data as ViewValue<N>, stale: query.isFetching || query.isError };
  if (!query.isError) return { state: 'loading', isSlow };
  const code = codeOf(query.error);
  if (code === 'not-permitted') return { state: 'not-permitted' };
  return { state: 'error', code, retry: () => void query.refetch() };
}

/** True once something has been pending for 150 ms. */
export function useSlow(isPending: boolean, key: string): boolean {
  const [slowKey, setSlowKey] = useState<string | null>(null);
  useEffect(() => {
    if (!isPending) return undefined;
    const timer = window.setTimeout(() => setSlowKey(key), 150);
    return () => window.clearTimeout(timer);
  }, [isPending, key]);
  return isPending && slowKey === key;
}
