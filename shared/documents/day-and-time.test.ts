import { expect, test } from 'vitest';
import { formatAge, formatDay, formatInstant } from './day-and-time.ts';
import { labelsFor } from './labels/labels.ts';

const en = labelsFor('en');

test('an instant stands on the location’s clock with its zone, across midnight', () => {
  expect(formatInstant('2026-11-21T18:20:00.000Z', 'Asia/Jakarta', en)).toBe('22 Nov 2026 01:20\u00a0WIB');
  expect(formatInstant('2026-11-21T18:20:00.000Z', 'Asia/Jayapura', labelsFor('id'))).toBe(
    '22 Nov 2026 03:20\u00a0WIT',
  );
  expect(formatInstant('2026-07-01T10:00:00.000Z', 'Asia/Tokyo', en)).toBe('1 Jul 2026 19:00\u00a0GMT+9');
});

test('a partial birth date shows what is known', () => {
  expect(['1950', '1988-07', '1979-05-02'].map((day) => formatDay(day, en))).toEqual([
    '1950',
    'Jul 1988',
    '2 May 1979',
  ]);
});

test.each([
  ['1964-02-12', '2026-11-21', '62 years'],
  ['1964-11-22', '2026-11-21', '61 years'],
  ['2025-09-30', '2026-11-21', '13 months'],
  ['2026-11-02', '2026-11-21', '19 days'],
  ['2026-11-20', '2026-11-21', '1 day'],
  ['2026-10-01', '2026-11-21', '7 weeks'],
  ['2026-12', '2026-11-21', 'not known'],
  ['2024-02-29', '2026-02-28', '23 months'],
  ['1950', '2026-11-21', 'about 76 years'],
  ['2026-12-01', '2026-11-21', 'not known'],
])('born %s, seen %s: %s', (birthDate, onDay, age) => {
  expect(formatAge(birthDate, onDay, en)).toBe(age);
});
