/** Documents down (`change-sets.md` §3): each group of scopes is loaded, then followed. One snapshot for the whole answer. */
import type { z } from 'zod';
import type { Cursor } from '../../shared/kernel/change-set.ts';
import type { PulledChange, pullAnswerSchema, pullRequestSchema } from '../../shared/sync/protocol.ts';
import { readHead } from '../db/cabinet.ts';
import type { Db, Queryable } from '../db/db.ts';
import { inOrganization } from '../db/tenant.ts';
import { followGroup, type PulledPage, type PullGroup } from './follow.ts';

type PullRequest = z.infer<typeof pullRequestSchema>;
type PullAnswer = z.infer<typeof pullAnswerSchema>;

export type Pulled = { ok: true; value: PullAnswer } | { ok: false; code: 'fork'; head: Cursor };

/** Answers a pull, or `fork` where a cursor's pair of number and hash is none of this server's. */
export function pull(db: Db, organizationId: string, request: PullRequest): Promise<Pulled> {
  return inOrganization(
    db,
    organizationId,
    async (tx): Promise<Pulled> => {
      const head = await readHead(tx);
      const cursors = request.groups.flatMap((group) => (group.cursor ? [group.cursor] : []));
      if (!(await allKnown(tx, cursors))) return { ok: false, code: 'fork', head };
      const pages: PulledPage[] = [];
      for (const group of request.groups) {
        const isLoad = group.cursor === null || group.after !== null;
        pages.push(
          await (isLoad ? loadGroup(tx, group, head, request.limit) : followGroup(tx, group, head, request.limit)),
        );
      }
      return { ok: true, value: { pages, head } };
    },
    { snapshot: true },
  );
}

/** Which of these pairs this server has; number 0 with an empty hash is the beginning that all share. */
export async function knownCursors(tx: Queryable, cursors: readonly Cursor[]): Promise<Cursor[]> {
  const rows = await tx.query<{ number: number; chain_hash: string }>(
    'select number, chain_hash from change_sets where number = any($1::bigint[])',
    [cursors.map((cursor) => cursor.number)],
  );
  const byNumber = new Map([[0, ''], ...rows.map((row) => [row.number, row.chain_hash] as const)]);
  return cursors.filter((cursor) => byNumber.get(cursor.number) === cursor.hash);
}

async function allKnown(tx: Queryable, cursors: readonly Cursor[]): Promise<boolean> {
  return cursors.length === 0 || (await knownCursors(tx, cursors)).length === cursors.length;
}

type DocumentRow = { kind: string; id: string; change_number: number; body: PulledChange['doc'] };

/** One page of a load, by kind and id. The cursor stays where the load began: what changes meanwhile is followed afterwards. */
async function loadGroup(tx: Queryable, group: PullGroup, head: Cursor, limit: number): Promise<PulledPage> {
  const [kind, id] = group.after?.split('/') ?? [];
  const rows = await tx.query<DocumentRow>(
    `with page as (
       select distinct kind, id from scope_members
       where scope = any($1::text[]) and ($2::text is null or (kind, id) > ($2::text, $3::uuid)) order by kind, id limit $4)
     select d.kind, d.id, d.change_number, d.body from page join documents d on d.kind = page.kind and d.id = page.id
     order by d.kind, d.id`,
    [group.scopes, kind ?? null, id ?? null, limit + 1],
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit;
  return {
    changes: shown.map((row) => ({
      number: row.change_number,
      kind: row.kind,
      id: row.id,
      op: 'entered',
      doc: row.body,
    })),
    cursor: group.cursor ?? head,
    more,
    after: more && last ? `${last.kind}/${last.id}` : null,
  };
}
