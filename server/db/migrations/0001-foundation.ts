import { APPLICATION_ROLE } from '../db.ts';
import { tenantTables } from './0001-tenant-tables.ts';

const globalTablesSql = `
create table organizations (
  id uuid primary key, name text not null, created_at timestamptz not null default now()
);
create table users (
  id uuid primary key,
  current_organization_id uuid references organizations (id),
  created_at timestamptz not null default now()
);
create table memberships (
  user_id uuid not null references users (id),
  organization_id uuid not null references organizations (id),
  username text not null, username_folded text not null,
  active boolean not null, created_at timestamptz not null default now(),
  primary key (user_id, organization_id)
);
create index memberships_by_username on memberships (username_folded);
create table credentials (
  user_id uuid primary key references users (id),
  verifier text not null, demo boolean not null default false, changed_at timestamptz not null default now()
);
create table refresh_tokens (
  token_hash text primary key, family uuid not null, user_id uuid not null references users (id),
  issued_at timestamptz not null, expires_at timestamptz not null,
  used_at timestamptz, revoked_at timestamptz
);
create index refresh_tokens_by_family on refresh_tokens (family);
create table station_credentials (
  station_id uuid primary key, organization_id uuid not null references organizations (id), secret_hash text not null
);
create table enrol_codes (
  code_hash text primary key, organization_id uuid not null references organizations (id), location_id uuid not null,
  purpose text not null, expires_at timestamptz not null, used_at timestamptz, used_by uuid
);
create table attempts (
  key text not null, window_start timestamptz not null, count int not null, primary key (key, window_start)
);
`;

const rolesSql = `
do $$ begin create role ${APPLICATION_ROLE} nologin; exception when duplicate_object then null; end $$;
do $$ begin
  if not pg_has_role(current_user, '${APPLICATION_ROLE}', 'member') then execute format('grant ${APPLICATION_ROLE} to %I', current_user); end if;
end $$;
grant usage on schema public to ${APPLICATION_ROLE};
grant select, insert, update, delete on all tables in schema public to ${APPLICATION_ROLE};
revoke all on schema_migrations from ${APPLICATION_ROLE};
grant select on schema_migrations to ${APPLICATION_ROLE};
`;

/** Tables of the first server: tenants, sign-in, stations, documents, the log of change sets, bookings, files, reads. */
export const foundation = {
  number: 1,
  name: 'foundation',
  sql: `create extension if not exists btree_gist; ${globalTablesSql} ${tenantTables.sql} ${rolesSql} ${tenantTables.afterGrants}`,
};
