import type { z } from 'zod';
import { errorBodySchema } from '../../shared/sync/protocol.ts';
import {
  managerTokensSchema,
  newCodeAnswerSchema,
  newCodeRequestSchema,
  revokeAnswerSchema,
  revokeRequestSchema,
} from '../../shared/sync/station-deeds.ts';

const TIMEOUT_MS = 15_000;

export type ManagerAnswer<T> = { ok: true; value: T } | { ok: false; code: string };

/**
 * What a person asks the server with their own rights (`/v1`), online only: they sign in for this one deed with the password
 * that they just typed, and out again; nothing of it is kept. Failures are codes: the server's, or `offline`.
 */
export function createManagerClient(serverUrl: string, organizationId: string) {
  const ask = async (path: string, body: unknown, token: string | null): Promise<ManagerAnswer<unknown>> => {
    const headers: Record<string, string> = { 'content-type': 'application/json', 'x-organization-id': organizationId };
    if (token) headers['authorization'] = `Bearer ${token}`;
    const response = await fetch(new URL(path, serverUrl), {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    }).catch(() => undefined);
    if (!response || response.status >= 500) return { ok: false, code: 'offline' };
    const json: unknown = await response.json().catch(() => null);
    if (response.ok) return { ok: true, value: json };
    const error = errorBodySchema.safeParse(json);
    return { ok: false, code: error.success ? error.data.error.code.replaceAll('_', '-') : 'refused' };
  };

  const signedIn = async <T>(
    who: { username: string; password: string },
    path: string,
    body: unknown,
    answer: z.ZodType<T>,
  ): Promise<ManagerAnswer<T>> => {
    const signIn = await ask('/v1/auth/sign-in', who, null);
    if (!signIn.ok) return signIn;
    const tokens = managerTokensSchema.safeParse(signIn.value);
    if (!tokens.success) return { ok: false, code: 'malformed' };
    const done = await ask(path, body, tokens.data.accessToken);
    await ask('/v1/auth/sign-out', { refreshToken: tokens.data.refreshToken }, null);
    if (!done.ok) return done;
    const parsed = answer.safeParse(done.value);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, code: 'malformed' };
  };

  return {
    newCode: (who: { username: string; password: string }, locationId: string) =>
      signedIn(who, '/v1/stations/enrol-codes', newCodeRequestSchema.parse({ locationId }), newCodeAnswerSchema),
    revoke: (who: { username: string; password: string }, stationId: string, reason: string) =>
      signedIn(who, `/v1/stations/${stationId}/revoke`, revokeRequestSchema.parse({ reason }), revokeAnswerSchema),
  };
}
