import { APPLICATION_ROLE } from '../db.ts';

const org = 'organization_id uuid not null references organizations (id)';

const secured = (name: string): string => `
alter table ${name} enable row level security;
create policy tenant on ${name} using (organization_id = nullif(current_setting('praxis.organization', true), '')::uuid);
grant select, insert, delete on ${name} to ${APPLICATION_ROLE};`;

/** Tables under row-level security that a backfill reads and writes: its owner is bound by it too, where it is no superuser. */
const asOwner = (tables: readonly string[], work: string): string =>
  [
    ...tables.map((table) => `alter table ${table} no force row level security;`),
    work,
    ...tables.map((table) => `alter table ${table} force row level security;`),
  ].join('\n');

/** Numbers of documents that came before numbers were noted; a body lacks the field where its kind has none. */
const printedNumbers = [
  ['patient', 'patient', 'recordNumber'],
  ['accession', 'imagingOrder', 'accessionNumber'],
  ['invoice', 'invoice', 'number'],
  ['receipt', 'payment', 'receiptNumber'],
  ['document', 'report', 'documentNumber'],
]
  .map(
    ([series, kind, field]) => `
insert into printed_numbers (organization_id, series, number)
select distinct organization_id, '${series}', body ->> '${field}' from documents where kind = '${kind}' and body ->> '${field}' is not null
on conflict do nothing;`,
  )
  .join('');

/**
 * What earlier sets gave to each document: no whole forms (from and until are one number), but every value that a screen can have
 * shown. Refused sets gave nothing, and may hold texts that jsonb does not take.
 */
const earlierValues = `
insert into document_forms (organization_id, kind, id, from_number, until_number, body)
select s.organization_id, p.patch ->> 'kind', (p.patch ->> 'id')::uuid, s.number, s.number, coalesce(v.body, '{}')
from change_sets s
cross join lateral jsonb_array_elements(s.body::jsonb -> 'patches') as p(patch)
cross join lateral (
  select jsonb_object_agg(field.key, field.value) as body from jsonb_each(p.patch -> 'units') as unit(name, change)
  cross join lateral jsonb_each(case jsonb_typeof(unit.change -> 'after') when 'object' then unit.change -> 'after' else '{}'::jsonb end) as field
) v
where s.result <> 'refused' and s.body is not null;`;

/**
 * What the server must know to judge a station's set over what the station saw: the earlier forms of documents, each from the
 * change number that made it until the one that replaced it; which set an undo takes back; and every number that was printed.
 */
export const whatStationsSaw = {
  number: 3,
  name: 'what-stations-saw',
  sql: `
create table document_forms (
  ${org}, kind text collate "C" not null, id uuid not null, from_number bigint not null, until_number bigint not null, body jsonb not null,
  primary key (organization_id, kind, id, until_number)
);
${secured('document_forms')}
create index document_forms_by_until on document_forms (organization_id, until_number);
create index documents_by_id on documents (organization_id, id);
create index changes_by_kind on changes (organization_id, kind, number);
create table printed_numbers (
  ${org}, series text not null, number text not null, primary key (organization_id, series, number)
);
${secured('printed_numbers')}
alter table change_sets add column undoes uuid;
create index change_sets_by_undoes on change_sets (organization_id, undoes) where undoes is not null;
${asOwner(['documents', 'change_sets', 'document_forms', 'printed_numbers'], printedNumbers + earlierValues)}`,
};
