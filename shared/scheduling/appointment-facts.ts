import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { Appointment } from './schema.ts';

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
