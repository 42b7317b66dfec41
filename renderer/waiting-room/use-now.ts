import { useEffect, useState } from 'react';
import { instantFromMs } from '../../shared/kernel/time.ts';

/** The present instant, again every `everyMs`: minutes on a screen run by themselves. */
export function useNow(everyMs = 10_000): string {
  const [nowUtc, setNowUtc] = useState(() => instantFromMs(Date.now()));
  useEffect(() => {
    const timer = window.setInterval(() => setNowUtc(instantFromMs(Date.now())), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return nowUtc;
}
