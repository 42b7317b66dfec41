import { expect, it } from 'vitest';
import { parseClock } from './parse-clock.ts';
import { parseNumber } from './parse-number.ts';
import { nextInRow } from './roving.ts';
import { rowsInSight } from './rows-in-sight.ts';
import { parseBirthDay } from './date-field.tsx';
import { dayFromDigits, formatDay } from './day-format.ts';
import { formatInstant } from './instant-format.ts';

it.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['14.45', '14:45'],
  ['2:15 pm', '14:15'],
  ['12am', '00:00'],
  ['24:00', null],
  ['14:60', null],
  ['13pm', null],
  ['', null],
])('a clock typed as %s', (typed, clock) => expect(parseClock(typed)).toBe(clock));

it.each([
  ['1.450,5', 'id-ID', 1450.5],
  ['1450,5', 'id-ID', 1450.5],
  ['1,450.5', 'en-GB', 1450.5],
  ['\u22122', 'en-GB', -2],
  ['', 'en-GB', null],
  ['1.45', 'id-ID', undefined],
  ['1,2,3', 'en-GB', undefined],
  ['abc', 'en-GB', undefined],
])('a number typed as %s in %s', (typed, locale, number) => expect(parseNumber(typed, locale)).toBe(number));

it('arrows wrap, and turn with the writing direction', () => {
  expect(nextInRow('ArrowRight', 2, 3, false)).toBe(0);
  expect(nextInRow('ArrowRight', 0, 3, true)).toBe(2);
  expect(nextInRow('End', 0, 3, false)).toBe(2);
  expect(nextInRow('a', 0, 3, false)).toBeUndefined();
});

it('draws some thirty of 50,000 rows', () => {
  const { from, to } = rowsInSight({ topPx: 36_000, heightPx: 720, rowHeightPx: 36, count: 50_000 });
  expect([from, to]).toEqual([992, 1028]);
  expect(rowsInSight({ topPx: 9_999, heightPx: 720, rowHeightPx: 36, count: 3 })).toEqual({ from: 3, to: 3 });
});

it('shows days, partial ones too', () => {
  expect(['19720314', '197203', '1972'].map((digits) => formatDay(dayFromDigits(digits), 'en'))).toEqual([
    '14 Mar 1972',
    'Mar 1972',
    '1972',
  ]);
});

it("reads a birth date up to the year of the location's day", () => {
  expect(parseBirthDay('1 jan 2027', '2026-12-31')).toEqual([]);
  expect(parseBirthDay('1 jan 2027', '2027-01-01')).toEqual(['2027-01-01']);
});

it("shows a location's clock with a colon in every language, and another zone by name", () => {
  const at = { zone: 'Asia/Jakarta', as: 'clock' as const };
  expect(formatInstant('2026-11-21T07:32:00.000Z', { ...at, locale: 'id', withZone: false })).toBe('14:32');
  expect(formatInstant('2026-11-21T07:32:00.000Z', { ...at, locale: 'en', withZone: true })).toBe('14:32 WIB');
  const chicago = { zone: 'America/Chicago', as: 'day-clock' as const, locale: 'en', withZone: false };
  expect(formatInstant('2026-11-01T06:30:00.000Z', chicago)).toBe('1 Nov 01:30 CDT');
  expect(formatInstant('2026-11-01T07:30:00.000Z', chicago)).toBe('1 Nov 01:30 CST');
  expect(formatInstant('2026-11-01T08:30:00.000Z', chicago)).toBe('1 Nov 02:30');
});
