import type { Context } from 'hono';
import type { Permission } from '../../shared/access/permissions.ts';
import type { Law } from '../../shared/desk/ports.ts';
import type { Db } from '../db/db.ts';
import type { DeskDeps } from '../desk/desk-deps.ts';
import type { ServerDesk } from '../desk/server-desk.ts';
import type { Log } from '../log.ts';
import type { StationIdentity } from '../stations/station-credentials.ts';
import type { HeadWatch } from '../sync/stream.ts';
import type { ObjectStore } from '../sync/object-store.ts';
import type { Problem } from './errors.ts';

/** What the application is made of; everything that a test may want to replace comes in here. */
export type AppDeps = {
  db: Db;
  law: Law;
  desk: ServerDesk;
  deskDeps: DeskDeps;
  objects: ObjectStore;
  heads: HeadWatch;
  log: Log;
  nowUtc: () => string;
  newId: () => string;
  accessTokenSecret: Uint8Array;
  /** X25519, base64url raw. */
  escrowPublicKey: string;
  /** Where a backup is noted. */
  backupFile: string;
  isBehindProxy: boolean;
  isTls: boolean;
  version: string;
  /** Aborted when the server closes: streams end then. */
  closing: AbortSignal;
};

export type UserIdentity = { userId: string; organizationId: string | undefined; permissions: ReadonlySet<Permission> };

/** One request behind its policy: checked body, query and parameters, and whoever sent it. */
export type Call<Body = unknown> = {
  deps: AppDeps;
  context: Context;
  body: Body;
  query: Readonly<Record<string, string>>;
  params: Readonly<Record<string, string>>;
  remoteAddress: string;
  user: UserIdentity;
  station: StationIdentity;
};

export type Handler = (call: Call<never>) => Promise<Response | Problem>;

/** Types a handler's body, which the route's schema has checked. */
export function handle<Body = undefined>(handler: (call: Call<Body>) => Promise<Response | Problem>): Handler {
  return handler;
}

/** Where a request came from: the socket, or what a stated proxy says of it (the last entry is the proxy's own word). */
export function remoteAddressOf(context: Context, isBehindProxy: boolean): string {
  const env = context.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const socket = env?.incoming?.socket?.remoteAddress ?? 'unknown';
  if (!isBehindProxy) return socket;
  return context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || socket;
}

export const isLoopback = (address: string): boolean =>
  /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/.test(address);
