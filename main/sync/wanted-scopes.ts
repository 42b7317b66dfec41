import { coreScope, inboxScope, patientScope, scheduleScopes } from '../../shared/kernel/scopes.ts';
import { addMinutes } from '../../shared/kernel/time.ts';
import type { Location } from '../../shared/organizations/schema.ts';
import type { Appointment } from '../../shared/scheduling/schema.ts';
import type { Encounter } from '../../shared/waiting-room/schema.ts';
import type { Reader } from '../../shared/kernel/reader.ts';

const DAY_MIN = 24 * 60;
/** Schedules from a month back to a month ahead; charts of who is here from yesterday to tomorrow, and of who was opened. */
const SCHEDULE_DAYS = 31;
const CHART_DAYS = 1;

/**
 * What this station follows (`change-sets.md` §3): core, the schedules of all locations (so that a practitioner's or a
 * patient's other place is known), its own inbox, and the charts of the patients at hand.
 */
export async function wantedScopes(
  reader: Reader,
  locationId: string,
  nowUtc: string,
  opened: readonly string[],
): Promise<Set<string>> {
  const wanted = new Set([coreScope, inboxScope(locationId), ...opened.map(patientScope)]);
  const around = (days: number): [string, string] => [
    addMinutes(nowUtc, -days * DAY_MIN),
    addMinutes(nowUtc, days * DAY_MIN),
  ];
  const locations = await reader.find<Location>('location', 'all', { prefix: '' });
  for (const id of [locationId, ...locations.map((one) => one.id)])
    for (const scope of scheduleScopes(id, ...around(SCHEDULE_DAYS))) wanted.add(scope);
  const [from, to] = around(CHART_DAYS);
  for (const location of locations) {
    const range = { from: `${location.id}/${from}`, to: `${location.id}/${to}` };
    for (const one of await reader.find<Appointment>('appointment', 'byStart', range))
      wanted.add(patientScope(one.patientId));
    for (const one of await reader.find<Encounter>('encounter', 'byOpened', range))
      wanted.add(patientScope(one.patientId));
    for (const one of await reader.find<Encounter>('encounter', 'open', { prefix: location.id }))
      wanted.add(patientScope(one.patientId));
  }
  return wanted;
}
