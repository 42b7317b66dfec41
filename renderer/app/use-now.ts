import { useEffect, useState } from 'react';

/** The present moment as an instant, renewed at every full step of `everyMs` (a minute's change is seen in its first second). */
export function useNow(everyMs: number): string {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    let timer: number;
    const arm = (): void => {
      timer = window.setTimeout(
        () => {
          setNowMs(Date.now());
          arm();
        },
        everyMs - (Date.now() % everyMs) + 5,
      );
    };
    arm();
    return () => window.clearTimeout(timer);
  }, [everyMs]);
  return new Date(nowMs).toISOString();
}
