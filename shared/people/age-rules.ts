/** How old a person is on a day, in the unit that says most of them: a week is much of a newborn's life, and nothing of a parent's. */
import { addDays, daysBetween } from '../kernel/time.ts';

export type Age = {
  count: number;
  unit: 'days' | 'weeks' | 'months' | 'years';
  /** The birth date is known in part, and the age may be one less. */
  isAbout: boolean;
};

const DAYS_UNTIL = 28;
const WEEKS_UNTIL_MONTHS = 3;
const MONTHS_UNTIL = 24;

/**
 * PEOPLE-7. Days until four weeks, weeks until three months, months until two years, then years; all of them full ones. Null where a
 * partial birth date does not tell (less than two years old by it) and before birth. `onDay` is the day where it is asked.
 */
export function ageOn(birthDate: string, onDay: string): Age | null {
  if (birthDate.length < 10) return ageByPart(birthDate, onDay);
  const days = daysBetween(birthDate, onDay);
  const months = monthsFrom(birthDate, onDay);
  if (days < 0) return null;
  if (days < DAYS_UNTIL) return { count: days, unit: 'days', isAbout: false };
  if (months < WEEKS_UNTIL_MONTHS) return { count: Math.floor(days / 7), unit: 'weeks', isAbout: false };
  if (months < MONTHS_UNTIL) return { count: months, unit: 'months', isAbout: false };
  return { count: Math.floor(months / 12), unit: 'years', isAbout: false };
}

/** The oldest that somebody born in that year or month can be; exact where the youngest is as old in years. */
function ageByPart(birthDate: string, onDay: string): Age | null {
  const oldest = monthsFrom(`${birthDate}-01-01`.slice(0, 10), onDay);
  const lastDay = addDays(firstAfter(birthDate), -1);
  const youngest = monthsFrom(lastDay, onDay);
  if (oldest < MONTHS_UNTIL) return null;
  const count = Math.floor(oldest / 12);
  return { count, unit: 'years', isAbout: Math.floor(youngest / 12) !== count };
}

/** The first day after a year `1990` or a month `1990-05`. */
function firstAfter(part: string): string {
  const [year = 0, month = 12] = part.split('-').map(Number);
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}

/** Full months between two days; who is born on the 31st completes one on the first day after a shorter month. */
function monthsFrom(fromDay: string, toDay: string): number {
  const [fromYear = 0, fromMonth = 0, fromDate = 0] = fromDay.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDate = 0] = toDay.split('-').map(Number);
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) - (toDate < fromDate ? 1 : 0);
}
