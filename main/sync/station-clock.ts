import type { Meta } from '../cabinet/own-tables.ts';

/** How far the machine's own clock may slip against the steady one before it is measured anew. */
const SLIP_MS = 1000;

/**
 * The station's clock: the machine's clock plus the offset to the server that the last contact measured (`change-sets.md`
 * §1). Everything that this station writes or shows runs by it, so that a machine that is an hour off does not spoil the
 * minutes between two stations' events. `steadyNowMs` never jumps: where the two part, somebody set the machine's clock.
 */
export function createStationClock(meta: Meta, machineNowMs: () => number, steadyNowMs: () => number) {
  let offsetMs = Number(meta.get('clock-offset-ms') ?? 0);
  let apartMs = machineNowMs() - steadyNowMs();
  return {
    nowMs: (): number => machineNowMs() + offsetMs,
    machineNowMs,
    offsetMs: (): number => offsetMs,
    /** True after the machine's clock was set, or the machine slept: the offset may be another. */
    hasSlipped: (): boolean => Math.abs(machineNowMs() - steadyNowMs() - apartMs) > SLIP_MS,
    /** Keeps a measured offset; belongs inside a turn. */
    setOffset: (measuredMs: number): void => {
      offsetMs = measuredMs;
      apartMs = machineNowMs() - steadyNowMs();
      meta.set('clock-offset-ms', String(measuredMs));
    },
  };
}
export type StationClock = ReturnType<typeof createStationClock>;
