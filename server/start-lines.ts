import { createCabinetReader } from './db/cabinet-reader.ts';
import type { Db } from './db/db.ts';
import { inOrganization } from './db/tenant.ts';
import { issueEnrolCode } from './stations/enrol-codes.ts';

const CODE_VALID_MINUTES = 24 * 60;

export type StartLines = { lines: string[]; enrolCode: string | undefined };

/**
 * What the demo clinic's start prints: its sign-ins and one unused enrolment code per location. Nothing for a server without demo
 * sign-ins: a real clinic's codes are made by a manager.
 */
export async function demoStartLines(db: Db, demoPassword: string | undefined): Promise<StartLines> {
  const users = await db.query<{ username: string; organization_id: string }>(
    `select m.username, m.organization_id from memberships m join credentials c on c.user_id = m.user_id join organizations o on o.id = m.organization_id
     where c.demo and m.active order by o.created_at, o.id, m.created_at, m.user_id`,
  );
  const organizationId = users[0]?.organization_id;
  if (!organizationId || demoPassword === undefined) return { lines: [], enrolCode: undefined };
  const signIns = users.filter((user) => user.organization_id === organizationId);
  const lines = signIns.map((user) => `user ${user.username} password ${demoPassword}`);
  const locations = await inOrganization(db, organizationId, async (tx) =>
    createCabinetReader(tx).find('location', 'all', { prefix: '' }),
  );
  const codes: string[] = [];
  for (const location of locations) {
    const code = await issueEnrolCode(db, {
      organizationId,
      locationId: location.id,
      purpose: 'start',
      validMinutes: CODE_VALID_MINUTES,
    });
    codes.push(code);
    lines.push(`enrol code ${slugOf(String(location['name']))}: ${code}`);
  }
  return { lines, enrolCode: codes[0] };
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
