/**
 * The contact token: how a second live copy of a station shows itself (`change-sets.md` §5). Each hello gives a new token; the one
 * before stays good only until the new one was used, so that a lost answer locks nobody out.
 */
import { sha256Hex } from '../db/chain.ts';
import { onlyRow, type Queryable } from '../db/db.ts';
import { newSecret } from './station-credentials.ts';

type TokenRow = { contact_token_hash: string | null; previous_token_hash: string | null };

const readTokens = async (tx: Queryable, stationId: string): Promise<TokenRow> =>
  onlyRow(
    await tx.query<TokenRow>('select contact_token_hash, previous_token_hash from stations where id = $1 for update', [
      stationId,
    ]),
  );

/** Stands for "no token yet". */
const FIRST = 'first';

/** Takes the token of the last contact (null before the first) and gives the next; undefined for a second copy. */
export async function renewContact(
  tx: Queryable,
  stationId: string,
  shown: string | null,
): Promise<string | undefined> {
  const row = await readTokens(tx, stationId);
  const shownHash = shown === null ? FIRST : sha256Hex(shown);
  if (shownHash !== (row.contact_token_hash ?? FIRST) && shownHash !== row.previous_token_hash) return undefined;
  const token = newSecret();
  await tx.query(
    'update stations set contact_token_hash = $2, previous_token_hash = $3, last_contact_at = now() where id = $1',
    [stationId, sha256Hex(token), shownHash],
  );
  return token;
}

/** A request that shows the newest token: the one before is over from now on. False for a token that is not the newest. */
export async function confirmContact(tx: Queryable, stationId: string, shown: string): Promise<boolean> {
  const row = await readTokens(tx, stationId);
  if (row.contact_token_hash !== sha256Hex(shown)) return false;
  if (row.previous_token_hash !== null)
    await tx.query('update stations set previous_token_hash = null where id = $1', [stationId]);
  return true;
}
