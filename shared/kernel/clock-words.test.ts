import { expect, it } from 'vitest';
import { clockWords, zoneName } from './clock-words.ts';

it.each([
  ['2026-11-21T07:32:00.000Z', 'Asia/Jakarta', 'WIB'],
  ['2026-01-21T07:32:00.000Z', 'Europe/Amsterdam', 'CET'],
  ['2026-07-21T07:32:00.000Z', 'Europe/Amsterdam', 'CEST'],
  ['2026-07-21T07:32:00.000Z', 'America/Chicago', 'CDT'],
  ['2026-11-21T07:32:00.000Z', 'America/Sao_Paulo', 'GMT-3'],
])('at %s people in %s say %s', (atUtc, zone, name) => {
  expect(zoneName(atUtc, zone)).toBe(name);
});

it('names the zone only where the clock shows a time twice', () => {
  const words = (atUtc: string): string => clockWords(atUtc, 'Europe/Amsterdam');
  expect(words('2026-10-25T00:30:00.000Z')).toBe('02:30 CEST');
  expect(words('2026-10-25T01:30:00.000Z')).toBe('02:30 CET');
  expect(words('2026-10-25T02:00:00.000Z')).toBe('03:00');
});
