import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import type { Result } from '../kernel/result.ts';
import { fail, ok } from '../kernel/result.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { Appointment } from './schema.ts';

const input = z.strictObject({ appointmentId: idSchema });
type Input = z.infer<typeof input>;

export type AppointmentFacts = {
  appointment: Appointment | undefined;
  encounter: Encounter | undefined;
  orders: ImagingOrder[];
};

/** The appointment with what hangs on it. */
export async function gatherAppointment(reader: Reader, appointmentId: string): Promise<AppointmentFacts> {
  const encounters = await reader.find<Encounter>('encounter', 'byAppointment', exactly(appointmentId));
  return {
    appointment: await reader.get<Appointment>('appointment', appointmentId),
    encounter: encounters[0],
    orders: await reader.find<ImagingOrder>('imagingOrder', 'byAppointment', exactly(appointmentId)),
  };
}

/** SCHED-7: only a booked appointment; SCHED-8: not once the patient has been received. */
function bookedOnly(facts: AppointmentFacts): Result<Appointment, Violation[]> {
  const { appointment, encounter } = facts;
  if (!appointment) return fail([violation('SCHED-5', 'no-appointment')]);
  if (appointment.status !== 'booked')
    return fail([violation('SCHED-7', 'not-booked', { params: { status: appointment.status } })]);
  if (encounter) return fail([violation('SCHED-8', 'already-received')]);
  return ok(appointment);
}

function endBooking(status: 'cancelled' | 'no_show') {
  return (facts: AppointmentFacts, reason: string | null) => {
    const found = bookedOnly(facts);
    if (!found.ok) return found;
    const next: Appointment = { ...found.value, status, statusReason: reason };
    const orders = facts.orders.map((order) => ({
      kind: 'imagingOrder',
      id: order.id,
      next: { ...order, status: 'cancelled' },
      basis: 'desk' as const,
    }));
    return ok([{ kind: 'appointment', id: next.id, next }, ...orders]);
  };
}

const shared = {
  input,
  permission: 'appointments.book' as const,
  nature: 'claim' as const,
  writes: { appointment: ['status'], imagingOrder: ['status'] },
  undo: 'patches' as const,
  gather: (reader: Reader, given: Input) => gatherAppointment(reader, given.appointmentId),
};

/** Cancels a booking, with a reason; its order leaves the worklist. */
export const cancel = defineCommand<Input, AppointmentFacts>({
  ...shared,
  name: 'scheduling/cancel',
  needsReason: true,
  decide: (_input, facts, context) => endBooking('cancelled')(facts, context.reason),
});

/** The patient did not come. */
export const noShow = defineCommand<Input, AppointmentFacts>({
  ...shared,
  name: 'scheduling/no-show',
  decide: (_input, facts, context) => endBooking('no_show')(facts, context.reason),
});
