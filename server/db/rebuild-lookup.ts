import type { Law } from '../../shared/desk/ports.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { keysFingerprint } from '../../shared/kernel/kind.ts';
import { writeLookup } from './cabinet.ts';
import type { Db, Queryable } from './db.ts';
import { onlyRow } from './db.ts';
import { inOrganization } from './tenant.ts';

const BATCH = 500;
const NO_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Fills the table of look-ups again for every organization whose was filled with other keys than the law declares now; gives
 * how many there were. Its other writers wait meanwhile.
 */
export async function rebuildLookup(db: Db, law: Law): Promise<number> {
  const fingerprint = keysFingerprint(law.kinds);
  let rebuilt = 0;
  for (const { id } of await db.query<{ id: string }>('select id from organizations order by id'))
    await inOrganization(db, id, async (tx) => {
      const row = onlyRow(await tx.query<{ lookup_keys: string }>('select lookup_keys from counters for update'));
      if (row.lookup_keys === fingerprint) return;
      await fillAgain(tx, id, law);
      await tx.query('update counters set lookup_keys = $1', [fingerprint]);
      rebuilt += 1;
    });
  return rebuilt;
}

async function fillAgain(tx: Queryable, organizationId: string, law: Law): Promise<void> {
  let last = { kind: '', id: NO_ID };
  for (;;) {
    const rows = await tx.query<{ kind: string; id: string; body: Doc }>(
      `select kind, id, body from documents where not deleted and (kind, id) > ($1::text collate "C", $2::uuid)
       order by kind, id limit $3`,
      [last.kind, last.id, BATCH],
    );
    const [end] = rows.slice(-1);
    if (!end) return;
    last = end;
    await writeLookup(
      tx,
      organizationId,
      law,
      rows.map(({ kind, id, body }) => ({ kind, id, before: null, after: body })),
    );
  }
}
