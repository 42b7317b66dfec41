/**
 * The writing side of the server's cabinet. Everything here runs in one transaction of one organization; the change number is
 * taken last, so that a reader who has seen a number has seen all that came before it.
 */
import { randomBytes } from 'node:crypto';
import { canonicalJson } from '../../shared/kernel/canonical-json.ts';
import type { ChangeSet, Cursor, SetAnswer } from '../../shared/kernel/change-set.ts';
import { deriveDocuments } from '../../shared/desk/derive.ts';
import type { Law, Written } from '../../shared/desk/ports.ts';
import { writeBookings } from './bookings.ts';
import { createCabinetReader } from './cabinet-reader.ts';
import { chainHash, saltedHash, sha256Hex } from './chain.ts';
import { onlyRow, type Queryable } from './db.ts';
import { writeAccess, writeStations } from './access-projection.ts';

export const CHANGES_CHANNEL = 'praxis_changes';

export type SetToWrite = {
  organizationId: string;
  set: ChangeSet;
  /** The answer without its number. */
  answer: Omit<SetAnswer, 'changeNumber'>;
  /** The set's own documents and what the server adds (conflicts, refusals, tasks); each document once. What is derived from them is added here. */
  written: readonly Written[];
};

/**
 * Writes documents, their look-up keys, scopes and bookings, and the set with its answer; gives the change number and links the
 * chain. Throws the database's 23P01 where a booking would stand twice.
 */
export async function writeSet(
  tx: Queryable,
  law: Law,
  { organizationId, set, answer, ...given }: SetToWrite,
): Promise<SetAnswer> {
  const derived = await deriveDocuments(law, createCabinetReader(tx), given.written);
  const written = [...given.written, ...derived];
  const changes = written.filter((doc) => doc.before !== null || doc.after !== null).map((doc) => changeOf(law, doc));
  await writeBookings(tx, organizationId, written);
  await writeLookup(tx, organizationId, law, written);
  await writeScopeMembers(tx, organizationId, changes);
  const body = canonicalJson(set);
  const salt = randomBytes(16).toString('hex');
  // From here on other writers of this organization wait for our commit: nothing slow below.
  const head = await nextNumber(tx);
  const link = {
    number: head.number,
    id: set.id,
    stationId: set.stationId,
    stationSeq: set.stationSeq,
    authorId: set.authorId,
    command: set.command,
    result: answer.result,
    saltedHash: saltedHash(salt, body),
  };
  const hash = chainHash(head.hash, link);
  const answered: SetAnswer = { ...answer, changeNumber: head.number };
  await tx.query('update counters set chain_hash = $1', [hash]);
  await tx.query(
    `insert into change_sets (organization_id, number, id, station_id, station_seq, author_id, command, result, body_sha256, body, salt, salted_hash, answer, chain_hash, undoes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::jsonb, $14, $15)`,
    [
      organizationId,
      head.number,
      set.id,
      set.stationId,
      set.stationSeq,
      set.authorId,
      set.command,
      answer.result,
      sha256Hex(body),
      body,
      salt,
      link.saltedHash,
      JSON.stringify(answered),
      hash,
      set.undoes,
    ],
  );
  await writeDocuments(tx, organizationId, head.number, changes);
  await writeAccess(tx, organizationId, head.number, written);
  await writeStations(tx, written);
  await tx.query('select pg_notify($1, $2)', [CHANGES_CHANNEL, `${organizationId}:${head.number}`]);
  return answered;
}

/** The organization's newest number and the chain's hash there. */
export async function readHead(tx: Queryable): Promise<Cursor> {
  const rows = await tx.query<{ number: number; chain_hash: string }>('select number, chain_hash from counters');
  const row = onlyRow(rows);
  return { number: row.number, hash: row.chain_hash };
}

async function nextNumber(tx: Queryable): Promise<Cursor> {
  const row = onlyRow(
    await tx.query<{ number: number; chain_hash: string }>(
      'update counters set number = number + 1 returning number, chain_hash',
    ),
  );
  return { number: row.number, hash: row.chain_hash };
}

/** A document with the scopes that it was in, and those that it is in now. */
type Moved = { kind: string; id: string; before: string[]; after: string[] };
type Change = Moved & { body: unknown; deleted: boolean };

function changeOf(law: Law, doc: Written): Change {
  const kind = law.kinds[doc.kind];
  if (!kind) throw new Error(`no such kind: ${doc.kind}`);
  return {
    kind: doc.kind,
    id: doc.id,
    body: doc.after,
    before: doc.before ? [...new Set(kind.scopes(doc.before))] : [],
    after: doc.after ? [...new Set(kind.scopes(doc.after))] : [],
    deleted: doc.after === null,
  };
}

/** JSON arrays become rows: one statement however many documents. */
async function writeDocuments(
  tx: Queryable,
  organizationId: string,
  number: number,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = JSON.stringify(changes);
  const list = (column: string): string =>
    `coalesce((select array_agg(s) from jsonb_array_elements_text(c.${column}) s), '{}')`;
  const from = `from jsonb_to_recordset($3::jsonb) as c(kind text, id uuid, body jsonb, before jsonb, after jsonb, deleted boolean)`;
  await tx.query(
    `insert into document_forms (organization_id, kind, id, from_number, until_number, body)
     select $1::uuid, d.kind, d.id, d.change_number, $2::bigint, d.body
     from jsonb_to_recordset($3::jsonb) as c(kind text, id uuid) join documents d on d.kind = c.kind and d.id = c.id where not d.deleted`,
    [organizationId, number, rows],
  );
  await tx.query(
    `insert into documents (organization_id, kind, id, body, change_number, scopes, deleted)
     select $1::uuid, c.kind, c.id, c.body, $2::bigint, ${list('after')}, c.deleted ${from}
     on conflict (organization_id, kind, id) do update
     set body = excluded.body, change_number = excluded.change_number, scopes = excluded.scopes, deleted = excluded.deleted`,
    [organizationId, number, rows],
  );
  await tx.query(
    `insert into changes (organization_id, number, kind, id, scopes_before, scopes_after, deleted)
     select $1::uuid, $2::bigint, c.kind, c.id, ${list('before')}, ${list('after')}, c.deleted ${from}`,
    [organizationId, number, rows],
  );
}

/** The look-up keys of these documents as they stand after; those of before go. */
export async function writeLookup(
  tx: Queryable,
  organizationId: string,
  law: Law,
  written: readonly Written[],
): Promise<void> {
  const rows = written.flatMap((doc) => {
    const { kind, id, after } = doc;
    if (!after) return [];
    return Object.entries(law.kinds[kind]?.keys ?? {}).flatMap(([name, keysOf]) =>
      [...new Set(keysOf(after))].map((key) => ({ kind, name, key, id })),
    );
  });
  const changed = JSON.stringify(written.map(({ kind, id }) => ({ kind, id })));
  await tx.query(
    'delete from lookup l using jsonb_to_recordset($1::jsonb) as c(kind text, id uuid) where l.kind = c.kind and l.id = c.id',
    [changed],
  );
  if (rows.length === 0) return;
  await tx.query(
    `insert into lookup (organization_id, kind, name, key, id)
     select $1::uuid, r.kind, r.name, r.key, r.id from jsonb_to_recordset($2::jsonb) as r(kind text, name text, key text, id uuid)`,
    [organizationId, JSON.stringify(rows)],
  );
}

/** Puts documents whose scopes have changed into those that they are in now. */
export async function writeScopeMembers(
  tx: Queryable,
  organizationId: string,
  changes: readonly Moved[],
): Promise<void> {
  const moved = changes.filter((change) => change.before.toSorted().join('\n') !== change.after.toSorted().join('\n'));
  if (moved.length === 0) return;
  await tx.query(
    'delete from scope_members m using jsonb_to_recordset($1::jsonb) as c(kind text, id uuid) where m.kind = c.kind and m.id = c.id',
    [JSON.stringify(moved.map(({ kind, id }) => ({ kind, id })))],
  );
  await tx.query(
    `insert into scope_members (organization_id, scope, kind, id)
     select $1::uuid, c.scope, c.kind, c.id from jsonb_to_recordset($2::jsonb) as c(scope text, kind text, id uuid)`,
    [
      organizationId,
      JSON.stringify(moved.flatMap(({ kind, id, after }) => after.map((scope) => ({ scope, kind, id })))),
    ],
  );
}
