import { describe, expect, it } from 'vitest';
import { addDays, dayBounds, instantAt, localTime, minutesBetween, weekday } from './time.ts';

const amsterdam = 'Europe/Amsterdam';

describe('wall clocks and instants', () => {
  it('shows an instant on the wall clock of its zone', () => {
    expect(localTime('2026-11-21T17:30:00.000Z', 'Asia/Jakarta')).toEqual({
      day: '2026-11-22',
      clock: '00:30',
      second: '00',
    });
  });
  it('goes back and forth on ordinary days', () => {
    expect(instantAt('2026-07-01', '09:15', amsterdam)).toBe('2026-07-01T07:15:00.000Z');
    expect(instantAt('2026-12-01', '09:15', amsterdam)).toBe('2026-12-01T08:15:00.000Z');
  });
  it('takes the first instant after a skipped hour', () => {
    expect(instantAt('2026-03-29', '02:30', amsterdam)).toBe('2026-03-29T01:30:00.000Z');
    expect(localTime(instantAt('2026-03-29', '02:30', amsterdam), amsterdam).clock).toBe('03:30');
  });
  it('takes the first of a doubled hour', () => {
    expect(instantAt('2026-10-25', '02:30', amsterdam)).toBe('2026-10-25T00:30:00.000Z');
  });
  it('knows that such days have 23 and 25 hours', () => {
    const hours = (day: string): number => {
      const { fromUtc, toUtc } = dayBounds(day, amsterdam);
      return (Date.parse(toUtc) - Date.parse(fromUtc)) / 3_600_000;
    };
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-11-21')]).toEqual([23, 25, 24]);
  });
  it('counts minutes that are never negative', () => {
    expect(minutesBetween('2026-11-21T10:00:00.000Z', '2026-11-21T09:00:00.000Z')).toBe(0);
    expect(minutesBetween('2026-11-21T10:00:00.000Z', '2026-11-21T10:04:59.000Z')).toBe(4);
  });
  it('adds days over a month and names weekdays as ISO does', () => {
    expect([addDays('2026-02-27', 2), weekday('2026-11-22'), weekday('2026-11-23')]).toEqual(['2026-03-01', 7, 1]);
  });
});
