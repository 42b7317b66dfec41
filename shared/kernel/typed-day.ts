import { addDays } from './time.ts';
import { dateDigits, dateOrders, type DateReading, dateSigns } from './typed-date.ts';

/**
 * The days, each `YYYY-MM-DD`, that a typed text may mean, the likelier first (day before month): `21`, `21/11`, `15 Jan 2027`,
 * `15.01.2027`, `2027-01-15`, `150127`, `+3` days from `today`. What is left out is the next that comes, today counted. Empty
 * when the text is no whole day or one that no calendar has: nothing is guessed.
 */
export function parseDay(text: string, today: string): string[] {
  const ahead = /^\s*\+\s*(\d{1,3})\s*$/.exec(text);
  if (ahead) return [addDays(today, Number(ahead[1]))];
  const found = possible(dateSigns(text))
    .map((reading) => (reading.year === undefined ? nextDay(reading, today) : dayIn(yearOf(reading.year), reading)))
    .filter((day) => day !== undefined);
  return [...new Set(found)];
}

type DayReading = Partial<DateReading> & { day: string };

function possible(signs: string[]): DayReading[] {
  const [a = '', b = '', c = ''] = signs;
  if (signs.length === 1) return a.length <= 2 ? [{ day: a }] : undivided(a);
  if (signs.length === 2)
    return [
      { day: a, month: b },
      { month: a, day: b },
    ];
  return signs.length === 3 ? dateOrders(a, b, c).map((order) => ({ ...order, day: order.day ?? '' })) : [];
}

/** Digits in one run: `20270115`, `15012027`, `150127`. */
function undivided(digits: string): DayReading[] {
  const cut = (from: number, to?: number): string => digits.slice(from, to);
  const dayFirst = { day: cut(0, 2), month: cut(2, 4), year: cut(4) };
  if (digits.length === 6) return [dayFirst];
  return digits.length === 8 ? [{ year: cut(0, 4), month: cut(4, 6), day: cut(6) }, dayFirst] : [];
}

function yearOf(year: string): number | undefined {
  if (/^\d{2}$/.test(year)) return 2000 + Number(year);
  return /^(19|20|21)\d{2}$/.test(year) ? Number(year) : undefined;
}

function dayIn(year: number | undefined, reading: DayReading): string | undefined {
  const digits = year === undefined ? undefined : dateDigits(year, { ...reading, year: String(year) });
  return digits && `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** The first day from today on that has the day, and the month where one was typed; 29 February is up to eight years away. */
function nextDay(reading: DayReading, today: string): string | undefined {
  const [year = 0, month = 0] = today.split('-').map(Number);
  for (let ahead = 0; ahead <= 8 * 12; ahead++) {
    const months = month - 1 + ahead;
    const candidate = dayIn(year + Math.floor(months / 12), { month: String((months % 12) + 1), ...reading });
    if (candidate !== undefined && candidate >= today) return candidate;
  }
  return undefined;
}
