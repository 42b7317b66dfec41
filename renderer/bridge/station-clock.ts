let offsetMs = 0;

/** Keeps how far this machine's clock is from the server's, as the station measured it. */
export function setClockOffset(measuredMs: number): void {
  offsetMs = measuredMs;
}

/** The present moment by the station's clock, which is the one that documents carry; the machine's own may be hours off. */
export const stationNowMs = (): number => Date.now() + offsetMs;

/** The same as an instant. */
export const stationNowUtc = (): string => new Date(stationNowMs()).toISOString();
