/** What the booking laws need to know, asked of any reader: the resources, their hours, and who else claims the time. */
import type { Service } from '../catalog/schema.ts';
import type { Device } from '../devices/schema.ts';
import type { Known, Reader } from '../kernel/reader.ts';
import { known, unknown } from '../kernel/reader.ts';
import { patientScope, scheduleScopes } from '../kernel/scopes.ts';
import { addMinutes } from '../kernel/time.ts';
import type { Location, Room } from '../organizations/schema.ts';
import type { Patient } from '../people/schema.ts';
import type { User } from '../users/schema.ts';
import type { Appointment } from './schema.ts';
import { claimsSlot } from './schema.ts';

/** No booking is longer than this, buffers included: how far back a look-up by start must go to see all that overlaps. */
export const LONGEST_BOOKING_MIN = 12 * 60;

export type ResourceRefs = { practitionerId: string; roomId: string | null; deviceId: string | null };

export type BookingFacts = {
  appointment: Appointment | undefined;
  patient: Patient | undefined;
  service: Service | undefined;
  location: Location | undefined;
  practitioner: User | undefined;
  room: Room | undefined;
  device: Device | undefined;
  /** Bookings that claim one of the resources in the window, by resource id. */
  claims: Known<Map<string, Appointment[]>>;
  /** The patient's own bookings in the window, wherever they are. */
  patientClaims: Known<Appointment[]>;
  locations: Location[];
};

/** Bookings of one resource that may touch [fromUtc, toUtc). */
export async function claimsOn(
  reader: Reader,
  resourceId: string,
  fromUtc: string,
  toUtc: string,
): Promise<Appointment[]> {
  const range = { from: `${resourceId}/${addMinutes(fromUtc, -LONGEST_BOOKING_MIN)}`, to: `${resourceId}/${toUtc}` };
  const found = await reader.find<Appointment>('appointment', 'byResource', range);
  return found.filter((one) =>
    one.resources.some((r) => r.resourceId === resourceId && r.endsAtUtc > fromUtc && r.startsAtUtc < toUtc),
  );
}

/** Bookings of one patient that may touch [fromUtc, toUtc). */
export async function bookingsOfPatient(
  reader: Reader,
  patientId: string,
  fromUtc: string,
  toUtc: string,
): Promise<Appointment[]> {
  const range = { from: `${patientId}/${addMinutes(fromUtc, -LONGEST_BOOKING_MIN)}`, to: `${patientId}/${toUtc}` };
  const found = await reader.find<Appointment>('appointment', 'byPatient', range);
  return found.filter((one) => claimsSlot(one) && one.endsAtUtc > fromUtc && one.startsAtUtc < toUtc);
}

/** Gathers everything for one booking (new, moved, or looked for) in a window. */
export async function gatherBooking(
  reader: Reader,
  wanted: ResourceRefs & { appointmentId: string | null; patientId: string; serviceId: string; locationId: string },
  window: { fromUtc: string; toUtc: string },
): Promise<BookingFacts> {
  const resourceIds = [wanted.practitionerId, wanted.roomId, wanted.deviceId].filter((id) => id !== null);
  const locations = await reader.find<Location>('location', 'all', { prefix: '' });
  return {
    appointment: wanted.appointmentId ? await reader.get<Appointment>('appointment', wanted.appointmentId) : undefined,
    patient: await reader.get<Patient>('patient', wanted.patientId),
    service: await reader.get<Service>('service', wanted.serviceId),
    location: locations.find((one) => one.id === wanted.locationId),
    practitioner: await reader.get<User>('user', wanted.practitionerId),
    room: wanted.roomId ? await reader.get<Room>('room', wanted.roomId) : undefined,
    device: wanted.deviceId ? await reader.get<Device>('device', wanted.deviceId) : undefined,
    claims: await gatherClaims(reader, resourceIds, wanted.locationId, window),
    patientClaims: await gatherPatientClaims(reader, wanted.patientId, locations, window),
    locations,
  };
}

/** Known where the patient's chart is here, or the schedules of all places are. */
async function gatherPatientClaims(
  reader: Reader,
  patientId: string,
  locations: readonly Location[],
  window: { fromUtc: string; toUtc: string },
): Promise<Known<Appointment[]>> {
  const scopes = locations.flatMap((one) => scheduleScopes(one.id, window.fromUtc, window.toUtc));
  if ((await reader.holds(patientScope(patientId))) !== 'held')
    for (const scope of scopes) if ((await reader.holds(scope)) !== 'held') return unknown(scope);
  return known(await bookingsOfPatient(reader, patientId, window.fromUtc, window.toUtc));
}

async function gatherClaims(
  reader: Reader,
  resourceIds: string[],
  locationId: string,
  window: { fromUtc: string; toUtc: string },
): Promise<Known<Map<string, Appointment[]>>> {
  for (const scope of scheduleScopes(locationId, window.fromUtc, window.toUtc))
    if ((await reader.holds(scope)) !== 'held') return unknown(scope);
  const claims = new Map<string, Appointment[]>();
  for (const id of resourceIds) claims.set(id, await claimsOn(reader, id, window.fromUtc, window.toUtc));
  return known(claims);
}
