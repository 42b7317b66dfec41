import type Database from 'better-sqlite3-multiple-ciphers';
import type { z } from 'zod';
import type { Role } from '../../../shared/access/permissions.ts';
import type { verifierSchema } from '../../../shared/sync/protocol.ts';

export type Verifier = z.infer<typeof verifierSchema>;
type Row = { user_id: string; username: string; roles: string; verifier: string; demo: number };

/** What people are checked against when they sign in here: argon2id verifiers from the server, and PINs that never leave. */
export function createVerifierStore(db: Database.Database) {
  const rowOf = (row: Row): Verifier => ({
    userId: row.user_id,
    username: row.username,
    roles: JSON.parse(row.roles) as Role[],
    verifier: row.verifier,
    demo: row.demo === 1,
  });
  const put = db.prepare(
    `insert into verifiers(user_id, username, roles, verifier, demo) values(?, ?, ?, ?, ?) on conflict(user_id) do update set
     username = excluded.username, roles = excluded.roles, verifier = excluded.verifier, demo = excluded.demo`,
  );
  const all = (): Verifier[] => (db.prepare('select * from verifiers order by username').all() as Row[]).map(rowOf);
  return {
    all,
    byUsername: (username: string): Verifier | undefined =>
      all().find((one) => one.username.toLowerCase() === username.trim().toLowerCase()),
    byId: (userId: string): Verifier | undefined => all().find((one) => one.userId === userId),
    /** The server's list is the truth; who is not on it can't sign in here any more. */
    replace: (list: readonly Verifier[]): void => {
      const keep = new Set(list.map((one) => one.userId));
      for (const one of all())
        if (!keep.has(one.userId)) db.prepare('delete from verifiers where user_id = ?').run(one.userId);
      for (const one of list)
        put.run(one.userId, one.username, JSON.stringify(one.roles), one.verifier, one.demo ? 1 : 0);
    },
    pin: {
      get: (userId: string) =>
        db.prepare('select verifier, failures from pins where user_id = ?').get(userId) as
          | { verifier: string; failures: number }
          | undefined,
      set: (userId: string, verifier: string): void => {
        db.prepare(
          'insert into pins(user_id, verifier, failures) values(?, ?, 0) on conflict do update set verifier = excluded.verifier, failures = 0',
        ).run(userId, verifier);
      },
      setFailures: (userId: string, failures: number): void => {
        db.prepare('update pins set failures = ? where user_id = ?').run(failures, userId);
      },
      has: (userId: string): boolean => db.prepare('select 1 from pins where user_id = ?').get(userId) !== undefined,
    },
  };
}
export type VerifierStore = ReturnType<typeof createVerifierStore>;
