/** What must hold of a price, whoever sets it (CAT-1). */
import { changesOf, defineRule } from '../kernel/command.ts';
import type { Reader } from '../kernel/reader.ts';
import { violation } from '../kernel/violation.ts';
import type { Organization } from '../organizations/schema.ts';
import type { Service } from './schema.ts';

/** CAT-1: a price is an amount of the organization's currency, or none. */
export const priceRule = defineRule<unknown, Organization | undefined>({
  gather: async (reader: Reader) => (await reader.find<Organization>('organization', 'all', { prefix: '' }))[0],
  check: (change, organization) =>
    changesOf<Service>(change, 'service').flatMap(({ after }) => {
      if (!after || !organization || after.priceMinor === null) return [];
      if (after.priceMinor < 0) return [violation('CAT-1', 'amount-sign', { field: 'priceMinor' })];
      return after.currency === organization.currency ? [] : [violation('CAT-1', 'other-currency')];
    }),
});
