/**
 * The tables that belong to no single organization (design §5): everything that must be found before it is known whose it is.
 * Every other table's primary key starts with `organization_id` and has row-level security; a test holds both against the
 * database's catalogue.
 */
export const globalTables = [
  'schema_migrations',
  'organizations',
  'users',
  'memberships',
  'credentials',
  'refresh_tokens',
  'station_credentials',
  'enrol_codes',
  'attempts',
] as const;
