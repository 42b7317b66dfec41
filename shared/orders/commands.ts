import { z } from 'zod';
import { changesOf, defineCommand, defineRule } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { ImagingOrder } from './schema.ts';

const input = z.strictObject({ orderId: idSchema, status: z.enum(['completed', 'cancelled', 'scheduled']) });

/** ORD-3: a step is put on the worklist again only while its booking stands. */
const bookingStandsRule = defineRule<unknown, Appointment[]>({
  gather: async (reader, change) => {
    const opened = changesOf<ImagingOrder>(change, 'imagingOrder').flatMap(({ before, after }) =>
      after?.status === 'scheduled' && before?.status !== 'scheduled' ? (after.appointmentId ?? []) : [],
    );
    const found = await Promise.all(opened.map(async (id) => reader.get<Appointment>('appointment', id)));
    return found.filter((one) => one !== undefined);
  },
  check: (_change, appointments) =>
    appointments.filter((one) => one.status !== 'booked').map(() => violation('ORD-3', 'not-booked')),
});

/** A technician says that a step is done, was given up, or is open again (ORD-2). */
export const setStatus = defineCommand<z.infer<typeof input>, { order: ImagingOrder | undefined }>({
  name: 'orders/set-status',
  input,
  permission: 'orders.write',
  nature: 'record',
  writes: { imagingOrder: ['status'] },
  undo: 'patches',
  gather: async (reader, given) => ({ order: await reader.get<ImagingOrder>('imagingOrder', given.orderId) }),
  decide: (given, { order }) => {
    if (!order) return fail([violation('ORD-2', 'no-order')]);
    return ok([{ kind: 'imagingOrder', id: order.id, next: { ...order, status: given.status } }]);
  },
  rules: [bookingStandsRule],
});
