/** When a column of the day is closed, and why: wall-clock intervals of one day, for the hatching on the grid. */
import type { Device } from '../devices/schema.ts';
import { addDays, instantAt, localTime, weekday } from '../kernel/time.ts';
import type { Closure, Location, WeeklyHours } from '../organizations/schema.ts';
import type { User } from '../users/schema.ts';

export type ClosedWhy =
  | { code: 'location-hours' }
  | { code: 'closure'; reason: string }
  | { code: 'absence'; reason: string }
  | { code: 'elsewhere'; locationName: string; until: string }
  | { code: 'hours' };

/** From inclusive, to exclusive, as the location's wall clock shows; `24:00` is the day's end. */
export type ClosedSpan = { from: string; to: string; why: ClosedWhy };

type Resource = { practitioner: User } | { device: Device } | { room: string };

const openAt = (hours: WeeklyHours, day: string, clock: string): boolean =>
  hours.some((one) => one.weekday === weekday(day) && one.from <= clock && one.to > clock);
const closureAt = (closures: readonly Closure[], day: string, clock: string): Closure | undefined =>
  closures.find((one) => one.day === day && one.from <= clock && one.to > clock);

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
  const practices = 'practitioner' in resource ? resource.practitioner.practices : [];
  const absences = 'practitioner' in resource ? resource.practitioner.absences : [];
  const own = ownHours(resource, location);
  const plans = [location.hours, own ?? []];
  const away = awaySpans(day, location, practices, locations);
  const edges = [
    ...away.flatMap((one) => [one.from, one.to]),
    ...plans.flatMap((plan) => plan.filter((one) => one.weekday === weekday(day)).flatMap((one) => [one.from, one.to])),
    ...[...location.closures, ...absences].filter((one) => one.day === day).flatMap((one) => [one.from, one.to]),
  ];
  const cuts = [...new Set(['00:00', ...edges, '24:00'])].toSorted();

  const whyAt = (clock: string): ClosedWhy | null => {
    const closure = closureAt(location.closures, day, clock);
    if (closure) return { code: 'closure', reason: closure.reason };
    if (!openAt(location.hours, day, clock)) return { code: 'location-hours' };
    const absence = closureAt(absences, day, clock);
    if (absence) return { code: 'absence', reason: absence.reason };
    if (own === null || openAt(own, day, clock)) return null;
    const there = away.find((one) => one.from <= clock && one.to > clock);
    if (there) return { code: 'elsewhere', locationName: there.locationName, until: there.to };
    return { code: 'hours' };
  };

  const spans: ClosedSpan[] = [];
  for (const [i, from] of cuts.slice(0, -1).entries()) {
    const to = cuts[i + 1] ?? '24:00';
    const why = whyAt(from);
    const last = spans.at(-1);
    if (!why) continue;
    if (last && last.to === from && JSON.stringify(last.why) === JSON.stringify(why)) last.to = to;
    else spans.push({ from, to, why });
  }
  return spans;
}

/** The resource's own weekly plan at this location; null: open whenever the location is. */
function ownHours(resource: Resource, location: Location): WeeklyHours | null {
  if ('device' in resource) return resource.device.hours;
  if ('room' in resource) return null;
  return resource.practitioner.practices.find((one) => one.locationId === location.id)?.hours ?? [];
}

type Away = { from: string; to: string; locationName: string };

/** When a practitioner works at other locations, on this location's wall clock: the other's hours are of the other's zone. */
function awaySpans(
  day: string,
  location: Location,
  practices: User['practices'],
  locations: readonly Location[],
): Away[] {
  const zone = location.zone;
  const begin = instantAt(day, '00:00', zone);
  const end = instantAt(addDays(day, 1), '00:00', zone);
  const clockOf = (instantUtc: string): string =>
    instantUtc <= begin ? '00:00' : instantUtc >= end ? '24:00' : localTime(instantUtc, zone).clock;
  return practices.flatMap((practice) => {
    const other = locations.find((one) => one.id === practice.locationId && one.id !== location.id);
    if (!other) return [];
    // A zone ahead or behind brings a neighbouring day's hours into this day.
    return [addDays(day, -1), day, addDays(day, 1)].flatMap((one) =>
      practice.hours
        .filter((hours) => hours.weekday === weekday(one))
        .map((hours) => ({ from: instantAt(one, hours.from, other.zone), to: instantAt(one, hours.to, other.zone) }))
        .filter((hours) => hours.from < end && hours.to > begin)
        .map((hours) => ({ from: clockOf(hours.from), to: clockOf(hours.to), locationName: other.name })),
    );
  });
}
