/** Which keys each organization's table of look-ups was filled with; where the law's are others by now, it is filled again at the start. */
export const lookupKeys = {
  number: 4,
  name: 'lookup-keys',
  sql: `alter table counters add column lookup_keys text not null default '';`,
};
