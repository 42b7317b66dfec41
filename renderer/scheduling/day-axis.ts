/**
 * The rows of the day grid: quarter hours that pass, not hours that a clock shows. A day on which the clock is put forward has 23
 * hours of rows, one on which it is put back 25, the doubled ones once for each time. Days side by side share one axis: a row that
 * one of them does not have is empty there.
 */
import { addMinutes, clockMinutes, dayBounds, instantsAt, localTime, msOf } from '../../shared/kernel/time.ts';

export const STEP_MIN = 15;

/** A wall time of a row; `later`: the second of the two times at which the clock shows it that day. */
export type WallTime = { clock: string; later: boolean };

/** Minutes of the axis end at 1440 with the day, so that on nearly every day and hour they are minutes of the wall clock. */
export type DayAxis = {
  fromMin: number;
  toMin: number;
  /** First and last instant (exclusive) of one of the days. */
  boundsOf: (day: string) => { fromUtc: string; toUtc: string };
  /** Where an instant lies in a day's column; outside of the day at its nearer end. */
  minuteOf: (day: string, atUtc: string) => number;
  /** Where a wall time lies, on whatever day; null where no row has it. */
  minuteAt: (wall: WallTime) => number | null;
  /** What the clock shows at a row. */
  wallAt: (minute: number) => WallTime;
  /** The instant of a place in a day's column; null where the day does not have it. */
  instantAt: (day: string, minute: number) => string | null;
  /** Rows that a day does not have. */
  missing: (day: string) => Array<{ fromMin: number; toMin: number }>;
  /** Full hours; `atUtc` where the clock shows this one twice, so that the zone's name tells them apart. */
  hours: Array<{ minute: number; clock: string; atUtc: string | null }>;
};

type Row = WallTime & { key: string; atUtc: string };
type Day = { fromUtc: string; toUtc: string; rows: Row[] };
const keyOf = ({ clock, later }: WallTime): string => (later ? `${clock} again` : clock);

/** The axis of one to seven days of a zone. */
export function createAxis(days: readonly string[], zone: string): DayAxis {
  const all = new Map(days.map((day) => [day, dayOf(day, zone)]));
  const of = (day: string): Day => {
    const found = all.get(day);
    if (!found) throw new Error(`${day} is not on this axis`);
    return found;
  };
  const rows = together([...all.values()].map((day) => day.rows));
  const at = new Map(rows.map((row, i) => [row.key, 1440 - (rows.length - i) * STEP_MIN]));
  const fromMin = 1440 - rows.length * STEP_MIN;
  const minuteOfKey = (key: string | undefined): number => (key === undefined ? 1440 : (at.get(key) ?? 1440));
  const rowAt = (minute: number): Row | undefined =>
    rows[Math.min(rows.length - 1, Math.max(0, Math.floor((minute - fromMin) / STEP_MIN)))];

  const minuteOf = (day: string, atUtc: string): number => {
    const own = of(day);
    if (atUtc >= own.toUtc) return minuteOfKey(own.rows.at(-1)?.key) + STEP_MIN;
    const passed = Math.max(0, msOf(atUtc) - msOf(own.fromUtc)) / 60_000;
    return minuteOfKey(own.rows[Math.floor(passed / STEP_MIN)]?.key) + (passed % STEP_MIN);
  };
  const minuteAt = ({ clock, later }: WallTime): number | null => {
    const rest = clockMinutes(clock) % STEP_MIN;
    const full = clockOf(clockMinutes(clock) - rest);
    const minute = at.get(keyOf({ clock: full, later })) ?? at.get(full);
    return minute === undefined ? null : minute + rest;
  };
  const instantAt = (day: string, minute: number): string | null => {
    const own = of(day);
    if (minute >= 1440) return own.toUtc;
    const row = own.rows.find((one) => one.key === rowAt(minute)?.key);
    return row ? addMinutes(row.atUtc, minute - minuteOfKey(row.key)) : null;
  };
  return {
    fromMin,
    toMin: 1440,
    boundsOf: of,
    minuteOf,
    minuteAt,
    instantAt,
    wallAt: (minute) => {
      const row = rowAt(minute);
      const rest = row ? minute - minuteOfKey(row.key) : 0;
      return { clock: clockOf(clockMinutes(row?.clock ?? '00:00') + rest), later: row?.later ?? false };
    },
    missing: (day) => {
      const own = new Set(of(day).rows.map((row) => row.key));
      const gaps: Array<{ fromMin: number; toMin: number }> = [];
      for (const { key } of rows) {
        const minute = minuteOfKey(key);
        if (own.has(key)) continue;
        const last = gaps.at(-1);
        if (last?.toMin === minute) last.toMin += STEP_MIN;
        else gaps.push({ fromMin: minute, toMin: minute + STEP_MIN });
      }
      return gaps;
    },
    hours: rows
      .filter((row) => row.clock.endsWith(':00'))
      .map((row) => {
        const isDoubled = at.has(keyOf({ ...row, later: true }));
        return { minute: minuteOfKey(row.key), clock: row.clock, atUtc: isDoubled ? row.atUtc : null };
      }),
  };
}

/** `HH:MM` of minutes since midnight. */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The wall time of an instant, and which of two it is. */
export function wallTimeOf(atUtc: string, zone: string): WallTime & { day: string } {
  const { day, clock } = localTime(atUtc, zone);
  const both = instantsAt(day, clock, zone);
  return { day, clock, later: both.length > 1 && both[1] === `${atUtc.slice(0, 17)}00.000Z` };
}

function dayOf(day: string, zone: string): Day {
  const { fromUtc, toUtc } = dayBounds(day, zone);
  const count = Math.round((msOf(toUtc) - msOf(fromUtc)) / 60_000 / STEP_MIN);
  // Only a day of another length has times that are skipped or doubled; a plain one needs no clock to be read.
  const isPlain = count === 96;
  const seen = new Set<string>();
  const rows = Array.from({ length: count }, (_, i) => {
    const atUtc = addMinutes(fromUtc, i * STEP_MIN);
    const clock = isPlain ? clockOf(i * STEP_MIN) : localTime(atUtc, zone).clock;
    const later = seen.has(clock);
    seen.add(clock);
    return { clock, later, key: keyOf({ clock, later }), atUtc };
  });
  return { fromUtc, toUtc, rows };
}

/** All rows of all days in the order of time; the instants of a doubled row are those of the day that has it twice. */
function together(all: readonly Row[][]): Row[] {
  const [longest = [], ...others] = all.toSorted((a, b) => b.length - a.length);
  const rows = [...longest];
  for (const other of others) {
    let next = 0;
    for (const row of other) {
      const known = rows.findIndex((one) => one.key === row.key);
      if (known < 0) rows.splice(next, 0, row);
      next = known < 0 ? next + 1 : known + 1;
    }
  }
  return rows;
}
