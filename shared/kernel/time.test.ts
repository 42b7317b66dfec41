import { describe, expect, it } from 'vitest';
import { addDays, dayBounds, instantsAt, isShownTwice, localTime, minutesBetween, reachedAt, weekday } from './time.ts';

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
    expect(instantsAt('2026-07-01', '09:15', amsterdam)).toEqual(['2026-07-01T07:15:00.000Z']);
    expect(instantsAt('2026-12-01', '09:15', amsterdam)).toEqual(['2026-12-01T08:15:00.000Z']);
    expect(instantsAt('2026-12-01', '24:00', amsterdam)).toEqual(['2026-12-01T23:00:00.000Z']);
  });
  it('C-12: has no instant for a time that is skipped, and comes to it when the clock is put forward', () => {
    expect(instantsAt('2027-03-28', '02:30', amsterdam)).toEqual([]);
    expect(instantsAt('2027-03-28', '03:00', amsterdam)).toEqual(['2027-03-28T01:00:00.000Z']);
    for (const clock of ['02:00', '02:30', '02:59', '03:00'])
      expect(reachedAt('2027-03-28', clock, amsterdam)).toBe('2027-03-28T01:00:00.000Z');
  });
  it('C-12: has both instants of an hour that comes twice, the first first', () => {
    const both = ['2026-11-01T06:30:00.000Z', '2026-11-01T07:30:00.000Z'];
    expect(instantsAt('2026-11-01', '01:30', 'America/Chicago')).toEqual(both);
    expect(reachedAt('2026-11-01', '01:30', 'America/Chicago')).toBe(both[0]);
    expect(both.map((one) => isShownTwice(one, 'America/Chicago'))).toEqual([true, true]);
    expect(isShownTwice('2026-11-01T08:00:00.000Z', 'America/Chicago')).toBe(false);
    expect(instantsAt('2027-04-04', '01:45', 'Australia/Lord_Howe')).toHaveLength(2);
    expect(instantsAt('2027-04-04', '01:15', 'Australia/Lord_Howe')).toHaveLength(1);
  });
  it('begins a day that has no midnight with its first hour, and knows days that a zone left out', () => {
    const { fromUtc } = dayBounds('2026-09-06', 'America/Santiago');
    expect(localTime(fromUtc, 'America/Santiago')).toEqual({ day: '2026-09-06', clock: '01:00', second: '00' });
    const skipped = dayBounds('2011-12-30', 'Pacific/Apia');
    expect(skipped.fromUtc).toBe(skipped.toUtc);
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
