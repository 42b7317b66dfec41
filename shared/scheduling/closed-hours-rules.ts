/** When a column of the day is closed, and why: intervals of one day, for the hatching on the grid. */
import type { Device } from '../devices/schema.ts';
import { dayBounds } from '../kernel/time.ts';
import type { Closure, Location, WeeklyHours } from '../organizations/schema.ts';
import type { User } from '../users/schema.ts';
import type { Span } from './open-hours-rules.ts';
import { openSpans, spanAt, spanOf } from './open-hours-rules.ts';

export type ClosedWhy =
  | { code: 'location-hours' }
  | { code: 'closure'; reason: string }
  | { code: 'absence'; reason: string }
  | { code: 'elsewhere'; locationName: string; untilUtc: string }
  | { code: 'hours' };

export type ClosedSpan = Span & { why: ClosedWhy };

type Resource = { practitioner: User } | { device: Device } | { room: string };

/**
 * The closed spans of one resource on one day of a location, in order. Where several reasons hold, the one that says most is given:
 * a named closure before an absence, before "works elsewhere", before plain hours.
 */
export function closedSpans(
  day: string,
  location: Location,
  resource: Resource,
  locations: readonly Location[],
): ClosedSpan[] {
  const { zone } = location;
  const whole = dayBounds(day, zone);
  const practices = 'practitioner' in resource ? resource.practitioner.practices : [];
  const named = (closures: readonly Closure[]) =>
    closures.filter((one) => one.day === day).map((one) => ({ ...spanOf(one, zone), reason: one.reason }));
  const closures = named(location.closures);
  const absences = named('practitioner' in resource ? resource.practitioner.absences : []);
  const open = openSpans(location.hours, [], zone, whole);
  const plan = ownHours(resource, location);
  const own = plan && openSpans(plan, [], zone, whole);
  const away = awaySpans(whole, location, practices, locations);

  const whyAt = (atUtc: string): ClosedWhy | null => {
    const closure = spanAt(atUtc, closures);
    if (closure) return { code: 'closure', reason: closure.reason };
    if (!spanAt(atUtc, open)) return { code: 'location-hours' };
    const absence = spanAt(atUtc, absences);
    if (absence) return { code: 'absence', reason: absence.reason };
    if (own === null || spanAt(atUtc, own)) return null;
    const there = spanAt(atUtc, away);
    return there ? { code: 'elsewhere', locationName: there.locationName, untilUtc: there.toUtc } : { code: 'hours' };
  };

  const edges = [...closures, ...absences, ...open, ...(own ?? []), ...away].flatMap((one) => [one.fromUtc, one.toUtc]);
  const inside = edges.filter((atUtc) => atUtc > whole.fromUtc && atUtc < whole.toUtc);
  const cuts = [...new Set([whole.fromUtc, ...inside, whole.toUtc])].toSorted();
  const spans: ClosedSpan[] = [];
  for (const [i, fromUtc] of cuts.slice(0, -1).entries()) {
    const toUtc = cuts[i + 1] ?? whole.toUtc;
    const why = whyAt(fromUtc);
    const last = spans.at(-1);
    if (!why) continue;
    if (last && last.toUtc === fromUtc && JSON.stringify(last.why) === JSON.stringify(why)) last.toUtc = toUtc;
    else spans.push({ fromUtc, toUtc, why });
  }
  return spans;
}

/** The resource's own weekly plan at this location; null: open whenever the location is. */
function ownHours(resource: Resource, location: Location): WeeklyHours | null {
  if ('device' in resource) return resource.device.hours;
  if ('room' in resource) return null;
  return resource.practitioner.practices.find((one) => one.locationId === location.id)?.hours ?? [];
}

/** When a practitioner works at other locations, whose hours are of their own zones. */
function awaySpans(
  whole: Span,
  location: Location,
  practices: User['practices'],
  locations: readonly Location[],
): Array<Span & { locationName: string }> {
  return practices.flatMap((practice) => {
    const other = locations.find((one) => one.id === practice.locationId && one.id !== location.id);
    if (!other) return [];
    return openSpans(practice.hours, [], other.zone, whole).map((span) => ({ ...span, locationName: other.name }));
  });
}
