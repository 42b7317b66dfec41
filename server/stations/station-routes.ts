import type { z } from 'zod';
import type { CommandCall } from '../../shared/desk/ports.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import { instantFromMs, msOf } from '../../shared/kernel/time.ts';
import type {
  newCodeAnswerSchema,
  newCodeRequestSchema,
  revokeRequestSchema,
} from '../../shared/sync/station-deeds.ts';
import { createCabinetReader } from '../db/cabinet-reader.ts';
import { inOrganization } from '../db/tenant.ts';
import { type Problem, problem } from '../http/errors.ts';
import { type AppDeps, handle, type Handler, type UserIdentity } from '../http/request.ts';
import { issueEnrolCode } from './enrol-codes.ts';

/** Long enough to carry a code to the machine, too short to be left lying about. */
const CODE_VALID_MINUTES = 60;

/** A call by the person of a request; the server's desk gives it and keeps it in the log. */
const callOf = (user: UserIdentity, name: string, input: CommandCall['input'], reason: string | null): CommandCall => ({
  name,
  input,
  author: { id: user.userId, name: '', permissions: user.permissions, automatic: false },
  seen: {},
  reason,
});

function problemOf(violations: readonly Violation[]): Problem {
  const [first] = violations;
  if (first?.code === 'not-permitted') return problem('not-permitted');
  if (first?.code === 'no-location' || first?.code === 'no-station') return problem('not-found');
  if (first?.code === 'already-revoked') return problem(first.code);
  return problem('validation-failed', { fields: { [first?.field ?? 'body']: first?.code ?? 'refused' } });
}

async function run(deps: AppDeps, organizationId: string, call: CommandCall): Promise<Problem | undefined> {
  const ran = await deps.desk.run(organizationId, call);
  return ran.ok ? undefined : problemOf(ran.error);
}

/** All stations, newest contact and revocation with them. */
const list = handle(async ({ deps, user }) => {
  if (!user.organizationId) return problem('not-found');
  const data = await inOrganization(deps.db, user.organizationId, async (tx) => {
    const docs = await createCabinetReader(tx).find('station', 'all', { prefix: '' });
    const contacts = await tx.query<{ id: string; last_contact_at: Date | null }>(
      'select id, last_contact_at from stations',
    );
    const byId = new Map(contacts.map((row) => [row.id, row.last_contact_at?.toISOString() ?? null]));
    return docs.map((doc) => ({ ...doc, lastContactAtUtc: byId.get(doc.id) ?? null }));
  });
  return Response.json({ data });
});

/** A one-time code for a location. Codes that were asked for before stay good: two stations may be set up side by side. */
const newCode = handle<z.infer<typeof newCodeRequestSchema>>(async ({ deps, body, user }) => {
  const { organizationId } = user;
  if (!organizationId) return problem('not-found');
  const expiresAtUtc = instantFromMs(msOf(deps.nowUtc()) + CODE_VALID_MINUTES * 60_000);
  const input = { locationId: body.locationId, expiresAtUtc };
  const refused = await run(deps, organizationId, callOf(user, 'stations/issue-code', input, null));
  if (refused) return refused;
  const code = await issueEnrolCode(deps.db, {
    organizationId,
    locationId: body.locationId,
    purpose: `asked ${deps.newId()}`,
    validMinutes: CODE_VALID_MINUTES,
  });
  deps.log('info', 'enrol-code-issued', { userId: user.userId, organizationId, locationId: body.locationId });
  const answer: z.infer<typeof newCodeAnswerSchema> = { code, locationId: body.locationId, expiresAtUtc };
  return Response.json(answer, { status: 201 });
});

const revoke = handle<z.infer<typeof revokeRequestSchema>>(async ({ deps, body, params, user }) => {
  const { organizationId } = user;
  const stationId = params['id'];
  if (!organizationId || !stationId) return problem('not-found');
  const refused = await run(deps, organizationId, callOf(user, 'stations/revoke', { stationId }, body.reason));
  if (refused) return refused;
  deps.log('info', 'station-revoked', { userId: user.userId, organizationId, stationId });
  const doc = await inOrganization(deps.db, organizationId, async (tx) =>
    createCabinetReader(tx).get('station', stationId),
  );
  return Response.json(doc);
});

export const stationAdminHandlers: Readonly<Record<string, Handler>> = {
  'GET /v1/stations': list,
  'POST /v1/stations/enrol-codes': newCode,
  'POST /v1/stations/{id}/revoke': revoke,
};
