import type { Context } from 'hono';
import { permissionsOf, roleSchema, type Permission } from '../../shared/access/permissions.ts';
import { idSchema } from '../../shared/kernel/id.ts';
import { CONTACT_HEADER } from '../../shared/sync/protocol.ts';
import { membershipsOf, resolveOrganization } from '../access/accounts.ts';
import { verifyAccessToken } from '../access/access-token.ts';
import type { Db } from '../db/db.ts';
import { inOrganization } from '../db/tenant.ts';
import { createContacts } from '../stations/contact.ts';
import { authenticateStation, type StationIdentity } from '../stations/station-credentials.ts';
import { type Problem, problem } from './errors.ts';
import { type AppDeps, isLoopback, type UserIdentity } from './request.ts';
import type { Route } from './routes.ts';

export type Authenticated =
  | { ok: true; user?: UserIdentity; station?: StationIdentity }
  | { ok: false; problem: Problem };

const no = (given: Problem): Authenticated => ({ ok: false, problem: given });

/** Holds a request against its route's policy; whatever is not plainly allowed is refused. */
export async function authenticate(
  deps: AppDeps,
  context: Context,
  route: Route,
  remoteAddress: string,
): Promise<Authenticated> {
  if (route.auth === 'public') return { ok: true };
  if (route.auth === 'loopback') return isLoopback(remoteAddress) ? { ok: true } : no(problem('loopback-only'));
  return route.auth === 'user' ? authenticateUser(deps, context, route) : stationOf(deps, context, route);
}

async function authenticateUser(deps: AppDeps, context: Context, route: Route): Promise<Authenticated> {
  const token = /^Bearer ([\w.-]{20,4000})$/.exec(context.req.header('authorization') ?? '')?.[1];
  if (!token) return no(problem('not-signed-in', { headers: { 'www-authenticate': 'Bearer' } }));
  const verified = await verifyAccessToken(deps.accessTokenSecret, token, Date.parse(deps.nowUtc()));
  if (!verified.ok)
    return no(problem(verified.code, { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }));
  const { userId } = verified;
  // A token outlives a dismissal by up to 15 minutes; the membership does not.
  if ((await membershipsOf(deps.db, userId)).length === 0) return no(problem('token-invalid'));
  const named = context.req.header('x-organization-id');
  if (named !== undefined && !idSchema.safeParse(named).success) return no(problem('not-found'));
  const organizationId = await resolveOrganization(deps.db, userId, named);
  if (named !== undefined && organizationId === undefined) return no(problem('not-found'));
  const permissions = organizationId ? await permissionsIn(deps.db, organizationId, userId) : new Set<Permission>();
  if (route.permission && !permissions.has(route.permission)) return no(problem('not-permitted'));
  return { ok: true, user: { userId, organizationId, permissions } };
}

async function permissionsIn(db: Db, organizationId: string, userId: string): Promise<ReadonlySet<Permission>> {
  const rows = await inOrganization(db, organizationId, (tx) =>
    tx.query<{ roles: string[]; active: boolean }>(
      'select roles, active from user_rights where user_id = $1 order by change_number desc limit 1',
      [userId],
    ),
  );
  const row = rows[0];
  return row?.active ? permissionsOf(row.roles.flatMap((role) => roleSchema.safeParse(role).data ?? [])) : new Set();
}

/** A revoked station may still bring its unsent sets (they are quarantined) and nothing else. */
async function stationOf(deps: AppDeps, context: Context, route: Route): Promise<Authenticated> {
  const station = await authenticateStation(deps.db, context.req.header('authorization'));
  if (!station) return no(problem('station-unknown'));
  if (station.isRevoked && route.path !== '/sync/v1/push') return no(problem('station-revoked'));
  const contact = context.req.header(CONTACT_HEADER);
  if (contact === undefined) return { ok: true, station };
  // `hello` shows its token in its body, and finds out more.
  if (route.path === '/sync/v1/hello') return { ok: true, station };
  const found = await inOrganization(deps.db, station.organizationId, (tx) =>
    createContacts(deps.accessTokenSecret).confirm(tx, station.stationId, contact),
  );
  if (found === 'known') return { ok: true, station };
  return no(problem(found === 'put-back' ? 'fork' : 'second-copy'));
}
