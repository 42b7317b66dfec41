/** Whether a set can have been made when it says so. Order never comes from it, but documents carry it for ever. */
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Queryable } from '../db/db.ts';

/** A clock that is off is an honest fault, and is measured at every contact; more than a day is not. */
const TOLERANCE = '1 day';
const DAY_MS = 86_400_000;
/**
 * What speaks against the time: after now; or long before both what its station had seen by then and its station's own set before
 * it: a server that was put back gives numbers anew, so neither alone says enough.
 */
export async function forgedTime(
  tx: Queryable,
  set: ChangeSet,
  { through, nowUtc }: { through: number; nowUtc: string },
): Promise<string | undefined> {
  if (Date.parse(set.atUtc) - Date.parse(nowUtc) > DAY_MS) return 'time-to-come';
  const rows = await tx.query<{ early: boolean }>(
    `select $1::timestamptz < least(
         (select committed_at from change_sets where number = $2),
         coalesce(
           (select (body::json ->> 'atUtc')::timestamptz from change_sets
            where station_id = $4 and station_seq < $5 order by station_seq desc limit 1),
           (select enrolled_at from stations where id = $4))
       ) - $3::interval as early`,
    [set.atUtc, through, TOLERANCE, set.stationId, set.stationSeq],
  );
  return rows[0]?.early ? 'time-before-what-was-seen' : undefined;
}
