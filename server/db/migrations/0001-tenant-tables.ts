import { APPLICATION_ROLE } from '../db.ts';

const org = 'organization_id uuid not null references organizations (id)';

const tablesSql = `
create table stations (
  ${org}, id uuid not null, code text not null, name text not null, location_id uuid, profile text not null,
  contact_token_hash text, previous_token_hash text, escrow text,
  last_seq bigint not null default 0, seen_through bigint not null default 0,
  enrolled_at timestamptz not null, revoked_at timestamptz, last_contact_at timestamptz,
  primary key (organization_id, id), unique (organization_id, code)
);
create table series (
  ${org}, station_id uuid not null, name text not null, last_number bigint not null,
  primary key (organization_id, station_id, name), foreign key (organization_id, station_id) references stations (organization_id, id)
);
create table counters (
  ${org}, number bigint not null, chain_hash text not null, primary key (organization_id)
);
create table change_sets (
  ${org}, number bigint not null, id uuid not null, station_id uuid not null, station_seq bigint not null,
  author_id uuid not null, command text not null, result text not null, body_sha256 text not null, body text, salt text not null,
  salted_hash text not null, answer jsonb not null, chain_hash text not null, committed_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, number), unique (organization_id, id), unique (organization_id, station_id, station_seq),
  foreign key (organization_id, station_id) references stations (organization_id, id)
);
create index change_sets_by_time on change_sets (organization_id, committed_at);
create table held_sets (
  ${org}, id uuid not null, station_id uuid not null, station_seq bigint not null, body_sha256 text not null, body text not null,
  why text not null, received_at timestamptz not null default now(),
  primary key (organization_id, id), unique (organization_id, station_id, station_seq),
  foreign key (organization_id, station_id) references stations (organization_id, id)
);
create table documents (
  ${org}, kind text collate "C" not null, id uuid not null, body jsonb, change_number bigint not null, scopes text[] not null,
  deleted boolean not null, primary key (organization_id, kind, id)
);
create table scope_members (
  ${org}, scope text collate "C" not null, kind text collate "C" not null, id uuid not null,
  primary key (organization_id, scope, kind, id)
);
create index scope_members_by_document on scope_members (organization_id, kind, id);
create table lookup (
  ${org}, kind text collate "C" not null, name text collate "C" not null, key text collate "C" not null, id uuid not null,
  primary key (organization_id, kind, name, key, id)
);
create index lookup_by_document on lookup (organization_id, kind, id);
create table changes (
  ${org}, number bigint not null, kind text collate "C" not null, id uuid not null, scopes_before text[] not null, scopes_after text[] not null,
  deleted boolean not null, primary key (organization_id, number, kind, id),
  foreign key (organization_id, number) references change_sets (organization_id, number) deferrable initially deferred
);
create table user_rights (
  ${org}, user_id uuid not null, change_number bigint not null, roles text[] not null, active boolean not null,
  primary key (organization_id, user_id, change_number)
);
create table booked_resources (
  ${org}, appointment_id uuid not null, resource_kind text not null, resource_id uuid not null, position int not null,
  during tstzrange not null, capacity_one boolean not null, override_reason text, active boolean not null,
  primary key (organization_id, appointment_id, resource_kind, resource_id, position),
  constraint no_double_booking exclude using gist (organization_id with =, resource_kind with =, resource_id with =, during with &&)
    where (override_reason is null and active and capacity_one)
);
create table objects (
  ${org}, sha256 text not null, bytes bigint not null, stored_at timestamptz not null default now(), primary key (organization_id, sha256)
);
create table reads (
  ${org}, station_id uuid not null, seq bigint not null, at_utc timestamptz not null, user_id uuid not null, view text not null,
  patient_id uuid, hash text not null, received_at timestamptz not null default now(),
  primary key (organization_id, station_id, seq), foreign key (organization_id, station_id) references stations (organization_id, id)
);
`;

const names = [
  'stations',
  'series',
  'counters',
  'change_sets',
  'held_sets',
  'documents',
  'scope_members',
  'lookup',
  'changes',
  'user_rights',
  'booked_resources',
  'objects',
  'reads',
];

/** FORCE binds the owner too; without a chosen organization there are no rows, and none can be written. */
const security = names.map(
  (name) => `
alter table ${name} enable row level security;
alter table ${name} force row level security;
create policy tenant on ${name} using (organization_id = nullif(current_setting('praxis.organization', true), '')::uuid);`,
);

/** What happened is added to, never changed: the log cannot be rewritten by the role that serves requests. */
const appendOnly = `revoke update, delete on changes, user_rights, reads, change_sets from ${APPLICATION_ROLE};`;

export const tenantTables = { sql: `${tablesSql} ${security.join('\n')}`, afterGrants: appendOnly };
