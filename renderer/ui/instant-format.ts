import { zoneName } from '../../shared/kernel/clock-words.ts';
import { isShownTwice } from '../../shared/kernel/time.ts';

export type InstantStyle = 'clock' | 'day' | 'day-clock' | 'weekday-day';

const forms: Record<InstantStyle, Intl.DateTimeFormatOptions> = {
  clock: { hour: '2-digit', minute: '2-digit' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  'day-clock': { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  'weekday-day': { weekday: 'short', day: 'numeric', month: 'short' },
};

/**
 * An instant on the wall clock of an IANA zone, 24 hours, Latin digits; with the zone's short name where asked, and always where the
 * clock shows that time twice (`01:30 CDT`, `01:30 CST`).
 */
export function formatInstant(
  atUtc: string,
  options: { zone: string; locale: string; as: InstantStyle; withZone: boolean },
): string {
  const format = new Intl.DateTimeFormat(dayFirst(options.locale), {
    ...forms[options.as],
    timeZone: options.zone,
    hourCycle: 'h23',
    numberingSystem: 'latn',
  });
  // Indonesian writes 14.32; the clock on every screen and print here is 14:32.
  const words = format
    .formatToParts(new Date(atUtc))
    .map((part, at, parts) => (isClockDot(part, parts[at - 1]) ? ':' : part.value))
    .join('')
    .replaceAll(',', '');
  const isDoubled = options.as.endsWith('clock') && isShownTwice(atUtc, options.zone);
  return options.withZone || isDoubled ? `${words} ${zoneName(atUtc, options.zone)}` : words;
}

const isClockDot = (part: Intl.DateTimeFormatPart, before: Intl.DateTimeFormatPart | undefined): boolean =>
  part.type === 'literal' && part.value === '.' && before?.type === 'hour';

const dayFirst = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);
