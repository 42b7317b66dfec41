import { kinds } from '../../shared/collections.ts';
import { keysFingerprint } from '../../shared/kernel/kind.ts';
import { upgradeCount } from '../../shared/kernel/upgrade.ts';
import type { Queryable } from '../db/db.ts';
import { SERVER_STATION_CODE } from '../desk/run.ts';

export type NewOrganizationRows = { id: string; name: string; serverStationId: string; nowUtc: string };

/**
 * Makes the rows that every organization stands on: itself, its change counter, and the server as its station `S1`. `tx` has
 * chosen that organization already.
 */
export async function createOrganization(tx: Queryable, organization: NewOrganizationRows): Promise<void> {
  const { id, name, serverStationId, nowUtc } = organization;
  await tx.query('insert into organizations (id, name, created_at) values ($1, $2, $3)', [id, name, nowUtc]);
  await tx.query(
    `insert into counters (organization_id, number, chain_hash, lookup_keys, document_upgrades) values ($1, 0, '', $2, $3)`,
    [id, keysFingerprint(kinds), upgradeCount(kinds)],
  );
  await tx.query(
    `insert into stations (organization_id, id, code, name, location_id, profile, enrolled_at) values ($1, $2, $3, 'Server', null, 'server', $4)`,
    [id, serverStationId, SERVER_STATION_CODE, nowUtc],
  );
}

/** Whether the server has any organization; the first run is over once it has. */
export async function hasOrganization(db: Queryable): Promise<boolean> {
  return (await db.query('select 1 from organizations limit 1')).length > 0;
}
