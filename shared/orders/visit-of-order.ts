import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { ImagingOrder } from './schema.ts';
import { walkInOf, walkInOrderId } from './schema.ts';

/** The visit that an order belongs to: its appointment's, or the walk-in that made it. Undefined before the patient is here. */
export async function visitOfOrder(reader: Reader, order: ImagingOrder): Promise<Encounter | undefined> {
  if (order.appointmentId)
    return (await reader.find<Encounter>('encounter', 'byAppointment', exactly(order.appointmentId)))[0];
  const visitId = walkInOf(order.id);
  return visitId === null ? undefined : reader.get<Encounter>('encounter', visitId);
}

/** Whether a visit is the one that `visitOfOrder` finds. */
export const isVisitOfOrder = (visit: Encounter, order: ImagingOrder): boolean =>
  order.appointmentId ? visit.appointmentId === order.appointmentId : walkInOf(order.id) === visit.id;

/** The orders of a visit: those of its appointment, or the one that a walk-in made. */
export async function ordersOfVisit(reader: Reader, encounter: Encounter): Promise<ImagingOrder[]> {
  if (encounter.appointmentId)
    return reader.find<ImagingOrder>('imagingOrder', 'byAppointment', exactly(encounter.appointmentId));
  const order = await reader.get<ImagingOrder>('imagingOrder', walkInOrderId(encounter.id));
  return order ? [order] : [];
}
