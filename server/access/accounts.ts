import { foldUsername } from '../db/access-projection.ts';
import type { Db, Queryable } from '../db/db.ts';
import { hashPassword, passwordMatches } from './passwords.ts';

/** Accounts that are tried for one user name: names are an organization's own, so two may use the same. */
const MAX_CANDIDATES = 5;

export type SignedIn = { userId: string; demo: boolean };

/** The account of a user name and password; undefined when there is none, without saying which was wrong. */
export async function findAccount(db: Db, username: string, password: string): Promise<SignedIn | undefined> {
  const rows = await db.query<{ user_id: string; verifier: string; demo: boolean }>(
    `select distinct c.user_id, c.verifier, c.demo from memberships m join credentials c on c.user_id = m.user_id
     where m.username_folded = $1 and m.active order by c.user_id limit $2`,
    [foldUsername(username), MAX_CANDIDATES],
  );
  if (rows.length === 0) await passwordMatches(undefined, password);
  for (const row of rows) {
    if (await passwordMatches(row.verifier, password)) return { userId: row.user_id, demo: row.demo };
  }
  return undefined;
}

/** Gives a user that has none a password; a password that is there is never replaced this way. */
export async function setFirstPassword(db: Queryable, userId: string, password: string, demo: boolean): Promise<void> {
  await db.query('insert into users (id) values ($1) on conflict (id) do nothing', [userId]);
  await db.query(
    'insert into credentials (user_id, verifier, demo) values ($1, $2, $3) on conflict (user_id) do nothing',
    [userId, await hashPassword(password), demo],
  );
}

export type Membership = { organizationId: string; name: string; createdAtUtc: string };

/** The organizations that a user belongs to, oldest membership first. */
export async function membershipsOf(db: Queryable, userId: string): Promise<Membership[]> {
  const rows = await db.query<{ id: string; name: string; created_at: Date }>(
    `select o.id, o.name, o.created_at from memberships m join organizations o on o.id = m.organization_id
     where m.user_id = $1 and m.active order by m.created_at, o.id`,
    [userId],
  );
  return rows.map((row) => ({ organizationId: row.id, name: row.name, createdAtUtc: row.created_at.toISOString() }));
}

/** The organization that a request speaks of (S1-05 … 08): the one it names, the user's current one, the first; else none. */
export async function resolveOrganization(
  db: Queryable,
  userId: string,
  named: string | undefined,
): Promise<string | undefined> {
  const memberships = await membershipsOf(db, userId);
  const isMember = (id: string | null | undefined): boolean => memberships.some((one) => one.organizationId === id);
  if (named !== undefined) return isMember(named) ? named : undefined;
  const rows = await db.query<{ current_organization_id: string | null }>(
    'select current_organization_id from users where id = $1',
    [userId],
  );
  const current = rows[0]?.current_organization_id;
  return current && isMember(current) ? current : memberships[0]?.organizationId;
}
