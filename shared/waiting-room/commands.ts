import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import { defineCommand } from '../kernel/command.ts';
import { derivedId, idSchema } from '../kernel/id.ts';
import { fail, ok } from '../kernel/result.ts';
import { instantSchema, minutesBetween } from '../kernel/time.ts';
import { violation } from '../kernel/violation.ts';
import { makeOrder } from '../orders/make-order.ts';
import { walkInOrderId } from '../orders/schema.ts';
import type { AppointmentFacts } from '../scheduling/appointment-facts.ts';
import { gatherAppointment } from '../scheduling/appointment-facts.ts';
import type { Encounter, StageStep } from './schema.ts';
import { currentStep, stageSchema } from './schema.ts';
import { bookingStandsRule, inferredRule, stepRule, walkInRule } from './visit-rules.ts';

const arriveInput = z.strictObject({ appointmentId: idSchema });

/** The patient is here: the visit begins (WAIT-1). Its id follows from the appointment's, so two stations make one visit. */
export const arrive = defineCommand<z.infer<typeof arriveInput>, AppointmentFacts>({
  name: 'waiting-room/arrive',
  input: arriveInput,
  permission: 'encounters.move',
  nature: 'record',
  writes: { encounter: 'all' },
  undo: 'patches',
  gather: (reader, input) => gatherAppointment(reader, input.appointmentId),
  decide: (_input, facts, context) => {
    const { appointment, encounter } = facts;
    if (!appointment) return fail([violation('SCHED-5', 'no-appointment')]);
    if (encounter) return fail([violation('WAIT-1', 'already-received')]);
    const next: Encounter = {
      id: derivedId(appointment.id, 1),
      appointmentId: appointment.id,
      patientId: appointment.patientId,
      locationId: appointment.locationId,
      practitionerId: appointment.resources.find((one) => one.resourceKind === 'practitioner')?.resourceId ?? null,
      openedAtUtc: context.nowUtc,
      steps: [{ stage: 'arrived', atUtc: context.nowUtc, byId: context.author.id, inferred: false }],
      services: [{ serviceId: appointment.serviceId, quantity: 1 }],
    };
    return ok([{ kind: 'encounter', id: next.id, next }]);
  },
  rules: [bookingStandsRule],
});

const walkInInput = z.strictObject({
  patientId: idSchema,
  locationId: idSchema,
  practitionerId: idSchema.nullable(),
  serviceId: idSchema.nullable(),
  /** The scanner for an imaging service. */
  deviceId: idSchema.nullable(),
});
type WalkInFacts = { patientExists: boolean; service: Service | undefined };

/** A patient without a booking: a visit at once, and an order where the service needs a scanner (WAIT-4). */
export const walkIn = defineCommand<z.infer<typeof walkInInput>, WalkInFacts>({
  name: 'waiting-room/walk-in',
  input: walkInInput,
  permission: 'encounters.move',
  nature: 'record',
  writes: { encounter: 'all', imagingOrder: 'all' },
  undo: 'patches',
  gather: async (reader, input) => ({
    patientExists: (await reader.get('patient', input.patientId)) !== undefined,
    service: input.serviceId ? await reader.get<Service>('service', input.serviceId) : undefined,
  }),
  decide: (input, facts, context) => {
    const { service } = facts;
    if (!facts.patientExists) return fail([violation('WAIT-4', 'no-patient', { field: 'patientId' })]);
    if (input.serviceId && !service) return fail([violation('WAIT-4', 'no-service', { field: 'serviceId' })]);
    const next: Encounter = {
      id: context.newId(),
      appointmentId: null,
      patientId: input.patientId,
      locationId: input.locationId,
      practitionerId: input.practitionerId,
      openedAtUtc: context.nowUtc,
      steps: [{ stage: 'arrived', atUtc: context.nowUtc, byId: context.author.id, inferred: false }],
      services: input.serviceId ? [{ serviceId: input.serviceId, quantity: 1 }] : [],
    };
    const drafts = [{ kind: 'encounter', id: next.id, next }];
    const { patientId, locationId, practitionerId, deviceId } = input;
    if (!service || !deviceId) return ok(drafts);
    const of = { patientId, locationId, practitionerId, deviceId, appointmentId: null };
    const made = makeOrder({ ...of, scheduledAtUtc: context.nowUtc, question: '', urgent: false }, service, context);
    const order = { ...made, id: walkInOrderId(next.id) };
    return ok([...drafts, { kind: 'imagingOrder', id: order.id, next: order }]);
  },
  rules: [walkInRule],
});

const moveInput = z.strictObject({ encounterId: idSchema, to: stageSchema });

/** The visit goes a stage on, or back (WAIT-2, WAIT-3). */
export const move = defineCommand<z.infer<typeof moveInput>, { encounter: Encounter | undefined }>({
  name: 'waiting-room/move',
  input: moveInput,
  permission: 'encounters.move',
  nature: 'record',
  writes: { encounter: ['steps'] },
  undo: 'patches',
  gather: async (reader, input) => ({ encounter: await reader.get<Encounter>('encounter', input.encounterId) }),
  decide: (input, { encounter }, context) => {
    if (!encounter) return fail([violation('WAIT-1', 'not-received')]);
    const now = currentStep(encounter);
    const atUtc = context.nowUtc < now.atUtc ? now.atUtc : context.nowUtc;
    const step: StageStep = { stage: input.to, atUtc, byId: context.author.id, inferred: false };
    return ok([{ kind: 'encounter', id: encounter.id, next: { ...encounter, steps: [...encounter.steps, step] } }]);
  },
  rules: [stepRule],
});

const inferInput = z.strictObject({ encounterId: idSchema, to: z.enum(['in_scan', 'review']), atUtc: instantSchema });

/** Images move the visit where nobody does: first image → in scan, three minutes of silence → review; marked inferred (WAIT-5). */
export const infer = defineCommand<z.infer<typeof inferInput>, { encounter: Encounter | undefined }>({
  name: 'waiting-room/infer',
  input: inferInput,
  permission: 'system.automatic',
  nature: 'record',
  writes: { encounter: ['steps'] },
  undo: { none: 'a person steps back with a reason' },
  gather: async (reader, input) => ({ encounter: await reader.get<Encounter>('encounter', input.encounterId) }),
  decide: (input, { encounter }, context) => {
    if (!encounter) return fail([violation('WAIT-5', 'not-received')]);
    const now = currentStep(encounter);
    const atUtc =
      input.atUtc > now.atUtc && minutesBetween(input.atUtc, context.nowUtc) < 24 * 60 ? input.atUtc : context.nowUtc;
    const step: StageStep = { stage: input.to, atUtc, byId: context.author.id, inferred: true };
    return ok([{ kind: 'encounter', id: encounter.id, next: { ...encounter, steps: [...encounter.steps, step] } }]);
  },
  rules: [inferredRule],
});
