/** Sets that the server has taken, for undo. */
import type { ChangeSet } from '../../shared/kernel/change-set.ts';
import { changeSetSchema } from '../../shared/kernel/change-set.ts';
import type { Queryable } from '../db/db.ts';

export type TakenSet = { set: ChangeSet; refused: boolean; undone: boolean };

/** A set that was answered before; undefined where it is unknown or its body was erased. */
export async function readTakenSet(tx: Queryable, id: string): Promise<TakenSet | undefined> {
  const rows = await tx.query<{ body: string | null; result: string }>(
    'select body, result from change_sets where id = $1',
    [id],
  );
  const row = rows[0];
  if (!row?.body) return undefined;
  const set = changeSetSchema.parse(JSON.parse(row.body));
  return { set, refused: row.result === 'refused', undone: await isUndone(tx, id) };
}

/** Taken back by a set that was not itself taken back since. */
async function isUndone(tx: Queryable, id: string): Promise<boolean> {
  const undoing = await tx.query<{ id: string }>(
    `select id from change_sets where undoes = $1 and result <> 'refused'`,
    [id],
  );
  for (const one of undoing) if (!(await isUndone(tx, one.id))) return true;
  return false;
}
