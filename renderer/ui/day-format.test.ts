import { expect, it } from 'vitest';
import { addDays } from '../../shared/kernel/time.ts';
import { parseDay } from '../../shared/kernel/typed-day.ts';
import { formatDay } from './day-format.ts';

it.each(['en', 'id'])('a day as the field shows it in %s, typed again, is that day', (locale) => {
  for (let ahead = 0; ahead < 800; ahead++) {
    const day = addDays('2026-11-20', ahead);
    expect(parseDay(formatDay(day, locale), '2026-11-20')).toEqual([day]);
  }
});
