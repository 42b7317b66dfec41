import type { Written } from '../../shared/desk/ports.ts';
import type { Queryable } from './db.ts';

/** User names are compared without regard to case. */
export const foldUsername = (username: string): string => username.normalize('NFC').toLowerCase();

/**
 * Follows `user` documents: who is a member of this organization and under which name, and which rights a person had from which
 * change number on (`change-sets.md` §4, "whose right"). The documents stay the truth; these rows only make it findable.
 */
export async function writeAccess(
  tx: Queryable,
  organizationId: string,
  number: number,
  written: readonly Written[],
): Promise<void> {
  for (const { id, before, after } of written.filter((doc) => doc.kind === 'user')) {
    const shown = after ?? before;
    const username = typeof shown?.['username'] === 'string' ? shown['username'] : '';
    const active = after?.['active'] === true;
    await tx.query('insert into users (id) values ($1) on conflict (id) do nothing', [id]);
    await tx.query(
      `insert into memberships (user_id, organization_id, username, username_folded, active) values ($1, $2, $3, $4, $5)
       on conflict (user_id, organization_id) do update
       set username = excluded.username, username_folded = excluded.username_folded, active = excluded.active`,
      [id, organizationId, username, foldUsername(username), active],
    );
    const roles = Array.isArray(after?.['roles']) ? after['roles'] : [];
    await tx.query(
      'insert into user_rights (organization_id, user_id, change_number, roles, active) values ($1, $2, $3, $4::text[], $5)',
      [organizationId, id, number, roles, active],
    );
  }
}

/** Follows `station` documents: what a station is called, where it stands, and since when it is revoked. */
export async function writeStations(tx: Queryable, written: readonly Written[]): Promise<void> {
  for (const { id, after } of written.filter((doc) => doc.kind === 'station' && doc.after !== null)) {
    await tx.query('update stations set name = $2, location_id = $3, profile = $4, revoked_at = $5 where id = $1', [
      id,
      after?.['name'],
      after?.['locationId'],
      after?.['profile'],
      after?.['revokedAtUtc'],
    ]);
  }
}
