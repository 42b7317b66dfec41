import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { patientScope, scheduleScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';

export const resourceKindSchema = z.enum(['practitioner', 'room', 'device']);
export type ResourceKind = z.infer<typeof resourceKindSchema>;

/** One booked resource with its own interval, buffers included; times are instants, from inclusive, to exclusive. */
export const bookedResourceSchema = z.strictObject({
  resourceKind: resourceKindSchema,
  resourceId: idSchema,
  startsAtUtc: instantSchema,
  endsAtUtc: instantSchema,
});
export type BookedResource = z.infer<typeof bookedResourceSchema>;

/** A booking (design §4). What happens once the patient is here is the encounter's, and the appointment shows it. */
export const appointmentSchema = z.strictObject({
  id: idSchema,
  patientId: idSchema,
  locationId: idSchema,
  serviceId: idSchema,
  startsAtUtc: instantSchema,
  endsAtUtc: instantSchema,
  resources: z.array(bookedResourceSchema).max(8),
  /** Why a law was set aside for this booking, by whom; shown on it and checked again by the server. */
  overrideReason: z.string().max(2000).nullable(),
  overrideBy: idSchema.nullable(),
  /** `unplaced`: it lost its slot to another booking and waits for a person; it claims nothing. */
  placement: z.enum(['placed', 'unplaced']),
  status: z.enum(['booked', 'cancelled', 'no_show']),
  statusReason: z.string().max(2000).nullable(),
  note: z.string().max(2000),
  referringPhysician: z.string().max(120),
  seriesId: idSchema.nullable(),
  bookedBy: idSchema,
  bookedAtUtc: instantSchema,
});
export type Appointment = z.infer<typeof appointmentSchema>;

/** Whether the booking holds its resources against others. */
export const claimsSlot = (appointment: Appointment): boolean =>
  appointment.status === 'booked' && appointment.placement === 'placed';

export const appointmentKind = defineKind<Appointment>({
  kind: 'appointment',
  schema: appointmentSchema,
  collection: 'schedule',
  merge: 'units',
  units: {
    who: ['patientId', 'serviceId', 'referringPhysician', 'seriesId', 'bookedBy', 'bookedAtUtc'],
    slot: ['locationId', 'startsAtUtc', 'endsAtUtc', 'resources', 'overrideReason', 'overrideBy'],
    placement: ['placement'],
    status: ['status', 'statusReason'],
    note: ['note'],
  },
  phi: true,
  broughtBack: (last) => ({ ...last, placement: 'unplaced' }),
  scopes: (appointment) => [
    scheduleScope(appointment.locationId, appointment.startsAtUtc),
    patientScope(appointment.patientId),
  ],
  keys: {
    byStart: (appointment) => [`${appointment.locationId}/${appointment.startsAtUtc}`],
    byPatient: (appointment) => [`${appointment.patientId}/${appointment.startsAtUtc}`],
    /** Only what claims its slot: one key per resource, by the start of its interval. */
    byResource: (appointment) =>
      claimsSlot(appointment) ? appointment.resources.map((one) => `${one.resourceId}/${one.startsAtUtc}`) : [],
  },
  references: [{ kind: 'patient', key: 'byPatient' }],
});
