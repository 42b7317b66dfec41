/**
 * Refresh tokens: each is used once and replaced; all that descend from one sign-in are a family (RFC 9700 4.14.2). Using one
 * again after it was replaced revokes the family: somebody else may hold it. Requests that were already on their way when the
 * first of them was answered are parallel, not a replay: one gets the new token, the others `refresh-parallel`, nothing is revoked.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { sha256Hex } from '../db/chain.ts';
import { type Db, onlyRow, type Queryable } from '../db/db.ts';

const LIFETIME_DAYS = 7;

export type Refreshed =
  | { ok: true; userId: string; refreshToken: string }
  | { ok: false; code: 'refresh-invalid' | 'refresh-expired' | 'refresh-replayed' | 'refresh-parallel' };

type TokenRow = {
  family: string;
  user_id: string;
  expired: boolean;
  used_at: Date | null;
  revoked_at: Date | null;
  parallel: boolean | null;
};

const newToken = (): string => randomBytes(32).toString('base64url');

/** Begins a family; called once the password was right. */
export function issueRefreshToken(tx: Queryable, userId: string): Promise<string> {
  return insertToken(tx, userId, randomUUID());
}

async function insertToken(tx: Queryable, userId: string, family: string): Promise<string> {
  const token = newToken();
  await tx.query(
    `insert into refresh_tokens (token_hash, family, user_id, issued_at, expires_at)
     values ($1, $2, $3, clock_timestamp(), clock_timestamp() + make_interval(days => $4))`,
    [sha256Hex(token), family, userId, LIFETIME_DAYS],
  );
  return token;
}

/** Uses a token up and gives the next one. */
export function refresh(db: Db, token: string): Promise<Refreshed> {
  return db.transaction(async (tx) => {
    const arrived = onlyRow(await tx.query<{ at: string }>('select clock_timestamp()::text as at')).at;
    const rows = await tx.query<TokenRow>(
      `select family, user_id, expires_at < clock_timestamp() as expired, used_at, revoked_at, used_at > $2::timestamptz as parallel
       from refresh_tokens where token_hash = $1 for update`,
      [sha256Hex(token), arrived],
    );
    const row = rows[0];
    if (!row || row.revoked_at) return { ok: false, code: 'refresh-invalid' };
    if (row.used_at && row.parallel) return { ok: false, code: 'refresh-parallel' };
    if (row.used_at) {
      await revokeFamily(tx, row.family);
      return { ok: false, code: 'refresh-replayed' };
    }
    if (row.expired) return { ok: false, code: 'refresh-expired' };
    await tx.query('update refresh_tokens set used_at = clock_timestamp() where token_hash = $1', [sha256Hex(token)]);
    return { ok: true, userId: row.user_id, refreshToken: await insertToken(tx, row.user_id, row.family) };
  });
}

/** Ends the family of a token; unknown tokens are as good as ended. */
export function signOut(db: Db, token: string): Promise<void> {
  return db.transaction(async (tx) => {
    const rows = await tx.query<{ family: string }>('select family from refresh_tokens where token_hash = $1', [
      sha256Hex(token),
    ]);
    if (rows[0]) await revokeFamily(tx, rows[0].family);
  });
}

async function revokeFamily(tx: Queryable, family: string): Promise<void> {
  await tx.query('update refresh_tokens set revoked_at = clock_timestamp() where family = $1 and revoked_at is null', [
    family,
  ]);
}
