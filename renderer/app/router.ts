import { useSyncExternalStore } from 'react';
import { hashOf, parseHash, type Route, type RouteName, type RouteParams } from './routes.ts';

let lastHash = '';
let lastRoute: Route | undefined;

function current(): Route | undefined {
  if (window.location.hash !== lastHash) {
    lastHash = window.location.hash;
    lastRoute = parseHash(lastHash);
  }
  return lastRoute;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The open page; undefined where the address names none. */
export function useRoute(): Route | undefined {
  return useSyncExternalStore(subscribe, current);
}

/** The parameters of the open page, as the route names them. Empty while another page is open. */
export function useParams<N extends RouteName>(name: N): RouteParams<N> {
  const route = useRoute();
  return (route?.name === name ? route.params : {}) as RouteParams<N>;
}

/** Opens a page; `replace` leaves no step to go back to. */
export function go<N extends RouteName>(name: N, params?: RouteParams<N>, options: { replace?: boolean } = {}): void {
  goTo(hashOf(name, params), options);
}

/** Opens a page by the hash it was left at. */
export function goTo(hash: string, options: { replace?: boolean } = {}): void {
  if (hash === window.location.hash) return;
  if (options.replace) window.location.replace(hash === '' ? '#' : hash);
  else window.location.hash = hash;
}
