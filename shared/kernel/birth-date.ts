import { dateDigits, dateOrders, type DateReading, dateSigns } from './typed-date.ts';

/** The oldest person looked for, in years. */
const oldestYears = 125;

/**
 * The birth dates that a typed text may mean: each `YYYYMMDD`, or `YYYYMM` / `YYYY` where no day or month was typed, the
 * likelier first (day before month), none twice, none after `todayYear`. Empty when the text is no date. Two-digit years
 * give every century a living person can be born in.
 */
export function parseBirthDateQuery(text: string, todayYear: number): string[] {
  const found = possible(dateSigns(text))
    .flatMap((reading) => yearsOf(reading.year, todayYear).map((year) => dateDigits(year, reading)))
    .filter((date) => date !== undefined);
  return [...new Set(found)];
}

function possible(signs: string[]): DateReading[] {
  const [a = '', b = '', c = ''] = signs;
  if (signs.length === 1) return undivided(a);
  if (signs.length === 2) {
    if (b.length === 4) return [{ month: a, year: b }];
    return a.length === 4 ? [{ year: a, month: b }] : [];
  }
  if (signs.length !== 3) return [];
  const orders = dateOrders(a, b, c);
  const mayBeginWithYear = orders.length > 1 && a.length === 2 && c.length <= 2;
  return mayBeginWithYear ? [...orders, { year: a, month: b, day: c }] : orders;
}

/** Digits in one run: `19900101`, `01011990`, `010190`, `199001`, `1990`. */
function undivided(digits: string): DateReading[] {
  const cut = (from: number, to?: number): string => digits.slice(from, to);
  if (digits.length === 4) return [{ year: digits }];
  if (digits.length === 8) {
    return [
      { year: cut(0, 4), month: cut(4, 6), day: cut(6) },
      { day: cut(0, 2), month: cut(2, 4), year: cut(4) },
      { month: cut(0, 2), day: cut(2, 4), year: cut(4) },
    ];
  }
  if (digits.length !== 6) return [];
  return [
    { day: cut(0, 2), month: cut(2, 4), year: cut(4) },
    { month: cut(0, 2), day: cut(2, 4), year: cut(4) },
    { year: cut(0, 2), month: cut(2, 4), day: cut(4) },
    { year: cut(0, 4), month: cut(4) },
    { month: cut(0, 2), year: cut(2) },
  ];
}

function yearsOf(year: string, todayYear: number): number[] {
  if (!/^(\d{2}|\d{4})$/.test(year)) return [];
  const century = Math.floor(todayYear / 100) * 100;
  const all = year.length === 4 ? [Number(year)] : [century + Number(year), century - 100 + Number(year)];
  return all.filter((one) => one <= todayYear && one >= todayYear - oldestYears);
}
