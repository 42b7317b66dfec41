import { randomBytes, timingSafeEqual } from 'node:crypto';
import { idSchema } from '../../shared/kernel/id.ts';
import { sha256Hex } from '../db/chain.ts';
import type { Db } from '../db/db.ts';
import { inOrganization } from '../db/tenant.ts';

/** Secrets are 256 random bits, so a plain hash keeps them; passwords are another matter (`access/passwords.ts`). */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export type StationIdentity = {
  stationId: string;
  organizationId: string;
  locationId: string | null;
  code: string;
  isRevoked: boolean;
};

/** The station of `Authorization: Station <stationId>.<secret>`; undefined for anything else. */
export async function authenticateStation(
  db: Db,
  authorization: string | undefined,
): Promise<StationIdentity | undefined> {
  const parts = /^Station ([0-9a-f-]{36})\.([A-Za-z0-9_-]{32,100})$/.exec(authorization ?? '');
  const [stationId, secret] = [parts?.[1], parts?.[2]];
  if (!stationId || !secret || !idSchema.safeParse(stationId).success) return undefined;
  const rows = await db.query<{ organization_id: string; secret_hash: string }>(
    'select organization_id, secret_hash from station_credentials where station_id = $1',
    [stationId],
  );
  const row = rows[0];
  if (!row || !timingSafeEqual(Buffer.from(row.secret_hash), Buffer.from(sha256Hex(secret)))) return undefined;
  return inOrganization(db, row.organization_id, async (tx) => {
    const stations = await tx.query<{ code: string; location_id: string | null; revoked_at: Date | null }>(
      'select code, location_id, revoked_at from stations where id = $1',
      [stationId],
    );
    const station = stations[0];
    if (!station) return undefined;
    return {
      stationId,
      organizationId: row.organization_id,
      locationId: station.location_id,
      code: station.code,
      isRevoked: station.revoked_at !== null,
    };
  });
}
