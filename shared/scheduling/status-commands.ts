import { z } from 'zod';
import type { Conflict } from '../inbox/schema.ts';
import type { CommandContext } from '../kernel/command.ts';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import type { Reader } from '../kernel/reader.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { AppointmentFacts } from './appointment-facts.ts';
import { closeLostClaims, gatherAppointment, openLostClaims } from './appointment-facts.ts';
import { bookedRule } from './booked-rule.ts';
import type { Appointment } from './schema.ts';
import { slotRule } from './slot-rule.ts';

const input = z.strictObject({ appointmentId: idSchema });
type Input = z.infer<typeof input>;

type EndingFacts = AppointmentFacts & { lostClaims: Conflict[] };

function endBooking(status: 'cancelled' | 'no_show') {
  return (facts: EndingFacts, context: CommandContext) => {
    if (!facts.appointment) return fail([violation('SCHED-5', 'no-appointment')]);
    const next: Appointment = { ...facts.appointment, status, statusReason: context.reason };
    const scheduled = facts.orders.filter((order) => order.status === 'scheduled');
    const orders = scheduled.map((order) => ({
      kind: 'imagingOrder',
      id: order.id,
      next: { ...order, status: 'cancelled' },
      basis: 'desk' as const,
    }));
    return ok([{ kind: 'appointment', id: next.id, next }, ...orders, ...closeLostClaims(facts.lostClaims, context)]);
  };
}

const shared = {
  input,
  permission: 'appointments.book' as const,
  nature: 'claim' as const,
  writes: { appointment: ['status'], imagingOrder: ['status'], conflict: ['solved'] },
  undo: 'patches' as const,
  gather: async (reader: Reader, given: Input): Promise<EndingFacts> => {
    const facts = await gatherAppointment(reader, given.appointmentId);
    return { ...facts, lostClaims: facts.appointment ? await openLostClaims(reader, facts.appointment) : [] };
  },
  rules: [bookedRule, slotRule],
};

/** Cancels a booking, with a reason; its order leaves the worklist. */
export const cancel = defineCommand<Input, EndingFacts>({
  ...shared,
  name: 'scheduling/cancel',
  needsReason: true,
  decide: (_input, facts, context) => endBooking('cancelled')(facts, context),
});

/** The patient did not come. */
export const noShow = defineCommand<Input, EndingFacts>({
  ...shared,
  name: 'scheduling/no-show',
  decide: (_input, facts, context) => endBooking('no_show')(facts, context),
});
