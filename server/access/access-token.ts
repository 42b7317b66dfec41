import { errors, jwtVerify, SignJWT } from 'jose';
import { idSchema } from '../../shared/kernel/id.ts';

export const ACCESS_TOKEN_SECONDS = 15 * 60;
const issuer = 'praxis';
const audience = 'praxis-api';

/** JWT (RFC 7519), HS256 with the server's secret; `sub` is the user, nothing else about a person is in it. */
export function signAccessToken(secret: Uint8Array, userId: string, nowMs: number): Promise<string> {
  const seconds = Math.floor(nowMs / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ACCESS_TOKEN_SECONDS)
    .sign(secret);
}

export type AccessTokenResult = { ok: true; userId: string } | { ok: false; code: 'token-expired' | 'token-invalid' };

/** The user of a token that is ours, current, and signed with the one algorithm we use. */
export async function verifyAccessToken(secret: Uint8Array, token: string, nowMs: number): Promise<AccessTokenResult> {
  try {
    const options = {
      algorithms: ['HS256'],
      typ: 'at+jwt',
      issuer,
      audience,
      currentDate: new Date(nowMs),
      requiredClaims: ['sub', 'exp'],
    };
    const { payload } = await jwtVerify(token, secret, options);
    const userId = idSchema.safeParse(payload.sub);
    return userId.success ? { ok: true, userId: userId.data } : { ok: false, code: 'token-invalid' };
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { ok: false, code: 'token-expired' };
    if (error instanceof errors.JOSEError) return { ok: false, code: 'token-invalid' };
    throw error;
  }
}
