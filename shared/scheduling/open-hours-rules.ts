/** When a weekly plan is open, as instants: wall clocks of other zones, days of 23 hours and midnights need no care after this. */
import { addDays, localTime, reachedAt, weekday } from '../kernel/time.ts';
import type { Closure, WeeklyHours } from '../organizations/schema.ts';

/** From inclusive, to exclusive. */
export type Span = { fromUtc: string; toUtc: string };
type WallInterval = { day: string; from: string; to: string };

/**
 * When a plan of a zone is open in a window, in order. Intervals that touch or overlap are one, over midnight too, where one day
 * ends at 24:00 and the next begins at 00:00; closures are taken out. Spans reach beyond the window where the days at its ends do.
 */
export function openSpans(hours: WeeklyHours, closures: readonly Closure[], zone: string, window: Span): Span[] {
  const days = daysOf(zone, window);
  const open = days.flatMap((day) =>
    hours.filter((one) => one.weekday === weekday(day)).map((one) => spanOf({ ...one, day }, zone)),
  );
  const closed = closures.filter((one) => days.includes(one.day)).map((one) => spanOf(one, zone));
  return closed.filter(isSome).reduce(without, joined(open.filter(isSome)));
}

/** An interval of a day's wall clock; empty where the clock is put forward over all of it. */
export const spanOf = ({ day, from, to }: WallInterval, zone: string): Span => ({
  fromUtc: reachedAt(day, from, zone),
  toUtc: reachedAt(day, to, zone),
});

/** Whether all of a span lies in one of others. */
export const isWithin = (span: Span, others: readonly Span[]): boolean =>
  others.some((one) => one.fromUtc <= span.fromUtc && one.toUtc >= span.toUtc);

/** The one of some spans that an instant lies in. */
export const spanAt = <S extends Span>(atUtc: string, spans: readonly S[]): S | undefined =>
  spans.find((one) => one.fromUtc <= atUtc && one.toUtc > atUtc);

/** The days of a zone that a window touches, and the day before, whose last interval may go on into it. */
function daysOf(zone: string, { fromUtc, toUtc }: Span): string[] {
  const last = localTime(toUtc, zone).day;
  const days = [addDays(localTime(fromUtc, zone).day, -1)];
  for (let day = addDays(days[0] ?? last, 1); day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

const isSome = (span: Span): boolean => span.fromUtc < span.toUtc;

function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const one of spans.toSorted((a, b) => (a.fromUtc < b.fromUtc ? -1 : 1))) {
    const last = result.at(-1);
    if (last && one.fromUtc <= last.toUtc) last.toUtc = one.toUtc > last.toUtc ? one.toUtc : last.toUtc;
    else result.push({ ...one });
  }
  return result;
}

const without = (spans: readonly Span[], closed: Span): Span[] =>
  spans
    .flatMap(({ fromUtc, toUtc }) => [
      { fromUtc, toUtc: closed.fromUtc < toUtc ? closed.fromUtc : toUtc },
      { fromUtc: closed.toUtc > fromUtc ? closed.toUtc : fromUtc, toUtc },
    ])
    .filter(isSome);
