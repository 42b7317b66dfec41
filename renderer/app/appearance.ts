import { useEffect, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { useLayout } from './layout-store.ts';
import { routes, type RouteName } from './routes.ts';

export const themeSchema = z.enum(['system', 'light', 'dark']);
export const densitySchema = z.enum(['normal', 'compact']);
export type Theme = z.infer<typeof themeSchema>;

const darkQuery = '(prefers-color-scheme: dark)';

const subscribeDark = (listener: () => void): (() => void) => {
  const query = window.matchMedia(darkQuery);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Light or dark by what the person chose, the system says, and the page demands. */
export function shownTheme(chosen: Theme, isSystemDark: boolean, route: RouteName | undefined): 'light' | 'dark' {
  if (route !== undefined && 'dark' in routes[route]) return 'dark';
  if (chosen === 'system') return isSystemDark ? 'dark' : 'light';
  return chosen;
}

/** Puts theme and density on the page, and returns the theme. */
export function useAppearance(route: RouteName | undefined): 'light' | 'dark' {
  const [chosen] = useLayout<Theme>('theme', themeSchema, 'system');
  const [density] = useLayout('density', densitySchema, 'normal');
  const isSystemDark = useSyncExternalStore(subscribeDark, () => window.matchMedia(darkQuery).matches);
  const theme = shownTheme(chosen, isSystemDark, route);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.dataset['density'] = density;
  }, [theme, density]);
  return theme;
}
