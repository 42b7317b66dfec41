import { describe, expect, it } from 'vitest';
import { instantsAt } from '../../shared/kernel/time.ts';
import { createAxis, wallTimeOf } from './day-axis.ts';

const amsterdam = 'Europe/Amsterdam';
const chicago = 'America/Chicago';
const hoursOf = (days: string[], zone: string): string[] => createAxis(days, zone).hours.map((one) => one.clock);
const instant = (day: string, clock: string, zone: string, nth = 0): string => instantsAt(day, clock, zone)[nth] ?? '';

describe('the rows of a day', () => {
  it('are minutes of the wall clock on an ordinary day', () => {
    const axis = createAxis(['2026-11-20'], amsterdam);
    expect([axis.fromMin, axis.toMin, axis.hours.length]).toEqual([0, 1440, 24]);
    expect(axis.minuteOf('2026-11-20', instant('2026-11-20', '09:10', amsterdam))).toBe(550);
    expect(axis.wallAt(550)).toEqual({ clock: '09:10', later: false });
    expect(axis.instantAt('2026-11-20', 550)).toBe(instant('2026-11-20', '09:10', amsterdam));
    expect(axis.minuteAt({ clock: '09:10', later: true })).toBe(550);
    expect(axis.missing('2026-11-20')).toEqual([]);
  });
  it('are 23 hours without the one that is skipped', () => {
    const day = '2027-03-28';
    const axis = createAxis([day], amsterdam);
    expect(hoursOf([day], amsterdam).slice(0, 4)).toEqual(['00:00', '01:00', '03:00', '04:00']);
    expect([axis.fromMin, axis.minuteAt({ clock: '02:30', later: false })]).toEqual([60, null]);
    // After the change, rows are where they are on every day.
    expect(axis.minuteOf(day, instant(day, '09:00', amsterdam))).toBe(540);
    expect(axis.minuteOf(day, instant(day, '00:30', amsterdam))).toBe(90);
    expect(axis.wallAt(90).clock).toBe('00:30');
  });
  it('are 25 hours with the doubled one twice, told apart', () => {
    const day = '2026-11-01';
    const axis = createAxis([day], chicago);
    expect(axis.hours.slice(0, 4)).toEqual([
      { minute: -60, clock: '00:00', atUtc: null },
      { minute: 0, clock: '01:00', atUtc: '2026-11-01T06:00:00.000Z' },
      { minute: 60, clock: '01:00', atUtc: '2026-11-01T07:00:00.000Z' },
      { minute: 120, clock: '02:00', atUtc: null },
    ]);
    for (const [nth, later] of [false, true].entries()) {
      const atUtc = instant(day, '01:30', chicago, nth);
      expect(wallTimeOf(atUtc, chicago)).toEqual({ day, clock: '01:30', later });
      expect(axis.minuteAt({ clock: '01:30', later })).toBe(axis.minuteOf(day, atUtc));
      expect(axis.instantAt(day, axis.minuteOf(day, atUtc))).toBe(atUtc);
    }
  });
  it('end and begin with the day, also where midnight is skipped', () => {
    const axis = createAxis(['2026-09-06'], 'America/Santiago');
    expect(axis.hours[0]?.clock).toBe('01:00');
    expect(axis.minuteOf('2026-09-06', '2026-09-05T00:00:00.000Z')).toBe(axis.fromMin);
    expect(axis.minuteOf('2026-09-06', '2026-09-08T00:00:00.000Z')).toBe(1440);
    expect(axis.instantAt('2026-09-06', 1440)).toBe('2026-09-07T03:00:00.000Z');
  });
});

describe('days side by side', () => {
  it('share the rows: a day lacks what only another has', () => {
    const [saturday, sunday] = ['2026-10-31', '2026-11-01'] as const;
    const axis = createAxis([saturday, sunday], chicago);
    expect(axis.hours.map((one) => one.clock).slice(0, 4)).toEqual(['00:00', '01:00', '01:00', '02:00']);
    expect(axis.missing(saturday)).toEqual([{ fromMin: 60, toMin: 120 }]);
    expect(axis.missing(sunday)).toEqual([]);
    expect(axis.instantAt(saturday, 75)).toBeNull();
    expect(axis.minuteOf(saturday, instant(saturday, '02:00', chicago))).toBe(120);
  });
  it('keep the skipped hour for the days that have it', () => {
    const [saturday, sunday, monday] = ['2027-03-27', '2027-03-28', '2027-03-29'] as const;
    const axis = createAxis([saturday, sunday, monday], amsterdam);
    expect(axis.fromMin).toBe(0);
    expect(axis.missing(sunday)).toEqual([{ fromMin: 120, toMin: 180 }]);
    expect(axis.minuteOf(sunday, instant(sunday, '03:00', amsterdam))).toBe(180);
    expect(axis.minuteOf(monday, instant(monday, '02:30', amsterdam))).toBe(150);
  });
});
