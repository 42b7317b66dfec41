import type { NumberSeries } from '../../shared/kernel/command.ts';

export type Counters = {
  /** The next number of a series, `S1-000001` first. */
  next(series: NumberSeries): string;
  /** How many were given, by series. */
  used(): ReadonlyMap<NumberSeries, number>;
};

/** Number series that begin at one, as a station that has printed nothing has them. */
export function createCounters(stationCode: string): Counters {
  const last = new Map<NumberSeries, number>();
  return {
    next: (series) => {
      const number = (last.get(series) ?? 0) + 1;
      last.set(series, number);
      return `${stationCode}-${String(number).padStart(6, '0')}`;
    },
    used: () => last,
  };
}
