import type { z } from 'zod';
import type { Result } from '../shared/kernel/result.ts';
import { fail, ok } from '../shared/kernel/result.ts';
import { zoneSchema } from '../shared/kernel/time.ts';
import type { setUpAnswerSchema, setUpRequestSchema } from '../shared/sync/protocol.ts';
import { setFirstPassword } from './access/accounts.ts';
import type { Queryable } from './db/db.ts';
import { inOrganization } from './db/tenant.ts';
import type { DeskDeps } from './desk/desk-deps.ts';
import { runIn } from './desk/run.ts';
import { createOrganization, hasOrganization } from './organizations/create-organization.ts';
import { issueEnrolCode } from './stations/enrol-codes.ts';
import { serverAuthor } from './stations/enrol.ts';

type SetUpRequest = z.infer<typeof setUpRequestSchema>;
type SetUpAnswer = z.infer<typeof setUpAnswerSchema>;

const CODE_VALID_MINUTES = 60;
const SET_UP_LOCK = 7_204_513;

export type NewOrganization = Omit<SetUpRequest, 'password'> & {
  organizationId: string;
  locationId: string;
  userId: string;
};

/** An organization with its first location and manager, through the desk's `organizations/set-up`; all of it or nothing. */
export function addOrganization(deskDeps: DeskDeps, input: NewOrganization): Promise<void> {
  return inOrganization(deskDeps.db, input.organizationId, (tx) => addOrganizationIn(tx, deskDeps, input));
}

/** Throws when the law refuses: what comes here was checked at the door. */
async function addOrganizationIn(tx: Queryable, deskDeps: DeskDeps, input: NewOrganization): Promise<void> {
  const serverStationId = deskDeps.newId();
  await createOrganization(tx, {
    id: input.organizationId,
    name: input.organizationName,
    serverStationId,
    nowUtc: deskDeps.nowUtc(),
  });
  const call = { name: 'organizations/set-up', input, author: serverAuthor(serverStationId), seen: {}, reason: null };
  const ran = await runIn(tx, deskDeps, input.organizationId, call);
  if (!ran.ok) throw new Error(`organizations/set-up was refused: ${ran.error.map((one) => one.code).join(', ')}`);
}

/**
 * The first run without the demo: makes organization, location, manager and one enrolment code, once per server. The password goes
 * to the credentials only, never into a change set.
 */
export async function setUpServer(
  deskDeps: DeskDeps,
  request: SetUpRequest,
): Promise<Result<SetUpAnswer, 'already-set-up' | Record<string, string>>> {
  const { db, newId } = deskDeps;
  if (!zoneSchema.safeParse(request.zone).success) return fail({ zone: 'unknown-zone' });
  const { password, ...names } = request;
  const ids = { organizationId: newId(), locationId: newId(), userId: newId() };
  const isFirst = await inOrganization(db, ids.organizationId, async (tx) => {
    // Two set-ups at once: the second waits here and then sees the first one's organization.
    await tx.query('select pg_advisory_xact_lock($1)', [SET_UP_LOCK]);
    if (await hasOrganization(tx)) return false;
    await addOrganizationIn(tx, deskDeps, { ...names, ...ids });
    await setFirstPassword(tx, ids.userId, password, false);
    return true;
  });
  if (!isFirst) return fail('already-set-up');
  const enrolCode = await issueEnrolCode(db, { ...ids, purpose: 'first-run', validMinutes: CODE_VALID_MINUTES });
  return ok({ ...ids, enrolCode });
}
