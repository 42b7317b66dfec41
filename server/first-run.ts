import type { z } from 'zod';
import type { Result } from '../shared/kernel/result.ts';
import { fail, ok } from '../shared/kernel/result.ts';
import type { setUpAnswerSchema, setUpRequestSchema } from '../shared/sync/protocol.ts';
import { setFirstPassword } from './access/accounts.ts';
import { createOrganization, hasOrganization } from './organizations/create-organization.ts';
import type { DeskDeps } from './desk/receive.ts';
import type { ServerDesk } from './desk/server-desk.ts';
import { issueEnrolCode } from './stations/enrol-codes.ts';
import { serverAuthor } from './stations/enrol.ts';

type SetUpRequest = z.infer<typeof setUpRequestSchema>;
type SetUpAnswer = z.infer<typeof setUpAnswerSchema>;

const CODE_VALID_MINUTES = 60;

export type NewOrganization = Omit<SetUpRequest, 'password'> & {
  organizationId: string;
  locationId: string;
  userId: string;
};

/** An organization with its first location and manager, through the desk's `organizations/set-up`. Field codes when the law refuses. */
export async function addOrganization(
  deps: { deskDeps: DeskDeps; desk: ServerDesk },
  input: NewOrganization,
): Promise<Result<null, Record<string, string>>> {
  const { db, newId, nowUtc } = deps.deskDeps;
  const serverStationId = newId();
  await createOrganization(db, {
    id: input.organizationId,
    name: input.organizationName,
    serverStationId,
    nowUtc: nowUtc(),
  });
  const call = { name: 'organizations/set-up', input, author: serverAuthor(serverStationId), seen: {}, reason: null };
  const ran = await deps.desk.run(input.organizationId, call);
  return ran.ok ? ok(null) : fail(Object.fromEntries(ran.error.map((one) => [one.field ?? one.law, one.code])));
}

/**
 * The first run without the demo: makes organization, location, manager and one enrolment code, once per server. The password goes
 * to the credentials only, never into a change set.
 */
export async function setUpServer(
  deps: { deskDeps: DeskDeps; desk: ServerDesk },
  request: SetUpRequest,
): Promise<Result<SetUpAnswer, 'already-set-up' | Record<string, string>>> {
  const { db, newId } = deps.deskDeps;
  if (!isZone(request.zone)) return fail({ zone: 'unknown-zone' });
  const { password, ...names } = request;
  const ids = { organizationId: newId(), locationId: newId(), userId: newId() };
  if (await hasOrganization(db)) return fail('already-set-up');
  const added = await addOrganization(deps, { ...names, ...ids });
  if (!added.ok) return added;
  await setFirstPassword(db, ids.userId, password, false);
  const enrolCode = await issueEnrolCode(db, { ...ids, purpose: 'first-run', validMinutes: CODE_VALID_MINUTES });
  return ok({ ...ids, enrolCode });
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
