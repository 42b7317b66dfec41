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

/** Days a typed text may mean: `21`, `21 11`, `21/11/26`, `2026-11-21`, `+3`; a day of the month alone is the next such day. */
export function parseAppointmentDay(text: string, today: string): string[] {
  const ahead = /^\s*\+(\d{1,3})\s*$/.exec(text);
  if (ahead) return [addDays(today, Number(ahead[1]))];
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  const parts = iso ? [iso[3], iso[2], iso[1]] : (text.match(/\d+/g) ?? []);
  const [day = '', month, year] = parts;
  const made = (y: number, m: number): string => `${y}-${String(m).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const y = year === undefined ? Number(today.slice(0, 4)) : Number(year) + (year.length === 2 ? 2000 : 0);
  const m = month === undefined ? Number(today.slice(5, 7)) : Number(month);
  const wanted = made(y, m);
  const real = !Number.isNaN(Date.parse(wanted)) && dateOf(wanted).toISOString().startsWith(wanted);
  if (!real || !/^\d{1,2}$/.test(day)) return [];
  if (wanted >= today || year !== undefined) return [wanted];
  return month === undefined ? [made(m === 12 ? y + 1 : y, (m % 12) + 1)] : [made(y + 1, m)];
}
