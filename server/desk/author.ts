import { automaticPermissions, permissionsOf, type Permission, roleSchema } from '../../shared/access/permissions.ts';
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import type { Author } from '../../shared/kernel/command.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Reader } from '../../shared/kernel/reader.ts';
import type { Queryable } from '../db/db.ts';
import type { StationRow } from './set-door.ts';

/** How long a station may judge rights by what it saw (`change-sets.md` §4). */
const OLDEST_VIEW_DAYS = 14;

export type SetAuthor = { author: Author; rightsNow: ReadonlySet<Permission> };

/**
 * Who gave a set, with the rights at the change number that the person's screen was built on, and today's. That number only grows
 * per station and is at most 14 days old. A scanner, or the station itself, is automatic; somebody unknown here may do nothing.
 */
export async function authorOf(
  tx: Queryable,
  { now: reader, seen }: { now: Reader; seen: Reader },
  set: ChangeSet,
  station: Pick<StationRow, 'location_id' | 'seen_through'>,
): Promise<SetAuthor> {
  const device = set.authorId === set.stationId ? undefined : await reader.get('device', set.authorId);
  if (device || set.authorId === set.stationId) {
    const author = {
      id: set.authorId,
      name: nameOf(device),
      permissions: automaticPermissions,
      automatic: true,
    };
    return { author, rightsNow: automaticPermissions };
  }
  const [user, userSeen] = [await reader.get('user', set.authorId), await seen.get('user', set.authorId)];
  const rights = await readRights(tx, set, station.seen_through);
  const permissions = mayWorkAt(userSeen ?? user, station) ? rights.atSeen : new Set<Permission>();
  return {
    author: { id: set.authorId, name: nameOf(userSeen ?? user), permissions, automatic: false },
    rightsNow: mayWorkAt(user, station) ? rights.now : new Set(),
  };
}

/** A person signs in at their own locations only; one without a list works at all of them. */
function mayWorkAt(user: Doc | undefined, station: Pick<StationRow, 'location_id'>): boolean {
  const places = Array.isArray(user?.['locationIds']) ? user['locationIds'] : [];
  return places.length === 0 || station.location_id === null || places.includes(station.location_id);
}

const nameOf = (doc: Doc | undefined): string => (typeof doc?.['name'] === 'string' ? doc['name'] : '');

type RightsRow = { change_number: number; roles: string[]; active: boolean };

async function readRights(
  tx: Queryable,
  set: ChangeSet,
  stationSeenThrough: number,
): Promise<{ atSeen: Set<Permission>; now: Set<Permission> }> {
  const history = await tx.query<RightsRow>(
    'select change_number, roles, active from user_rights where user_id = $1 order by change_number',
    [set.authorId],
  );
  const stale = await tx.query<{ number: number | null }>(
    'select max(number) as number from change_sets where committed_at < now() - make_interval(days => $1)',
    [OLDEST_VIEW_DAYS],
  );
  const seen = Math.max(set.seenThrough, stationSeenThrough, stale[0]?.number ?? 0);
  // A person who is newer than the station's documents signed in by a verifier that came with their first rights.
  const atSeen = history.findLast((row) => row.change_number <= seen) ?? history[0];
  return { atSeen: permissionsFrom(atSeen), now: permissionsFrom(history.at(-1)) };
}

function permissionsFrom(row: RightsRow | undefined): Set<Permission> {
  if (!row?.active) return new Set();
  return permissionsOf(row.roles.flatMap((role) => roleSchema.safeParse(role).data ?? []));
}
