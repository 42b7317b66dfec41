/** Documents that an earlier program wrote, brought into the shapes of this one, with their scopes. */
import type { Law } from '../../shared/desk/ports.ts';
import { sameJson } from '../../shared/kernel/canonical-json.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { upgradeCount, upgradeDoc } from '../../shared/kernel/upgrade.ts';
import { writeBookings } from './bookings.ts';
import { writeScopeMembers } from './cabinet.ts';
import type { Db, Queryable } from './db.ts';
import { onlyRow } from './db.ts';
import { inOrganization } from './tenant.ts';

/**
 * Each organization in one transaction of its own. Change numbers stay: a station brings its copies into the same shapes by the
 * same functions. Sets stay as they were stored and hashed; look-up rows are filled again afterwards (`rebuild-lookup.ts`).
 *
 * @throws with one clear line when a newer program wrote the documents
 */
export async function upgradeDocuments(db: Db, law: Law): Promise<void> {
  const upgrades = upgradeCount(law.kinds);
  const changed = Object.values(law.kinds).filter((spec) => spec.upgrades || spec.bringHeld);
  for (const { id } of await db.query<{ id: string }>('select id from organizations order by id'))
    await inOrganization(db, id, async (tx) => {
      const row = onlyRow(
        await tx.query<{ document_upgrades: number }>('select document_upgrades from counters for update'),
      );
      if (row.document_upgrades > upgrades)
        throw new Error('the documents were written by a newer Praxis; update this server');
      if (row.document_upgrades === upgrades) return;
      for (const { kind } of changed) {
        await upgradeKind(tx, law, id, kind);
        await upgradeForms(tx, law, kind);
      }
      await tx.query('update counters set document_upgrades = $1', [upgrades]);
    });
}

const PAGE = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
type DocumentRow = { id: string; body: Doc; scopes: string[] };

async function upgradeKind(tx: Queryable, law: Law, organizationId: string, kind: string): Promise<void> {
  for (let after = FIRST_ID; ; ) {
    const rows = await tx.query<DocumentRow>(
      'select id, body, scopes from documents where kind = $1 and id > $2 and not deleted order by id limit $3',
      [kind, after, PAGE],
    );
    const other = rows
      .map(({ id, body, scopes }) => ({ kind, id, body, doc: upgradeDoc(law.kinds, kind, body), before: scopes }))
      .filter((one) => !sameJson(one.body, one.doc))
      .map((one) => ({ ...one, after: [...new Set(law.kinds[kind]?.scopes(one.doc))] }));
    await tx.query(
      `update documents d set body = c.doc, scopes = array(select jsonb_array_elements_text(c.after))
       from jsonb_to_recordset($2::jsonb) as c(id uuid, doc jsonb, after jsonb) where d.kind = $1 and d.id = c.id`,
      [kind, JSON.stringify(other)],
    );
    await writeBookings(
      tx,
      organizationId,
      other.map((one) => ({ kind, id: one.id, before: one.body, after: one.doc })),
    );
    await writeScopeMembers(tx, organizationId, other);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/** Earlier forms too: a station's set is judged by what it saw, and a document that comes back comes back in today's shape. */
async function upgradeForms(tx: Queryable, law: Law, kind: string): Promise<void> {
  for (let [id, until] = [FIRST_ID, 0]; ; ) {
    const rows = await tx.query<{ id: string; until: number; body: Doc }>(
      `select id, until_number as until, body from document_forms where kind = $1 and (id, until_number) > ($2, $3)
       order by id, until_number limit $4`,
      [kind, id, until, PAGE],
    );
    const other = rows
      .map((row) => ({ ...row, doc: upgradeDoc(law.kinds, kind, row.body) }))
      .filter((row) => !sameJson(row.body, row.doc));
    await tx.query(
      `update document_forms f set body = c.doc from jsonb_to_recordset($2::jsonb) as c(id uuid, until bigint, doc jsonb)
       where f.kind = $1 and f.id = c.id and f.until_number = c.until`,
      [kind, JSON.stringify(other)],
    );
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    [id, until] = [last.id, last.until];
  }
}
