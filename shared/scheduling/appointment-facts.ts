import type { Conflict } from '../inbox/schema.ts';
import type { CommandContext, Draft } from '../kernel/command.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { inboxScope } from '../kernel/scopes.ts';
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

/** Open conflicts of a booking's lost slot (SCHED-9). None on a station that does not follow the place's inbox: the server closes them. */
export async function openLostClaims(reader: Reader, appointment: Appointment): Promise<Conflict[]> {
  if ((await reader.holds(inboxScope(appointment.locationId))) !== 'held') return [];
  const conflicts = await reader.find<Conflict>('conflict', 'byDoc', exactly(appointment.id));
  return conflicts.filter((one) => one.status === 'open' && one.problem === 'lostClaim');
}

/** A booking that is placed or ended waits for nobody: bookkeeping, on whatever station its inbox is. */
export const closeLostClaims = (lostClaims: readonly Conflict[], { author, nowUtc }: CommandContext): Draft[] =>
  lostClaims.map((one) => ({
    kind: 'conflict',
    id: one.id,
    next: { ...one, status: 'solved', solvedBy: author.id, solvedAtUtc: nowUtc },
    basis: 'desk',
  }));
