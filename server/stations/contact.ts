/**
 * The contact token: how a second live copy of a station shows itself (`change-sets.md` §5). Each hello gives a new token; the one
 * before stays good only until the new one was used, so that a lost answer locks nobody out. A token is a number that only
 * grows, sealed by the server's key: one that this server must have given, and gives a higher number than it remembers, says that
 * the server itself was put back from an older copy; one with a lower number says that the station was.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { sha256Hex } from '../db/chain.ts';
import { onlyRow, type Queryable } from '../db/db.ts';

type TokenRow = { contact_token_hash: string | null; previous_token_hash: string | null; contact_number: number };
export type Contact = 'known' | 'put-back' | 'second-copy';

const readTokens = async (tx: Queryable, stationId: string): Promise<TokenRow> =>
  onlyRow(
    await tx.query<TokenRow>(
      'select contact_token_hash, previous_token_hash, contact_number from stations where id = $1 for update',
      [stationId],
    ),
  );

/** Stands for "no token yet". */
const FIRST = 'first';

/** Seals contact numbers; `secret` is the server's and is in every copy of its folder. */
export function createContacts(secret: Uint8Array) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'praxis contact token 1', 32));
  const tokenOf = (stationId: string, number: number): string =>
    `${number}.${createHmac('sha256', key).update(`${stationId}/${number}`).digest('base64url')}`;
  /** The number of a token that this server, or a later state of it, gave to this station. */
  const numberOf = (stationId: string, shown: string): number | undefined => {
    const number = Number(/^(\d{1,15})\./.exec(shown)?.[1]);
    const expected = Buffer.from(tokenOf(stationId, number));
    const given = Buffer.from(shown);
    return expected.length === given.length && timingSafeEqual(expected, given) ? number : undefined;
  };

  return {
    /** Takes the token of the last contact (null before the first) and gives the next; none for a second copy. */
    renew: async (
      tx: Queryable,
      stationId: string,
      shown: string | null,
    ): Promise<{ contact: Contact; token: string }> => {
      const row = await readTokens(tx, stationId);
      const shownHash = shown === null ? FIRST : sha256Hex(shown);
      const isKnown = shownHash === (row.contact_token_hash ?? FIRST) || shownHash === row.previous_token_hash;
      const shownNumber = shown === null ? undefined : numberOf(stationId, shown);
      const isLater = shownNumber !== undefined && shownNumber > row.contact_number;
      if (!isKnown && !isLater) return { contact: 'second-copy', token: '' };
      const number = Math.max(row.contact_number, shownNumber ?? 0) + 1;
      const token = tokenOf(stationId, number);
      await tx.query(
        `update stations set contact_token_hash = $2, previous_token_hash = $3, contact_number = $4, last_contact_at = now()
         where id = $1`,
        [stationId, sha256Hex(token), shownHash, number],
      );
      return { contact: isKnown ? 'known' : 'put-back', token };
    },
    /** A request that shows the newest token: the one before is over from now on. */
    confirm: async (tx: Queryable, stationId: string, shown: string): Promise<Contact> => {
      const row = await readTokens(tx, stationId);
      if (row.contact_token_hash !== sha256Hex(shown))
        return (numberOf(stationId, shown) ?? 0) > row.contact_number ? 'put-back' : 'second-copy';
      await tx.query(
        `update stations set previous_token_hash = null, last_contact_at = now()
         where id = $1 and (previous_token_hash is not null or last_contact_at < now() - interval '1 minute')`,
        [stationId],
      );
      return 'known';
    },
  };
}
