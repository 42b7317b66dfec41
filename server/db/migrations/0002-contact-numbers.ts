/** Contact tokens are numbered, so that a server that was put back from a copy knows the ones that it gave later. */
export const contactNumbers = {
  number: 2,
  name: 'contact-numbers',
  sql: 'alter table stations add column contact_number bigint not null default 0',
};
