/** The one translator from failures to HTTP answers: `{error: {code, message, fields?}}`, `fields` only on 422 (S1-19). */
import type { z } from 'zod';
import type { errorBodySchema } from '../../shared/sync/protocol.ts';
import { sqlState } from '../db/db.ts';

type ErrorBody = z.infer<typeof errorBodySchema>;

/** Every code that this server answers with; the sentence says nothing about whose data it was. */
const known = {
  'malformed-json': [400, 'The body is not valid JSON.'],
  'not-signed-in': [401, 'Sign in first.'],
  'token-invalid': [401, 'The access token is not valid.'],
  'token-expired': [401, 'The access token has expired; refresh it.'],
  'sign-in-failed': [401, 'User name or password is wrong.'],
  'refresh-invalid': [401, 'The refresh token is not valid.'],
  'refresh-expired': [401, 'The refresh token has expired; sign in again.'],
  'refresh-replayed': [401, 'The refresh token was used before; everything that came from it is signed out.'],
  'station-unknown': [401, 'This station is not enrolled here.'],
  'enrol-code-invalid': [401, 'The enrolment code is unknown, used or expired.'],
  'station-revoked': [403, 'This station was revoked.'],
  'demo-off-loopback': [403, 'Demo sign-ins work on this machine only.'],
  'not-permitted': [403, 'This needs a right that you do not have.'],
  'loopback-only': [403, 'This works from the machine itself only.'],
  'not-found': [404, 'There is no such thing.'],
  'refresh-parallel': [409, 'The refresh token is being used by another request; use the token that it got.'],
  'second-copy': [409, 'Another live copy of this station was here.'],
  fork: [409, 'This server does not know that cursor.'],
  'already-revoked': [409, 'This station was revoked already.'],
  'already-set-up': [409, 'This server has an organization already.'],
  'too-large': [413, 'The body is larger than allowed.'],
  'not-json': [415, 'Send application/json.'],
  'range-not-satisfiable': [416, 'The file has no such bytes.'],
  'validation-failed': [422, 'Some fields are not right.'],
  'hash-mismatch': [422, 'The bytes are not those of the name.'],
  version: [426, 'This version is not spoken here; update the older side.'],
  'too-many-attempts': [429, 'Too many attempts; wait.'],
  internal: [500, 'Something went wrong here; it is logged.'],
  'storage-unavailable': [503, 'The database cannot be reached; try again.'],
  'storage-full': [507, 'The server has no room left; nothing was stored.'],
  'storage-read-only': [507, 'The server cannot write its data folder; nothing was stored.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof known;
export type Dialect = 'native' | 'sync';

export type Problem = { problem: ErrorCode; fields?: Record<string, string>; headers?: Record<string, string> };

export const problem = (code: ErrorCode, extra: Omit<Problem, 'problem'> = {}): Problem => ({
  problem: code,
  ...extra,
});

export const statusOf = (code: ErrorCode): number => known[code][0];

/** The answer for a problem. `/v1` writes codes with underscores, as its seed does. */
export function problemResponse(given: Problem, dialect: Dialect): Response {
  const [status, message] = known[given.problem];
  const code = dialect === 'native' ? given.problem.replaceAll('-', '_') : given.problem;
  const body: ErrorBody = {
    error: { code, message, ...(status === 422 && given.fields ? { fields: given.fields } : {}) },
  };
  return Response.json(body, { status, headers: given.headers ?? {} });
}

/** What was thrown, as an answer: the disk and the database are told apart from a defect of ours. */
export function problemOfThrown(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const errno = error instanceof Error && 'errno' in error ? Number(error.errno) : 0;
  const state = sqlState(error);
  if (['ENOSPC', 'EDQUOT'].includes(code) || state === '53100' || errno === ENOSPC_WASM) return problem('storage-full');
  if (['EROFS', 'EACCES', 'EPERM'].includes(code) || state === '25006') return problem('storage-read-only');
  const isOutage = /^(?:08|53|57|58|XX)/.test(state ?? '') || ['ECONNREFUSED', 'ECONNRESET', 'ENOENT'].includes(code);
  return isOutage ? problem('storage-unavailable', { headers: { 'retry-after': '5' } }) : problem('internal');
}

/** ENOSPC as PGlite's WebAssembly file system numbers it. */
const ENOSPC_WASM = 51;

/** Which fields of a body or query are wrong; names and codes, never the values. */
export function fieldsOf(error: z.ZodError): Record<string, string> {
  const entries = error.issues.flatMap((issue): [string, string][] => {
    const path = issue.path.join('.');
    if (issue.code !== 'unrecognized_keys') return [[path || 'body', issue.code]];
    return issue.keys.map((key) => [path ? `${path}.${key}` : key, 'unknown-field']);
  });
  return Object.fromEntries(entries.slice(0, 20));
}
