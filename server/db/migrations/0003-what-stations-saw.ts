import { APPLICATION_ROLE } from '../db.ts';

const org = 'organization_id uuid not null references organizations (id)';

const secured = (name: string): string => `
alter table ${name} enable row level security;
alter table ${name} force row level security;
create policy tenant on ${name} using (organization_id = nullif(current_setting('praxis.organization', true), '')::uuid);
grant select, insert, delete on ${name} to ${APPLICATION_ROLE};`;

/** Numbers of documents that came before numbers were noted; a body lacks the field where its kind has none. */
const backfill = [
  ['patient', 'patient', 'recordNumber'],
  ['accession', 'imagingOrder', 'accessionNumber'],
  ['invoice', 'invoice', 'number'],
  ['receipt', 'payment', 'receiptNumber'],
  ['document', 'report', 'documentNumber'],
].map(
  ([series, kind, field]) => `
insert into printed_numbers (organization_id, series, number)
select distinct organization_id, '${series}', body ->> '${field}' from documents where kind = '${kind}' and body ->> '${field}' is not null
on conflict do nothing;`,
);

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
${backfill.join('')}`,
};
