import { zoneName } from '../kernel/clock-words.ts';
import { addMinutes, dayBounds, localTime } from '../kernel/time.ts';
import { ageOn } from '../people/age-rules.ts';
import type { Labels } from './labels/labels.ts';

/** `21 Nov 2026`, or less for a partial day (`2026`, `2026-11`), in the labels' language. */
export function formatDay(day: string, labels: Labels): string {
  const [year = '', month, date] = day.split('-');
  const at = new Date(`${year}-${month ?? '01'}-${date ?? '01'}T00:00:00.000Z`);
  return new Intl.DateTimeFormat(labels.locale, {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month && { month: 'short' }),
    ...(date && { day: 'numeric' }),
  }).format(at);
}

/** `Sat 21 Nov 2026`: a day with its weekday. */
export function formatWeekday(day: string, labels: Labels): string {
  const weekday = new Intl.DateTimeFormat(labels.locale, { timeZone: 'UTC', weekday: 'long' });
  return `${weekday.format(new Date(`${day}T00:00:00.000Z`))} ${formatDay(day, labels)}`;
}

/** `21 Nov 2026 14:32 WIB`: an instant on a location's wall clock, always with the zone, which a no-break space holds fast. */
export function formatInstant(instantUtc: string, timeZone: string, labels: Labels): string {
  const local = localTime(instantUtc, timeZone);
  return `${formatDay(local.day, labels)} ${local.clock}\u00a0${zoneName(instantUtc, timeZone)}`;
}

/** The names of a zone on some days: two where the clock changes within them (`CET, CEST`). */
export function zoneNames(days: readonly string[], timeZone: string): string {
  const ends = days.map((day) => dayBounds(day, timeZone)).flatMap((day) => [day.fromUtc, addMinutes(day.toUtc, -1)]);
  return [...new Set(ends.map((atUtc) => zoneName(atUtc, timeZone)))].join(', ');
}

/** PEOPLE-7 in the labels' language: `19 days`, `about 76 years`. */
export function formatAge(birthDate: string, onDay: string, labels: Labels): string {
  const age = ageOn(birthDate, onDay);
  if (!age) return labels.notKnown;
  const unit = age.unit.slice(0, -1);
  const words = new Intl.NumberFormat(labels.locale, { style: 'unit', unit, unitDisplay: 'long' }).format(age.count);
  return age.isAbout ? `${labels.about} ${words}` : words;
}
