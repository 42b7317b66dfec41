import { describe, expect, it } from 'vitest';
import { addMinutes, instantsAt, weekday } from '../kernel/time.ts';
import type { WeeklyHours } from '../organizations/schema.ts';
import { closureSchema, weeklyHoursSchema } from '../organizations/schema.ts';
import { isWithin, openSpans } from './open-hours-rules.ts';

const amsterdam = 'Europe/Amsterdam';
const monday = '2026-11-23';
const plan = (...intervals: Array<[weekday: number, from: string, to: string]>): WeeklyHours =>
  intervals.map(([day, from, to]) => ({ weekday: day, from, to }));

/** Whether `minutes` from a wall time (the first of two) are open. */
function isOpen(hours: WeeklyHours, day: string, clock: string, minutes: number, zone = amsterdam, nth = 0): boolean {
  const fromUtc = instantsAt(day, clock, zone)[nth] ?? '';
  const span = { fromUtc, toUtc: addMinutes(fromUtc, minutes) };
  return isWithin(span, openSpans(hours, [], zone, span));
}

describe('when a plan is open', () => {
  it('joins intervals that touch or overlap', () => {
    const touching = plan([1, '12:00', '17:00'], [1, '09:00', '12:00']);
    expect(isOpen(touching, monday, '11:30', 60)).toBe(true);
    expect(isOpen(touching, monday, '16:30', 31)).toBe(false);
    expect(
      isOpen(plan([1, '09:00', '12:30'], [1, '10:00', '11:00'], [1, '12:00', '17:00']), monday, '09:00', 480),
    ).toBe(true);
    expect(isOpen(plan([1, '09:00', '12:00'], [1, '12:01', '17:00']), monday, '11:30', 60)).toBe(false);
  });
  it('joins a day that ends at 24:00 to one that begins at 00:00', () => {
    const overnight = plan([1, '18:00', '24:00'], [2, '00:00', '02:00']);
    expect(isOpen(overnight, monday, '23:30', 60)).toBe(true);
    expect(isOpen(overnight, '2026-11-24', '00:30', 60)).toBe(true);
    expect(isOpen(overnight, monday, '23:30', 151)).toBe(false);
    expect(isOpen(plan([1, '18:00', '24:00']), monday, '23:30', 60)).toBe(false);
    expect(isOpen(plan([1, '18:00', '24:00'], [3, '00:00', '02:00']), monday, '23:30', 60)).toBe(false);
  });
  it('takes closures out, also one that ends the day before', () => {
    const hours = plan([1, '00:00', '24:00'], [2, '00:00', '24:00']);
    const lunch = { day: monday, from: '12:00', to: '13:00', reason: '' };
    const around = (fromUtc: string) =>
      openSpans(hours, [lunch], amsterdam, { fromUtc, toUtc: addMinutes(fromUtc, 60) });
    const [noon = ''] = instantsAt(monday, '12:00', amsterdam);
    expect(isWithin({ fromUtc: addMinutes(noon, -30), toUtc: noon }, around(noon))).toBe(true);
    expect(isWithin({ fromUtc: addMinutes(noon, -30), toUtc: addMinutes(noon, 1) }, around(noon))).toBe(false);
    expect(isWithin({ fromUtc: addMinutes(noon, 59), toUtc: addMinutes(noon, 61) }, around(noon))).toBe(false);
    expect(isWithin({ fromUtc: addMinutes(noon, 60), toUtc: addMinutes(noon, 90) }, around(noon))).toBe(true);
  });
  it('counts hours that pass where the clock is put back: 02:45 is not open because 02:15 comes after it', () => {
    const night = plan([7, '02:00', '02:30']);
    expect(weekday('2026-10-25')).toBe(7);
    expect(isOpen(night, '2026-10-25', '02:00', 30)).toBe(true);
    expect(isOpen(night, '2026-10-25', '02:45', 30)).toBe(false);
    // One interval of wall time that spans the doubled hour is an hour longer.
    expect(isOpen(plan([7, '01:00', '03:00']), '2026-10-25', '01:00', 180)).toBe(true);
    expect(isOpen(plan([7, '01:00', '03:00']), '2026-10-25', '02:30', 30, amsterdam, 1)).toBe(true);
  });
  it('is not open in an hour that is skipped, and joins what it parts', () => {
    const day = '2027-03-28';
    expect(openSpans(plan([7, '02:00', '03:00']), [], amsterdam, spanOn(day))).toEqual([]);
    expect(isOpen(plan([7, '01:00', '02:15'], [7, '02:45', '04:00']), day, '01:00', 120)).toBe(true);
    expect(isOpen(plan([7, '01:00', '04:00']), day, '01:00', 121)).toBe(false);
  });
});

const spanOn = (day: string) => ({ fromUtc: `${day}T00:00:00.000Z`, toUtc: `${day}T23:00:00.000Z` });

describe('ORG-3', () => {
  it.each([
    ['02:45', '02:15'],
    ['09:00', '09:00'],
    ['24:00', '24:00'],
  ])('refuses an interval %s to %s', (from, to) => {
    expect(weeklyHoursSchema.safeParse([{ weekday: 1, from, to }]).success).toBe(false);
    expect(closureSchema.safeParse({ day: monday, from, to, reason: '' }).success).toBe(false);
  });
  it('refuses a day that does not exist', () => {
    expect(closureSchema.safeParse({ day: '2026-02-29', from: '09:00', to: '10:00', reason: '' }).success).toBe(false);
    expect(closureSchema.safeParse({ day: '2028-02-29', from: '09:00', to: '10:00', reason: '' }).success).toBe(true);
  });
});
