import { useTranslation } from 'react-i18next';

/** How long ago an instant is, short: `2 s ago`, `4 min ago`, `3 h ago`, `5 d ago`. Never in the future. */
export function useAgo(): (atUtc: string, nowUtc: string) => string {
  const { t } = useTranslation('frame');
  return (atUtc, nowUtc) => {
    const { unit, count } = agoParts(Date.parse(nowUtc) - Date.parse(atUtc));
    return t(`ago.${unit}`, { count });
  };
}

/** The largest whole unit of a duration in ms. */
export function agoParts(durationMs: number): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  if (seconds < 60) return { unit: 'seconds', count: seconds };
  if (seconds < 3600) return { unit: 'minutes', count: Math.floor(seconds / 60) };
  if (seconds < 86_400) return { unit: 'hours', count: Math.floor(seconds / 3600) };
  return { unit: 'days', count: Math.floor(seconds / 86_400) };
}
