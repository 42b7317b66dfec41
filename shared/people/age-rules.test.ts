import { expect, it } from 'vitest';
import { ageOn } from './age-rules.ts';

const words = (birthDate: string, onDay = '2026-11-20'): string => {
  const age = ageOn(birthDate, onDay);
  return age ? `${age.isAbout ? 'about ' : ''}${age.count} ${age.unit}` : 'unknown';
};

it.each([
  ['2026-11-21', 'unknown'],
  ['2026-11-20', '0 days'],
  ['2026-11-19', '1 days'],
  ['2026-10-24', '27 days'],
  ['2026-10-23', '4 weeks'],
  ['2026-08-21', '13 weeks'],
  ['2026-08-20', '3 months'],
  ['2024-11-21', '23 months'],
  ['2024-11-20', '2 years'],
  ['1972-11-20', '54 years'],
  ['1972-11-21', '53 years'],
])('PEOPLE-7: born %s: %s', (birthDate, age) => {
  expect(words(birthDate)).toBe(age);
});

it('completes a month on the first where the month has no such day, a year of 29 February on 1 March', () => {
  expect(words('2026-08-31', '2026-11-30')).toBe('13 weeks');
  expect(words('2026-08-31', '2026-12-01')).toBe('3 months');
  expect(words('2024-02-29', '2027-02-28')).toBe('2 years');
  expect(words('2024-02-29', '2027-03-01')).toBe('3 years');
});

it.each([
  ['1990', 'about 36 years'],
  ['1990', '36 years', '2026-12-31'],
  ['1990-05', '36 years'],
  ['1990-11', 'about 36 years'],
  ['1990-12', '35 years'],
  ['2024', 'about 2 years'],
  ['2025', 'unknown'],
  ['2025-03', 'unknown'],
  ['2026', 'unknown'],
  ['2027', 'unknown'],
])('of a partial birth date %s: %s', (birthDate, age, onDay?: string) => {
  expect(words(birthDate, onDay)).toBe(age);
});
