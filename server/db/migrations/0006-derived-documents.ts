/** Documents that are derived from others (balances, drawers) are counted once for what came before they were. */
export const derivedDocuments = {
  number: 6,
  name: 'derived-documents',
  // Rows that are there get the first default, later ones the second: an update would meet row-level security.
  sql: `
alter table counters add column needs_recount boolean not null default true;
alter table counters alter column needs_recount set default false;`,
};
