/** The next free times of what a booking needs together: offered wherever a time is refused. */
import { addMinutes } from '../kernel/time.ts';
import type { BookingFacts, ResourceRefs } from './facts.ts';
import type { Slot } from './rules.ts';
import { checkSlot, openingsOf } from './rules.ts';

export const FREE_TIMES_WINDOW_DAYS = 14;
const STEP_MIN = 15;

/**
 * The first `count` starts at or after `fromUtc`, on a quarter-hour grid, at which no law stands against the booking. The
 * facts must reach over the whole window.
 */
export function nextFreeTimes(
  wanted: { fromUtc: string; durationMin: number; ownId: string | null; refs: ResourceRefs },
  facts: BookingFacts,
  count = 3,
): Slot[] {
  const found: Slot[] = [];
  const quarter = STEP_MIN * 60_000;
  let startsAtUtc = new Date(Math.ceil(Date.parse(wanted.fromUtc) / quarter) * quarter).toISOString();
  const end = addMinutes(wanted.fromUtc, FREE_TIMES_WINDOW_DAYS * 24 * 60);
  const openings = openingsOf(facts, { fromUtc: startsAtUtc, toUtc: addMinutes(end, wanted.durationMin) });
  while (startsAtUtc < end && found.length < count) {
    const slot = { startsAtUtc, endsAtUtc: addMinutes(startsAtUtc, wanted.durationMin) };
    if (checkSlot(slot, wanted.refs, wanted.ownId, facts, openings).length === 0) found.push(slot);
    startsAtUtc = addMinutes(startsAtUtc, STEP_MIN);
  }
  return found;
}
