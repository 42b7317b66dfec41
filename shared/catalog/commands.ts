import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { amountMinorSchema } from '../kernel/money.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import { priceRule } from './price-rule.ts';
import type { Service } from './schema.ts';

const input = z.strictObject({ serviceId: idSchema, priceMinor: amountMinorSchema.min(0).nullable() });

/** Sets a service's price; invoices that were issued keep theirs (BILL-2). */
export const setPrice = defineCommand<z.infer<typeof input>, { service: Service | undefined }>({
  name: 'catalog/set-price',
  input,
  permission: 'settings.write',
  nature: 'record',
  writes: { service: ['price'] },
  rules: [priceRule],
  undo: 'patches',
  gather: async (reader, given) => ({ service: await reader.get<Service>('service', given.serviceId) }),
  decide: (given, { service }) => {
    if (!service) return fail([violation('CAT-1', 'no-service')]);
    return ok([{ kind: 'service', id: service.id, next: { ...service, priceMinor: given.priceMinor } }]);
  },
});
