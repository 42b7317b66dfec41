import { randomInt } from 'node:crypto';
import { sha256Hex } from '../db/chain.ts';
import type { Db, Queryable } from '../db/db.ts';

/** Crockford's base 32 without vowels' look-alikes: read aloud and typed without doubt. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

const fold = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

export type EnrolCode = { organizationId: string; locationId: string };

/**
 * A new one-time code `XXXX-XXXX-XXXX` (60 bits); only its hash is kept. Earlier unused codes of the same purpose and location
 * end: a code printed at every start leaves no trail of valid ones.
 */
export async function issueEnrolCode(
  db: Db,
  code: EnrolCode & { purpose: string; validMinutes: number },
): Promise<string> {
  const text = Array.from({ length: LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('');
  await db.transaction(async (tx) => {
    await tx.query(
      'delete from enrol_codes where organization_id = $1 and location_id = $2 and purpose = $3 and used_at is null',
      [code.organizationId, code.locationId, code.purpose],
    );
    await tx.query(
      `insert into enrol_codes (code_hash, organization_id, location_id, purpose, expires_at)
       values ($1, $2, $3, $4, now() + make_interval(mins => $5))`,
      [sha256Hex(text), code.organizationId, code.locationId, code.purpose, code.validMinutes],
    );
  });
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

/** Uses a code up for a station; undefined when it is unknown, used or over. */
export async function useEnrolCode(tx: Queryable, code: string, stationId: string): Promise<EnrolCode | undefined> {
  const rows = await tx.query<{ organization_id: string; location_id: string }>(
    `update enrol_codes set used_at = now(), used_by = $2
     where code_hash = $1 and used_at is null and expires_at > now() returning organization_id, location_id`,
    [sha256Hex(fold(code)), stationId],
  );
  return rows[0] && { organizationId: rows[0].organization_id, locationId: rows[0].location_id };
}
