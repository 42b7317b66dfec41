import type { RuleContext } from '../kernel/command.ts';
import type { Reader } from '../kernel/reader.ts';
import { latestDay, localTime } from '../kernel/time.ts';
import type { Location } from '../organizations/schema.ts';

/** The day at the station's location (PEOPLE-3); where that is not known, the latest day anywhere. */
export async function gatherToday(reader: Reader, { station, nowUtc }: RuleContext): Promise<string> {
  const location = station.locationId ? await reader.get<Location>('location', station.locationId) : undefined;
  return location ? localTime(nowUtc, location.zone).day : latestDay(nowUtc);
}
