import { z } from 'zod';

/** An instant: RFC 3339 in UTC with milliseconds, `2026-11-21T07:32:00.000Z`, so that instants sort as text. */
export const instantSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
/** A calendar day `2026-11-21`; it stands beside the location (and so the zone) that it belongs to. */
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A wall-clock time `09:30`, 24:00 being the end of a day. */
export const clockSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);

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
 * The instant at which a zone's wall clock shows a day and time. A time that summer time skips becomes the first instant
 * after the gap; one that occurs twice is the first of the two (RFC 5545 3.3.5).
 */
export function instantAt(day: string, clock: string, zone: string): string {
  const wanted = Date.parse(`${day}T00:00:00.000Z`) + clockMinutes(clock) * 60_000;
  const offsets = [wanted - 86_400_000, wanted + 86_400_000].map((ms) => offsetMs(ms, zone));
  const candidates = offsets.map((offset) => wanted - offset).toSorted((a, b) => a - b);
  const exact = candidates.find((ms) => ms + offsetMs(ms, zone) === wanted);
  return instantFromMs(exact ?? candidates[candidates.length - 1] ?? wanted);
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

/** ISO weekday of a day: Monday 1 … Sunday 7. */
export function weekday(day: string): number {
  return new Date(`${day}T00:00:00.000Z`).getUTCDay() || 7;
}

/** First and last instant (exclusive) of a day in a zone. */
export function dayBounds(day: string, zone: string): { fromUtc: string; toUtc: string } {
  return { fromUtc: instantAt(day, '00:00', zone), toUtc: instantAt(addDays(day, 1), '00:00', zone) };
}
