/** Times of day as people read them, the same on screens and on paper. */
import { isShownTwice, localTime } from './time.ts';

/** `14:32`; where the zone's clock shows that time twice that day, with the zone's short name (`01:30 CST`). */
export function clockWords(atUtc: string, zone: string): string {
  const { clock } = localTime(atUtc, zone);
  return isShownTwice(atUtc, zone) ? `${clock} ${zoneName(atUtc, zone)}` : clock;
}

/** Languages in which zones have short names of their own: Indonesian has WIB, Australian English AEST, British CET, American CST. */
const naming = ['id', 'en-AU', 'en-GB', 'en-US', 'en'];

/** The short name that people of the zone use at an instant (`WIB`, `CET`, `CEST`); its offset where it has none. */
export function zoneName(atUtc: string, zone: string): string {
  for (const locale of naming) {
    const name = namePart(atUtc, locale, zone, 'short');
    if (name !== undefined && !/\d/.test(name)) return name;
  }
  return namePart(atUtc, 'en', zone, 'shortOffset') ?? zone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function namePart(
  atUtc: string,
  locale: string,
  zone: string,
  timeZoneName: 'short' | 'shortOffset',
): string | undefined {
  const key = `${locale} ${timeZoneName} ${zone}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName });
  formats.set(key, format);
  return format.formatToParts(new Date(atUtc)).find((part) => part.type === 'timeZoneName')?.value;
}
