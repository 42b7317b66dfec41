/** The forms that documents had: what stood at a change number, and what has ever stood. */
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Queryable } from './db.ts';

export type FormThen = { id: string; body: Doc | null; number: number };

/**
 * Documents of a kind that have changed after the number `after`, as they stood at `at`, an earlier or the same number; null where
 * there was none yet. `number` is the newest change of each.
 */
export function formsAt(
  tx: Queryable,
  kind: string,
  { at, after }: { at: number; after: number },
): Promise<FormThen[]> {
  return tx.query<FormThen>(
    `select c.id, c.number, f.body
     from (select id, max(number) as number from changes where kind = $1 and number > $3 group by id) c
     left join lateral (
       select body from document_forms where kind = $1 and id = c.id and until_number > $2 and from_number <= $2
       order by until_number limit 1) f on true`,
    [kind, at, after],
  );
}

/** The whole form that a document had last, whether it still stands or not. */
export async function lastForm(tx: Queryable, kind: string, id: string): Promise<Doc | undefined> {
  const rows = await tx.query<{ body: Doc }>(
    `select body from (
       select body, change_number as number from documents where kind = $1 and id = $2 and not deleted
       union all select body, from_number from document_forms where kind = $1 and id = $2 and until_number > from_number) forms
     order by number desc limit 1`,
    [kind, id],
  );
  return rows[0]?.body;
}

/** Every form that a document has had, in whole or in the fields that one set gave it. */
export async function formsOf(tx: Queryable, kind: string, id: string): Promise<Doc[]> {
  const rows = await tx.query<{ body: Doc }>(
    `select body from (
       select body from documents where kind = $1 and id = $2 and not deleted
       union all select body from document_forms where kind = $1 and id = $2) forms`,
    [kind, id],
  );
  return rows.map((row) => row.body);
}

/** Whether one of these ids is, or was, a document's. */
export async function isIdTaken(tx: Queryable, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false;
  return (await tx.query('select 1 from documents where id = any($1::uuid[]) limit 1', [ids])).length > 0;
}

/** Which of these numbers of a series have been printed before. */
export async function printedBefore(
  tx: Queryable,
  numbers: ReadonlyArray<{ series: string; number: string }>,
): Promise<boolean> {
  if (numbers.length === 0) return false;
  const rows = await tx.query(
    `select 1 from printed_numbers p join jsonb_to_recordset($1::jsonb) as n(series text, number text)
     on p.series = n.series and p.number = n.number limit 1`,
    [JSON.stringify(numbers)],
  );
  return rows.length > 0;
}

export async function notePrinted(
  tx: Queryable,
  organizationId: string,
  numbers: ReadonlyArray<{ series: string; number: string }>,
): Promise<void> {
  if (numbers.length === 0) return;
  await tx.query(
    `insert into printed_numbers (organization_id, series, number)
     select $1::uuid, n.series, n.number from jsonb_to_recordset($2::jsonb) as n(series text, number text) on conflict do nothing`,
    [organizationId, JSON.stringify(numbers)],
  );
}
