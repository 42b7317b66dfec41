import { describe, expect, it } from 'vitest';
import { kinds } from '../collections.ts';
import { upgradeDoc } from '../kernel/upgrade.ts';

const id = '01980000-0000-7000-8000-000000000001';
const on = (weekday: number, from: string, to: string) => ({ weekday, from, to });
const closed = (day: string, from: string, to: string) => ({ day, from, to, reason: 'x' });
const hoursOf = (hours: unknown) => upgradeDoc(kinds, 'device', { id, hours })['hours'];
const closuresOf = (closures: unknown) => upgradeDoc(kinds, 'location', { id, closures })['closures'];

describe('plans of version 1 that end before they begin (ORG-3)', () => {
  it.each([
    ['over midnight', [on(1, '22:00', '06:00')], [on(1, '22:00', '24:00'), on(2, '00:00', '06:00')]],
    ['from Sunday into Monday', [on(7, '20:00', '02:30')], [on(7, '20:00', '24:00'), on(1, '00:00', '02:30')]],
    ['until midnight written as 00:00', [on(3, '14:00', '00:00')], [on(3, '14:00', '24:00')]],
    ['from 24:00', [on(3, '24:00', '05:00')], [on(4, '00:00', '05:00')]],
    ['without length', [on(3, '09:00', '09:00'), on(4, '08:00', '17:00')], [on(4, '08:00', '17:00')]],
    [
      'others beside it stay in their order',
      [on(1, '08:00', '12:00'), on(1, '22:00', '01:00'), on(2, '08:00', '12:00')],
      [on(1, '08:00', '12:00'), on(1, '22:00', '24:00'), on(2, '00:00', '01:00'), on(2, '08:00', '12:00')],
    ],
  ])('weekly hours %s', (_, before, after) => expect(hoursOf(before)).toEqual(after));

  it.each([
    [
      'over midnight and the end of a year',
      [closed('2026-12-31', '22:00', '06:00')],
      [closed('2026-12-31', '22:00', '24:00'), closed('2027-01-01', '00:00', '06:00')],
    ],
    ['on a day that does not exist', [closed('2026-02-30', '08:00', '12:00')], []],
    ['without length', [closed('2026-02-20', '08:00', '08:00')], []],
  ])('closures %s', (_, before, after) => expect(closuresOf(before)).toEqual(after));

  it('practices and absences of a person; a practice that is right is the same', () => {
    const right = { locationId: id, hours: [on(1, '08:00', '12:00')] };
    const night = { locationId: id, hours: [on(5, '22:00', '02:00')] };
    const absences = [closed('2026-01-01', '23:00', '01:00')];
    expect(upgradeDoc(kinds, 'user', { id, practices: [right, night], absences })).toEqual({
      id,
      practices: [right, { locationId: id, hours: [on(5, '22:00', '24:00'), on(6, '00:00', '02:00')] }],
      absences: [closed('2026-01-01', '23:00', '24:00'), closed('2026-01-02', '00:00', '01:00')],
    });
  });

  it('what is not a plan at all is left for the check of documents to find', () => {
    const broken = { id, hours: [{ weekday: 'Monday' }], closures: 'none' };
    expect(upgradeDoc(kinds, 'location', broken)).toBe(broken);
  });
});
