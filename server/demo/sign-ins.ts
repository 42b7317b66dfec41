/** The demo's sign-ins: which passwords they have, and keeping them so at every start. */
import { setFirstPassword } from '../access/accounts.ts';
import { hashPassword, passwordMatches } from '../access/passwords.ts';
import type { Db } from '../db/db.ts';

/**
 * The password of one demo user under the setting PRAXIS_DEMO_PASSWORD: not set, each has its own (`praxis-receptionist`); `off`,
 * none; else that one for all.
 */
export function demoPasswordOf(setting: string | undefined, username: string): string | undefined {
  if (setting === 'off') return undefined;
  return setting ?? `praxis-${username}`;
}

export type DemoUser = { userId: string; username: string };

/**
 * Sees to it that each demo user signs in with the password that the setting names, or not at all. Only credentials marked as demo
 * are touched: a user who was given a password of their own keeps it, and is left out of the answer.
 */
export async function keepDemoSignIns(
  db: Db,
  users: readonly DemoUser[],
  setting: string | undefined,
): Promise<Array<{ username: string; password: string }>> {
  const kept = await Promise.all(
    users.map(async ({ userId, username }) => {
      const password = demoPasswordOf(setting, username);
      if (password === undefined) {
        await db.query('delete from credentials where user_id = $1 and demo', [userId]);
        return [];
      }
      return (await keepPassword(db, userId, password)) ? [{ username, password }] : [];
    }),
  );
  return kept.flat();
}

async function keepPassword(db: Db, userId: string, password: string): Promise<boolean> {
  const [row] = await db.query<{ verifier: string; demo: boolean }>(
    'select verifier, demo from credentials where user_id = $1',
    [userId],
  );
  if (!row) await setFirstPassword(db, userId, password, true);
  else if (!row.demo) return false;
  else if (!(await passwordMatches(row.verifier, password)))
    await db.query('update credentials set verifier = $2, changed_at = now() where user_id = $1 and demo', [
      userId,
      await hashPassword(password),
    ]);
  return true;
}
