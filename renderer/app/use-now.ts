import { useEffect, useState } from 'react';
import { stationNowMs } from '../bridge/station-clock.ts';

/** The present moment by the station's clock, renewed at every full step of `everyMs` (a minute's change is seen in its first second). */
export function useNow(everyMs: number): string {
  const [nowMs, setNowMs] = useState(stationNowMs);
  useEffect(() => {
    let timer: number;
    const arm = (): void => {
      timer = window.setTimeout(
        () => {
          setNowMs(stationNowMs());
          arm();
        },
        everyMs - (stationNowMs() % everyMs) + 5,
      );
    };
    arm();
    return () => window.clearTimeout(timer);
  }, [everyMs]);
  return new Date(nowMs).toISOString();
}
