/** Change sets up (`change-sets.md` §4), in the station's order; each answered by itself. */
import { z } from 'zod';
import type { ChangeSet, SetAnswer } from '../../shared/kernel/change-set.ts';
import { changeSetSchema } from '../../shared/kernel/change-set.ts';
import { idSchema } from '../../shared/kernel/id.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { fail, ok } from '../../shared/kernel/result.ts';
import type { pushAnswerSchema } from '../../shared/sync/protocol.ts';
import { readHead } from '../db/cabinet.ts';
import type { Db } from '../db/db.ts';
import { inOrganization } from '../db/tenant.ts';
import type { ServerDesk } from '../desk/server-desk.ts';
import type { StationIdentity } from '../stations/station-credentials.ts';

/** The least that a set must say to be answered at all. */
const headerSchema = z.looseObject({
  id: idSchema,
  stationId: idSchema,
  stationSeq: z.int().min(1),
  seenThrough: z.int().min(0),
});

/**
 * Gives each set to the desk. A set whose form this server does not know (a newer station's, or a damaged one) is held, not an
 * error; only one that does not say which it is, or names another station, fails the request: field codes.
 */
export async function push(
  deps: { db: Db; desk: ServerDesk },
  station: StationIdentity,
  sets: readonly Record<string, unknown>[],
): Promise<Result<z.infer<typeof pushAnswerSchema>, Record<string, string>>> {
  const headers = sets.map((set) => headerSchema.safeParse(set));
  for (const [i, header] of headers.entries()) {
    if (!header.success) return fail({ [`sets.${i}.${String(header.error.issues[0]?.path[0] ?? '')}`]: 'malformed' });
    if (header.data.stationId !== station.stationId) return fail({ [`sets.${i}.stationId`]: 'not-this-station' });
  }
  const answers: SetAnswer[] = [];
  const memory = {};
  for (const set of sets) {
    const parsed = changeSetSchema.safeParse(set);
    answers.push(
      parsed.success
        ? await deps.desk.receive(station.organizationId, parsed.data, memory)
        : await deps.desk.hold(station.organizationId, set as ChangeSet, 'malformed'),
    );
  }
  return ok({ answers, head: await inOrganization(deps.db, station.organizationId, readHead) });
}
