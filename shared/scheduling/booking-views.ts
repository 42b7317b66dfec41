import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import type { Device } from '../devices/schema.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { exactly, known } from '../kernel/reader.ts';
import { addMinutes, instantSchema } from '../kernel/time.ts';
import type { ViewContext } from '../kernel/view.ts';
import { defineView } from '../kernel/view.ts';
import type { Violation } from '../kernel/violation.ts';
import type { Location, Room } from '../organizations/schema.ts';
import { displayName } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { User } from '../users/schema.ts';
import { holdsSchedule } from './day-views.ts';
import type { BookingFacts } from './facts.ts';
import { gatherBooking } from './facts.ts';
import { FREE_TIMES_WINDOW_DAYS, nextFreeTimes } from './free-times.ts';
import type { Slot } from './rules.ts';
import { checkSlot, OVERRIDE } from './rules.ts';
import type { Appointment } from './schema.ts';

/** A violation with the names that its sentence needs. */
export type NamedViolation = Violation & {
  names: { resource: string; patient: string; location: string; locationZone: string };
};

export type FreeTimesView = {
  held: Holding;
  /** Zone of the location; all times are shown in it. */
  zone: string;
  slot: Slot;
  violations: NamedViolation[];
  next: Slot[];
  /** Whether this person may set aside every law that stands against the slot. */
  mayOverride: boolean;
};

async function nameIn(reader: Reader, found: Violation, facts: BookingFacts): Promise<NamedViolation> {
  const params = found.params ?? {};
  const text = (name: string): string => String(params[name] ?? '');
  const resourceId = text('resourceId') || text('practitionerId') || text('deviceId');
  const resource = [facts.practitioner, facts.room, facts.device].find((one) => one?.id === resourceId);
  const other = text('byAppointmentId')
    ? await reader.get<Appointment>('appointment', text('byAppointmentId'))
    : undefined;
  const patient = other ? await reader.get<Patient>('patient', other.patientId) : facts.patient;
  const place = facts.locations.find((one) => one.id === (text('atLocationId') || text('locationId')));
  return {
    ...found,
    names: {
      resource: resource?.name ?? '',
      patient: patient && patient.names.length > 0 ? displayName(patient).written : '',
      location: place?.name ?? '',
      locationZone: place?.zone ?? '',
    },
  };
}

/** The patient may still be unknown while a time is looked for: nobody has no bookings of their own. */
const nobody = { names: [] as Patient['names'], mergedInto: null } as Patient;

/** What stands against one slot, and the next three times at which nothing does. Facts are gathered once, for two weeks. */
export const schedulingFreeTimes = defineView({
  name: 'scheduling/free-times',
  params: z.strictObject({
    serviceId: idSchema,
    practitionerId: idSchema,
    roomId: idSchema.nullable(),
    deviceId: idSchema.nullable(),
    patientId: idSchema.nullable(),
    locationId: idSchema,
    fromUtc: instantSchema,
    durationMin: z.int().min(5).max(480),
    ownId: idSchema.nullable(),
  }),
  permission: 'appointments.view',
  kinds: ['appointment', 'location', 'user', 'room', 'device', 'service', 'patient'],
  read: async (reader, params, context: ViewContext): Promise<FreeTimesView> => {
    const slot = { startsAtUtc: params.fromUtc, endsAtUtc: addMinutes(params.fromUtc, params.durationMin) };
    const searchFrom = params.fromUtc > context.nowUtc ? params.fromUtc : context.nowUtc;
    const window = {
      fromUtc: addMinutes(params.fromUtc < searchFrom ? params.fromUtc : searchFrom, -120),
      toUtc: addMinutes(searchFrom, FREE_TIMES_WINDOW_DAYS * 24 * 60 + params.durationMin + 120),
    };
    const wanted = { ...params, appointmentId: params.ownId, patientId: params.patientId ?? '' };
    const gathered = await gatherBooking(reader, wanted, window);
    const facts = params.patientId ? gathered : { ...gathered, patient: nobody, patientClaims: known([]) };
    const violations: NamedViolation[] = [];
    for (const one of checkSlot(slot, params, params.ownId, facts)) violations.push(await nameIn(reader, one, facts));
    const look = { fromUtc: searchFrom, durationMin: params.durationMin, ownId: params.ownId, refs: params };
    const misfit = violations.some((one) => !one.overridableBy);
    const end = addMinutes(params.fromUtc, params.durationMin + 120);
    return {
      held: await holdsSchedule(reader, params.locationId, addMinutes(params.fromUtc, -120), end),
      zone: facts.location?.zone ?? 'UTC',
      slot,
      violations,
      next: misfit ? [] : nextFreeTimes(look, facts),
      mayOverride: !misfit && context.permissions.has(OVERRIDE),
    };
  },
});

export type CatalogueView = {
  location: Pick<Location, 'id' | 'name' | 'zone' | 'locale'>;
  services: Service[];
  practitioners: Array<Pick<User, 'id' | 'name' | 'specialty'>>;
  rooms: Array<Pick<Room, 'id' | 'name'>>;
  devices: Array<Pick<Device, 'id' | 'name' | 'modality'>>;
};

/** What can be booked at a location, in the order of names. */
export const schedulingCatalogue = defineView({
  name: 'scheduling/catalogue',
  params: z.strictObject({ locationId: idSchema }),
  permission: 'appointments.view',
  kinds: ['service', 'user', 'room', 'device', 'location'],
  read: async (reader, { locationId }): Promise<CatalogueView | null> => {
    const location = await reader.get<Location>('location', locationId);
    if (!location) return null;
    const services = await reader.find<Service>('service', 'all', { prefix: '' });
    const users = await reader.find<User>('user', 'all', { prefix: '' });
    const rooms = await reader.find<Room>('room', 'byLocation', exactly(locationId));
    const devices = await reader.find<Device>('device', 'byLocation', exactly(locationId));
    const works = (user: User): boolean => user.active && user.practices.some((one) => one.locationId === locationId);
    const { id, name, zone, locale } = location;
    return {
      location: { id, name, zone, locale },
      services: services.filter((one) => one.active),
      practitioners: users.filter(works).map((one) => ({ id: one.id, name: one.name, specialty: one.specialty })),
      rooms: rooms.filter((one) => one.active).map((one) => ({ id: one.id, name: one.name })),
      devices: devices
        .filter((one) => one.active)
        .map((one) => ({ id: one.id, name: one.name, modality: one.modality })),
    };
  },
});
