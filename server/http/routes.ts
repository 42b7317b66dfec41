/** Every route with its policy, in one table: what is not here is not served, and a route without a handler stops the start. */
import { z } from 'zod';
import type { Permission } from '../../shared/access/permissions.ts';
import { idSchema } from '../../shared/kernel/id.ts';
import {
  commonRequestSchema,
  enrolRequestSchema,
  helloRequestSchema,
  objectsHeldRequestSchema,
  pullRequestSchema,
  readsRequestSchema,
  setUpRequestSchema,
} from '../../shared/sync/protocol.ts';
import { newCodeRequestSchema, revokeRequestSchema } from '../../shared/sync/station-deeds.ts';
import type { Dialect } from './errors.ts';

/** `public`: nobody need say who they are; `loopback`: from this machine only; `user`: access token; `station`: its credential. */
export type Auth = 'public' | 'loopback' | 'user' | 'station';

export type Route = {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** Parameters as `{name}`; each has its schema in `parameterSchemas`. */
  path: string;
  auth: Auth;
  /** The right that a user needs in the organization; null where being signed in is enough, or where no user is meant. */
  permission: Permission | null;
  dialect: Dialect;
  body?: z.ZodType;
  query?: z.ZodType;
  maxBodyBytes?: number;
};

export const parameterSchemas: Readonly<Record<string, z.ZodType<string>>> = {
  id: idSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
};

export const signInSchema = z.strictObject({
  username: z.string().min(1).max(200),
  password: z.string().min(1).max(200),
});
export const refreshSchema = z.strictObject({ refreshToken: z.string().min(20).max(200) });
export const switchSchema = z.strictObject({ organizationId: idSchema });

/** A push is read set by set: one that is malformed is answered by itself and does not stop the others. */
export const pushEnvelopeSchema = z.strictObject({ sets: z.array(z.record(z.string(), z.json())).min(1).max(50) });

const wholeNumber = z.string().regex(/^-?\d{1,9}$/);
export const listQuerySchema = z.strictObject({
  page: wholeNumber.optional(),
  limit: wholeNumber.optional(),
  sort: z.string().max(200).optional(),
});

const MB = 1_000_000;
const open = { permission: null } as const;
const native = { dialect: 'native', ...open } as const;
const manager = { auth: 'user', permission: 'settings.write' } as const;
const sync = { dialect: 'sync', auth: 'station', ...open } as const;

export const routes: readonly Route[] = [
  { method: 'GET', path: '/health', auth: 'public', ...native },
  { method: 'GET', path: '/v1/public/system-info', auth: 'public', ...native },
  { method: 'POST', path: '/v1/auth/sign-in', auth: 'public', ...native, body: signInSchema },
  { method: 'POST', path: '/v1/auth/refresh', auth: 'public', ...native, body: refreshSchema },
  { method: 'POST', path: '/v1/auth/sign-out', auth: 'public', ...native, body: refreshSchema },
  { method: 'GET', path: '/v1/me', auth: 'user', ...native },
  { method: 'PUT', path: '/v1/me/switch-organization', auth: 'user', ...native, body: switchSchema },
  { method: 'GET', path: '/v1/organizations', auth: 'user', ...native, query: listQuerySchema },
  { method: 'GET', path: '/v1/organizations/{id}', auth: 'user', ...native },
  { method: 'GET', path: '/v1/stations', ...native, ...manager },
  { method: 'POST', path: '/v1/stations/enrol-codes', ...native, ...manager, body: newCodeRequestSchema },
  { method: 'POST', path: '/v1/stations/{id}/revoke', ...native, ...manager, body: revokeRequestSchema },
  { method: 'POST', path: '/sync/v1/set-up', auth: 'loopback', dialect: 'sync', ...open, body: setUpRequestSchema },
  { method: 'GET', path: '/sync/v1/escrow-key', auth: 'public', dialect: 'sync', ...open },
  { method: 'POST', path: '/sync/v1/enrol', auth: 'public', dialect: 'sync', ...open, body: enrolRequestSchema },
  { method: 'POST', path: '/sync/v1/hello', ...sync, body: helloRequestSchema },
  { method: 'POST', path: '/sync/v1/push', ...sync, body: pushEnvelopeSchema, maxBodyBytes: 16 * MB },
  { method: 'POST', path: '/sync/v1/pull', ...sync, body: pullRequestSchema },
  { method: 'POST', path: '/sync/v1/common', ...sync, body: commonRequestSchema },
  { method: 'GET', path: '/sync/v1/stream', ...sync },
  { method: 'GET', path: '/sync/v1/verifiers', ...sync },
  { method: 'GET', path: '/sync/v1/contacts', ...sync },
  { method: 'POST', path: '/sync/v1/reads', ...sync, body: readsRequestSchema },
  { method: 'POST', path: '/sync/v1/objects/held', ...sync, body: objectsHeldRequestSchema },
  { method: 'PUT', path: '/sync/v1/objects/{sha256}', ...sync, maxBodyBytes: 4000 * MB },
  { method: 'GET', path: '/sync/v1/objects/{sha256}', ...sync },
  { method: 'HEAD', path: '/sync/v1/objects/{sha256}', ...sync },
];

/** The table as `--routes` prints it. */
export function describeRoutes(): Pick<Route, 'method' | 'path' | 'auth' | 'permission' | 'dialect'>[] {
  return routes.map(({ method, path, auth, permission, dialect }) => ({ method, path, auth, permission, dialect }));
}
