import { localTime } from '../kernel/time.ts';
import type { Labels } from './labels/labels.ts';

const INDONESIAN_ZONES: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

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
  return `${formatDay(local.day, labels)} ${local.clock}\u00a0${zoneName(instantUtc, timeZone, labels)}`;
}

/** `14:32` on a location's wall clock, for places whose heading names the zone. */
export function formatClock(instantUtc: string, timeZone: string): string {
  return localTime(instantUtc, timeZone).clock;
}

/** The zone as people there write it (`WIB`), else as the language has it (`CET`, `GMT+9`). */
export function zoneName(instantUtc: string, timeZone: string, labels: Labels): string {
  const own = INDONESIAN_ZONES[timeZone];
  if (own) return own;
  const parts = new Intl.DateTimeFormat(labels.locale, { timeZone, timeZoneName: 'short' }).formatToParts(
    new Date(instantUtc),
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** Age on a day: whole years, below two years months, below one month days; "about" where the birth date is partial. */
export function formatAge(birthDate: string, onDay: string, labels: Labels): string {
  const [year = 0, month, date] = birthDate.split('-').map(Number);
  const [onYear = 0, onMonth = 1, onDate = 1] = onDay.split('-').map(Number);
  if (month === undefined || date === undefined) return `${labels.about} ${Math.max(0, onYear - year)} ${labels.years}`;
  const months = (onYear - year) * 12 + (onMonth - month) - (onDate < date ? 1 : 0);
  if (months >= 24) return `${Math.floor(months / 12)} ${labels.years}`;
  if (months >= 1) return `${months} ${labels.months}`;
  const days = Math.round((Date.parse(onDay) - Date.parse(birthDate)) / 86_400_000);
  return days < 0 ? labels.notKnown : `${days} ${labels.days}`;
}
