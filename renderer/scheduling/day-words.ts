import { addDays, weekday } from '../../shared/kernel/time.ts';

const localeOf = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);
const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** A calendar day in words: `long` is `Saturday 21 November`, `short` is `Sat 21 Nov`, `month` is `November 2026`. */
export function dayWords(day: string, locale: string, form: 'long' | 'short' | 'month'): string {
  const options: Intl.DateTimeFormatOptions =
    form === 'month' ? { month: 'long', year: 'numeric' } : { weekday: form, day: 'numeric', month: form };
  return new Intl.DateTimeFormat(localeOf(locale), { ...options, timeZone: 'UTC', numberingSystem: 'latn' })
    .format(dateOf(day))
    .replaceAll(',', '');
}

/** One letter for each weekday, Monday first. */
export const weekdayLetters = (locale: string): string[] =>
  Array.from({ length: 7 }, (_, i) =>
    new Intl.DateTimeFormat(localeOf(locale), { weekday: 'narrow', timeZone: 'UTC' }).format(
      dateOf(addDays('2026-11-02', i)),
    ),
  );

export const mondayOf = (day: string): string => addDays(day, 1 - weekday(day));

/** The Monday from which the six weeks of a day's month are drawn. */
export const monthGridStart = (day: string): string => mondayOf(`${day.slice(0, 7)}-01`);

/** The first of the month `months` away from a day's. */
export function monthMoved(day: string, months: number): string {
  const date = dateOf(`${day.slice(0, 7)}-01`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}
