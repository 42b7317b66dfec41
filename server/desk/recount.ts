/** Documents that are derived from others, counted for what an earlier version left without them. */
import { recountDocuments } from '../../shared/desk/derive.ts';
import { createCabinetReader } from '../db/cabinet-reader.ts';
import { inOrganization } from '../db/tenant.ts';
import type { DeskDeps } from './desk-deps.ts';
import { writeOwnSet } from './run.ts';

/** A set holds at most 200 documents (`change-sets.md` §1). */
const MAX_DOCUMENTS = 200;

/** Counts, once, for each organization that was there before: all of it or nothing. */
export async function recountOld(deps: DeskDeps): Promise<void> {
  for (const { id } of await deps.db.query<{ id: string }>('select id from organizations order by created_at, id'))
    await inOrganization(deps.db, id, async (tx) => {
      const [row] = await tx.query<{ needs_recount: boolean }>('select needs_recount from counters for update');
      if (!row?.needs_recount) return;
      const written = await recountDocuments(deps.law, createCabinetReader(tx));
      for (let from = 0; from < written.length; from += MAX_DOCUMENTS)
        await writeOwnSet(tx, deps, id, {
          command: 'server/recount',
          written: written.slice(from, from + MAX_DOCUMENTS),
        });
      await tx.query('update counters set needs_recount = false');
    });
}
