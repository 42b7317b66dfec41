/** `19900101` → `1990-01-01`, `199001` → `1990-01`, `1990` → `1990`. */
export function dayFromDigits(digits: string): string {
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].filter((part) => part !== '').join('-');
}

/** A day, a month or a year as the locale writes it: `14 Mar 1972`, `Mar 1972`, `1972`. */
export function formatDay(day: string, locale: string): string {
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC', numberingSystem: 'latn' };
  if (day.length >= 7) options.month = 'short';
  if (day.length >= 10) options.day = 'numeric';
  return new Intl.DateTimeFormat(dayLocale(locale), options).format(
    new Date(`${day.padEnd(7, '-01').padEnd(10, '-01')}T00:00Z`),
  );
}

/** English dates are read day first here unless the locale says otherwise. */
const dayLocale = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);
