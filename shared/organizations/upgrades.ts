/** Changes of shape of what has weekly hours, closures or absences (`kernel/upgrade.ts`). */
import { z } from 'zod';
import type { Fields } from '../kernel/kind.ts';
import { addDays, daySchema } from '../kernel/time.ts';

const hoursSchema = z.array(z.looseObject({ weekday: z.int(), from: z.string(), to: z.string() }));
const closuresSchema = z.array(z.looseObject({ day: z.string(), from: z.string(), to: z.string() }));

type Interval = { from: string; to: string };
const endsAfterItBegins = ({ from, to }: Interval): boolean => to > from;

/** An interval that goes on over midnight as two (ORG-3); one without length is none: it never opened or closed anything. */
function parted<T extends Interval>(interval: T, next: (interval: T) => T): T[] {
  if (endsAfterItBegins(interval)) return [interval];
  if (interval.from === interval.to) return [];
  return [
    { ...interval, to: '24:00' },
    { ...next(interval), from: '00:00' },
  ].filter(endsAfterItBegins);
}

/** Weekly hours without intervals that end before they begin. */
function partedHours(hours: unknown): unknown {
  const old = hoursSchema.safeParse(hours);
  if (!old.success || old.data.every(endsAfterItBegins)) return hours;
  return old.data.flatMap((one) => parted(one, (night) => ({ ...night, weekday: (night.weekday % 7) + 1 })));
}

/** Closures, or absences, without such intervals, and without days that the calendar does not have: those closed nothing. */
function partedClosures(closures: unknown): unknown {
  const old = closuresSchema.safeParse(closures);
  if (!old.success) return closures;
  const exists = ({ day }: { day: string }): boolean => daySchema.safeParse(day).success;
  if (old.data.every((one) => endsAfterItBegins(one) && exists(one))) return closures;
  return old.data.filter(exists).flatMap((one) => parted(one, (night) => ({ ...night, day: addDays(night.day, 1) })));
}

/** `fields` with one of them changed; the same object where it stays as it is, or is not there. */
function withField(fields: Fields, name: string, change: (value: unknown) => unknown): Fields {
  if (!(name in fields)) return fields;
  const value = change(fields[name]);
  return value === fields[name] ? fields : { ...fields, [name]: value };
}

const partHours = (fields: Fields): Fields => withField(fields, 'hours', partedHours);
const partPractices = (practices: unknown): unknown => {
  if (!Array.isArray(practices)) return practices;
  const after = practices.map((practice: Fields) => partHours(practice));
  return after.some((one, i) => one !== practices[i]) ? after : practices;
};

/** A location's plan over midnight becomes two intervals, as a device's and a person's do. */
export const partLocationHours = (fields: Fields): Fields => withField(partHours(fields), 'closures', partedClosures);
export const partDeviceHours = partHours;
export const partPracticeHours = (fields: Fields): Fields =>
  withField(withField(fields, 'practices', partPractices), 'absences', partedClosures);
