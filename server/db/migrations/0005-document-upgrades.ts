import { APPLICATION_ROLE } from '../db.ts';

/** How many changes of shape an organization's documents have been through (`upgrade-documents.ts`); the forms that they had follow them. */
export const documentUpgrades = {
  number: 5,
  name: 'document-upgrades',
  sql: `
alter table counters add column document_upgrades int not null default 0;
grant update on document_forms to ${APPLICATION_ROLE};`,
};
