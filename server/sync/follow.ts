import type { Cursor } from '../../shared/kernel/change-set.ts';
import type { z } from 'zod';
import type { PulledChange, pulledPageSchema, pullRequestSchema } from '../../shared/sync/protocol.ts';
import { onlyRow, type Queryable } from '../db/db.ts';

/** What one follower asks of one scope or patient, and one page of the answer. */
export type PullGroup = z.infer<typeof pullRequestSchema>['groups'][number];
export type PulledPage = z.infer<typeof pulledPageSchema>;

type ChangeRow = { number: number; kind: string; id: string; was_in: boolean };
type CurrentRow = {
  kind: string;
  id: string;
  change_number: number;
  deleted: boolean;
  is_in: boolean;
  body: PulledChange['doc'];
};

/**
 * What happened in a group since its cursor: each document once, as it stands now, with what became of it seen from the cursor.
 * A page holds whole change numbers only; a number with more documents than the limit makes a longer page.
 */
export async function followGroup(tx: Queryable, group: PullGroup, head: Cursor, limit: number): Promise<PulledPage> {
  const from = group.cursor?.number ?? 0;
  const rows = await tx.query<ChangeRow>(
    `select number, kind, id, scopes_before && $1::text[] as was_in from changes
     where number > $2 and (scopes_before && $1::text[] or scopes_after && $1::text[]) order by number, kind, id limit $3`,
    [group.scopes, from, limit + 1],
  );
  const more = rows.length > limit;
  const upTo = more ? lastWholeNumber(rows) : head.number;
  const whole = more ? await rowsUpTo(tx, group, from, upTo) : rows;
  return {
    changes: await currentState(tx, group, whole),
    cursor: await cursorAt(tx, upTo, head),
    more: more && upTo < head.number,
    after: null,
  };
}

/** The last number that the page holds to its end: the one before the cut, or the first where the cut is within it. */
function lastWholeNumber(rows: readonly ChangeRow[]): number {
  const cut = rows.at(-1)?.number ?? 0;
  return rows.findLast((row) => row.number < cut)?.number ?? cut;
}

function rowsUpTo(tx: Queryable, group: PullGroup, from: number, upTo: number): Promise<ChangeRow[]> {
  return tx.query<ChangeRow>(
    `select number, kind, id, scopes_before && $1::text[] as was_in from changes
     where number > $2 and number <= $3 and (scopes_before && $1::text[] or scopes_after && $1::text[]) order by number, kind, id`,
    [group.scopes, from, upTo],
  );
}

async function cursorAt(tx: Queryable, number: number, head: Cursor): Promise<Cursor> {
  if (number === head.number) return head;
  const rows = await tx.query<{ chain_hash: string }>('select chain_hash from change_sets where number = $1', [number]);
  return { number, hash: onlyRow(rows).chain_hash };
}

async function currentState(tx: Queryable, group: PullGroup, rows: readonly ChangeRow[]): Promise<PulledChange[]> {
  if (rows.length === 0) return [];
  // Its first change after the cursor says whether the station had the document.
  const had = new Map<string, boolean>();
  for (const row of rows) if (!had.has(`${row.kind}/${row.id}`)) had.set(`${row.kind}/${row.id}`, row.was_in);
  const keys = JSON.stringify([...had.keys()].map((key) => ({ kind: key.split('/')[0], id: key.split('/')[1] })));
  const current = await tx.query<CurrentRow>(
    `select d.kind, d.id, d.change_number, d.deleted, d.scopes && $1::text[] as is_in, d.body
     from jsonb_to_recordset($2::jsonb) as k(kind text, id uuid) join documents d on d.kind = k.kind and d.id = k.id
     order by d.change_number, d.kind, d.id`,
    [group.scopes, keys],
  );
  return current.flatMap((row): PulledChange[] => {
    const wasIn = had.get(`${row.kind}/${row.id}`) === true;
    const op = row.is_in ? (wasIn ? 'changed' : 'entered') : row.deleted ? 'deleted' : 'left';
    // Came and went between two pulls: the station never had it.
    if (!row.is_in && !wasIn) return [];
    return [{ number: row.change_number, kind: row.kind, id: row.id, op, doc: row.is_in ? row.body : null }];
  });
}
