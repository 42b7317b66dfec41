import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { ImagingOrder } from './schema.ts';

const input = z.strictObject({ orderId: idSchema, status: z.enum(['completed', 'cancelled', 'scheduled']) });

/** A technician says that a step is done, was given up, or is open again (ORD-2). */
export const setStatus = defineCommand<z.infer<typeof input>, { order: ImagingOrder | undefined }>({
  name: 'orders/set-status',
  input,
  permission: 'orders.write',
  nature: 'record',
  writes: { imagingOrder: ['status'] },
  rules: { none: 'TODO' },
  undo: 'patches',
  gather: async (reader, given) => ({ order: await reader.get<ImagingOrder>('imagingOrder', given.orderId) }),
  decide: (given, { order }) => {
    if (!order) return fail([violation('ORD-2', 'no-order')]);
    return ok([{ kind: 'imagingOrder', id: order.id, next: { ...order, status: given.status } }]);
  },
});
