import type { Service } from '../../shared/catalog/schema.ts';
import type { Organization } from '../../shared/organizations/schema.ts';
import type { CatalogTable } from './tables.ts';

const PPN_BASIS_POINTS = 1100;

/** The catalogue: prices in whole rupiah, PPN contained where the table says so. */
export function makeServices(newId: () => string, table: CatalogTable, organization: Organization): Service[] {
  return table.map(({ ppn, ...row }) => ({
    ...row,
    id: newId(),
    needsRoom: true,
    currency: organization.currency,
    taxBasisPoints: ppn ? PPN_BASIS_POINTS : 0,
    taxName: ppn ? 'PPN' : '',
    taxInclusive: true,
    active: true,
  }));
}
