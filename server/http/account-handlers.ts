import type { z } from 'zod';
import { ACCESS_TOKEN_SECONDS, signAccessToken } from '../access/access-token.ts';
import { findAccount, membershipsOf } from '../access/accounts.ts';
import { countAttempt } from '../access/attempts.ts';
import { issueRefreshToken, refresh, signOut } from '../access/refresh-tokens.ts';
import { foldUsername } from '../db/access-projection.ts';
import { sha256Hex } from '../db/chain.ts';
import { createCabinetReader } from '../db/cabinet-reader.ts';
import { inOrganization } from '../db/tenant.ts';
import { type Problem, problem } from './errors.ts';
import { pageOf, sortOf } from './list-query.ts';
import { type AppDeps, handle, type Handler, isLoopback } from './request.ts';
import type { refreshSchema, signInSchema, switchSchema } from './routes.ts';

/** Sign-ins a minute for one account from one address, and for one address over all accounts. */
const PER_ACCOUNT = 10;
const PER_ADDRESS = 100;
const WINDOW_SECONDS = 60;

/** Counts towards a limit; the problem when it is used up. */
export async function limitAttempts(deps: AppDeps, what: string, limit: number): Promise<Problem | undefined> {
  const allowance = await countAttempt(deps.db, sha256Hex(what), limit, WINDOW_SECONDS);
  return allowance.allowed
    ? undefined
    : problem('too-many-attempts', { headers: { 'retry-after': String(allowance.retryAfterSeconds) } });
}

const signIn = handle<z.infer<typeof signInSchema>>(async ({ deps, body, remoteAddress }) => {
  const limited =
    (await limitAttempts(deps, `sign-in/${remoteAddress}`, PER_ADDRESS)) ??
    (await limitAttempts(deps, `sign-in/${remoteAddress}/${foldUsername(body.username)}`, PER_ACCOUNT));
  if (limited) return limited;
  const account = await findAccount(deps.db, body.username, body.password);
  if (!account) return problem('sign-in-failed');
  if (account.demo && !isLoopback(remoteAddress)) return problem('demo-off-loopback');
  const refreshToken = await deps.db.transaction((tx) => issueRefreshToken(tx, account.userId));
  return tokens(deps, account.userId, refreshToken);
});

const refreshTokens = handle<z.infer<typeof refreshSchema>>(async ({ deps, body }) => {
  const refreshed = await refresh(deps.db, body.refreshToken);
  if (refreshed.ok) return tokens(deps, refreshed.userId, refreshed.refreshToken);
  if (refreshed.code === 'refresh-replayed') deps.log('alarm', 'refresh-token-replayed');
  return problem(refreshed.code);
});

async function tokens(deps: AppDeps, userId: string, refreshToken: string): Promise<Response | Problem> {
  if ((await membershipsOf(deps.db, userId)).length === 0) return problem('sign-in-failed');
  const accessToken = await signAccessToken(deps.accessTokenSecret, userId, Date.parse(deps.nowUtc()));
  return Response.json({ accessToken, refreshToken, tokenType: 'Bearer', expiresInSeconds: ACCESS_TOKEN_SECONDS });
}

const signOutHandler = handle<z.infer<typeof refreshSchema>>(async ({ deps, body }) => {
  await signOut(deps.db, body.refreshToken);
  return new Response(null, { status: 204 });
});

/** S1-25: user, memberships, current organization, permissions. */
const me = handle(async ({ deps, user }) => {
  const { userId, organizationId, permissions } = user;
  const memberships = await membershipsOf(deps.db, userId);
  const doc =
    organizationId &&
    (await inOrganization(deps.db, organizationId, async (tx) => createCabinetReader(tx).get('user', userId)));
  return Response.json({
    user: doc ? { id: userId, username: doc['username'], name: doc['name'], roles: doc['roles'] } : { id: userId },
    memberships: memberships.map(({ organizationId: id, name }) => ({ organizationId: id, name })),
    currentOrganizationId: organizationId ?? null,
    permissions: [...permissions].toSorted(),
  });
});

/** S1-26. Somebody else's organization and none at all look the same. */
const switchOrganization = handle<z.infer<typeof switchSchema>>(async ({ deps, body, user }) => {
  const memberships = await membershipsOf(deps.db, user.userId);
  if (!memberships.some((one) => one.organizationId === body.organizationId)) return problem('not-found');
  await deps.db.query('update users set current_organization_id = $2 where id = $1', [
    user.userId,
    body.organizationId,
  ]);
  return Response.json({ currentOrganizationId: body.organizationId });
});

const shown = (one: { organizationId: string; name: string; createdAtUtc: string }) => ({
  id: one.organizationId,
  name: one.name,
  created_at: one.createdAtUtc,
});

/** S1-27 with S1-11 … 15: only those that the caller belongs to. */
const listOrganizations = handle(async ({ deps, query, user }) => {
  const sorted = sortOf(query['sort'], ['name', 'created_at']);
  if (!sorted) return problem('validation-failed', { fields: { sort: 'unknown field; one of: name, created_at' } });
  const all = (await membershipsOf(deps.db, user.userId)).map(shown).toSorted(sorted);
  const { page, limit } = pageOf(query);
  const data = all.slice((page - 1) * limit, page * limit);
  return Response.json({ data, pagination: { page, limit, total: all.length } });
});

/** S1-30: needs membership. */
const oneOrganization = handle(async ({ deps, params, user }) => {
  const found = (await membershipsOf(deps.db, user.userId)).find((one) => one.organizationId === params['id']);
  return found ? Response.json(shown(found)) : problem('not-found');
});

/** S1-22: what a load balancer and a person ask first. */
const health = handle(async ({ deps }) => {
  const startedMs = performance.now();
  const database = await deps.db.query('select 1').then(
    () => 'ok' as const,
    () => 'unavailable' as const,
  );
  const body = {
    status: database === 'ok' ? 'ok' : 'degraded',
    database: { status: database, engine: deps.db.engine, latencyMs: Math.round(performance.now() - startedMs) },
    // No cache stands between the API and the database.
    cache: { status: 'none' },
    version: deps.version,
  };
  return Response.json(body, { status: database === 'ok' ? 200 : 503 });
});

/** S1-23: what the device's label says. Praxis is not placed on the market yet: there is no UDI to show. */
const systemInfo = handle(async ({ deps }) =>
  Response.json({
    manufacturer: { name: 'Praxis', address: null },
    device: {
      name: 'Praxis',
      version: deps.version,
      udi_di: null,
      ce_marked: false,
      intended_use: 'Clinic management; not for primary diagnosis',
    },
  }),
);

export const accountHandlers: Readonly<Record<string, Handler>> = {
  'GET /health': health,
  'GET /v1/public/system-info': systemInfo,
  'POST /v1/auth/sign-in': signIn,
  'POST /v1/auth/refresh': refreshTokens,
  'POST /v1/auth/sign-out': signOutHandler,
  'GET /v1/me': me,
  'PUT /v1/me/switch-organization': switchOrganization,
  'GET /v1/organizations': listOrganizations,
  'GET /v1/organizations/{id}': oneOrganization,
};
