import type { z } from 'zod';
import { roleSchema } from '../../shared/access/permissions.ts';
import type { verifierSchema } from '../../shared/sync/protocol.ts';
import type { Queryable } from '../db/db.ts';

type Verifier = z.infer<typeof verifierSchema>;
type UserRow = {
  id: string;
  verifier: string;
  demo: boolean;
  body: { username: string; roles: string[]; active: boolean; locationIds: string[] };
};

/** The verifiers of everybody who may sign in at a location; needs the organization's transaction. */
export async function readVerifiers(tx: Queryable, locationId: string | null): Promise<Verifier[]> {
  const rows = await tx.query<UserRow>(
    `select d.id, c.verifier, c.demo, d.body from documents d join credentials c on c.user_id = d.id
     where d.kind = 'user' and not d.deleted order by d.id`,
  );
  return rows
    .filter(
      ({ body }) =>
        body.active && (body.locationIds.length === 0 || locationId === null || body.locationIds.includes(locationId)),
    )
    .map(({ id, verifier, demo, body }) => ({
      userId: id,
      username: body.username,
      roles: body.roles.flatMap((role) => roleSchema.safeParse(role).data ?? []),
      verifier,
      demo,
    }));
}
