import { z } from 'zod';

/** An instant: RFC 3339 in UTC with milliseconds, `2026-11-21T07:32:00.000Z`, so that instants sort as text. */
export const instantSchema = z.iso.datetime({ precision: 3 });
/** A calendar day that exists, `2026-11-21`; it stands beside the location (and so the zone) that it belongs to. */
export const daySchema = z.iso.date();
/** A wall-clock time `09:30`, 24:00 being the end of a day. */
export const clockSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);

/** An IANA time zone that this machine knows, `Europe/Amsterdam`. */
export const zoneSchema = z
  .string()
  .max(60)
  .regex(/^[A-Z]/i)
  .refine(isZone, 'no such time zone');

export const instantFromMs = (ms: number): string => new Date(ms).toISOString();
export const msOf = (instantUtc: string): number => Date.parse(instantUtc);
export const addMinutes = (instantUtc: string, minutes: number): string =>
  instantFromMs(msOf(instantUtc) + minutes * 60_000);
/** Whole minutes from one instant to a later one; never negative, as two stations' clocks may differ. */
export const minutesBetween = (fromUtc: string, toUtc: string): number =>
  Math.max(0, Math.floor((msOf(toUtc) - msOf(fromUtc)) / 60_000));

const formats = new Map<string, Intl.DateTimeFormat>();

function partsFormat(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

function isZone(zone: string): boolean {
  try {
    partsFormat(zone);
    return true;
  } catch {
    return false;
  }
}

export type LocalTime = { day: string; clock: string; second: string };

/** The wall clock of an IANA zone at an instant. */
export function localTime(instantUtc: string, zone: string): LocalTime {
  const parts = new Map(
    partsFormat(zone)
      .formatToParts(new Date(instantUtc))
      .map((part) => [part.type, part.value]),
  );
  const get = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    day: `${get('year')}-${get('month')}-${get('day')}`,
    clock: `${get('hour')}:${get('minute')}`,
    second: get('second'),
  };
}

/**
 * The instants at which a zone's wall clock shows a day and time, in order: one as a rule; none where the clock is put forward over
 * it; two where it is put back. The caller decides: a person chooses between two, who can't be asked gets the first, none is refused.
 */
export function instantsAt(day: string, clock: string, zone: string): string[] {
  const shown = Date.parse(`${day}T00:00:00.000Z`) + clockMinutes(clock) * 60_000;
  return instantsShowing(shown, zone).map(instantFromMs);
}

/**
 * The first instant at which a zone's wall clock has come to a day and time: where an interval of wall times begins or ends. A time
 * that is skipped is come to when the clock is put forward; of one that occurs twice it is the first (RFC 5545 3.3.5).
 */
export function reachedAt(day: string, clock: string, zone: string): string {
  const shown = Date.parse(`${day}T00:00:00.000Z`) + clockMinutes(clock) * 60_000;
  return instantFromMs(instantsShowing(shown, zone)[0] ?? endOfGap(shown, zone));
}

function instantsShowing(shownMs: number, zone: string): number[] {
  const [before, after] = offsetsAround(shownMs, zone);
  if (before === after) return [shownMs - before];
  return [before, after]
    .map((offset) => shownMs - offset)
    .filter((ms) => ms + offsetMs(ms, zone) === shownMs)
    .toSorted((a, b) => a - b);
}

/** No zone is further than a day from UTC, so these are the offsets before and after a change that is near. */
const offsetsAround = (shownMs: number, zone: string): [before: number, after: number] => [
  offsetMs(shownMs - 86_400_000, zone),
  offsetMs(shownMs + 86_400_000, zone),
];

/** When the clock is put forward over a time that it never shows. */
function endOfGap(shownMs: number, zone: string): number {
  const candidates = offsetsAround(shownMs, zone).map((offset) => shownMs - offset);
  let before = Math.min(...candidates);
  let after = Math.max(...candidates);
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2000) * 1000;
    if (middle + offsetMs(middle, zone) < shownMs) before = middle;
    else after = middle;
  }
  return after;
}

/** Whether the wall clock shows the time of an instant twice that day; then its zone's name belongs beside it. */
export function isShownTwice(instantUtc: string, zone: string): boolean {
  const ms = msOf(instantUtc);
  return instantsShowing(ms + offsetMs(ms, zone), zone).length > 1;
}

/** Minutes since midnight of a clock time. */
export function clockMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** Offset of a zone from UTC at an instant, in ms. */
function offsetMs(ms: number, zone: string): number {
  const local = localTime(instantFromMs(ms), zone);
  const shown = Date.parse(`${local.day}T${local.clock}:${local.second}.000Z`);
  return shown - Math.floor(ms / 1000) * 1000;
}

/** A day moved by whole days. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative where the other is before. */
export const daysBetween = (fromDay: string, toDay: string): number =>
  Math.round((Date.parse(`${toDay}T00:00:00.000Z`) - Date.parse(`${fromDay}T00:00:00.000Z`)) / 86_400_000);

/** ISO weekday of a day: Monday 1 … Sunday 7. */
export function weekday(day: string): number {
  return new Date(`${day}T00:00:00.000Z`).getUTCDay() || 7;
}

/** The latest day that any clock on earth shows at an instant (UTC+14). */
export const latestDay = (instantUtc: string): string => localTime(instantUtc, 'Pacific/Kiritimati').day;

/** First and last instant (exclusive) of a day in a zone: 23, 24 or 25 hours as a rule. */
export function dayBounds(day: string, zone: string): { fromUtc: string; toUtc: string } {
  return { fromUtc: reachedAt(day, '00:00', zone), toUtc: reachedAt(addDays(day, 1), '00:00', zone) };
}
