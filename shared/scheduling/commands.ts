import { z } from 'zod';
import type { Change } from '../kernel/command.ts';
import { defineCommand } from '../kernel/command.ts';
import type { Conflict } from '../inbox/schema.ts';
import { idSchema } from '../kernel/id.ts';
import { exactly } from '../kernel/reader.ts';
import { fail, ok } from '../kernel/result.ts';
import { addMinutes, instantSchema } from '../kernel/time.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import { makeOrder } from '../orders/make-order.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import type { BookingFacts, ResourceRefs } from './facts.ts';
import { gatherBooking } from './facts.ts';
import type { Slot } from './rules.ts';
import { bookedResources, checkSlot } from './rules.ts';
import type { Appointment } from './schema.ts';
import { claimsSlot } from './schema.ts';

const slotInput = {
  locationId: idSchema,
  startsAtUtc: instantSchema,
  durationMin: z.int().min(5).max(480),
  practitionerId: idSchema,
  roomId: idSchema.nullable(),
  deviceId: idSchema.nullable(),
};
const bookInput = z.strictObject({
  ...slotInput,
  patientId: idSchema,
  serviceId: idSchema,
  note: z.string().max(2000),
  referringPhysician: z.string().max(120),
  question: z.string().max(2000),
  urgent: z.boolean(),
});
const moveInput = z.strictObject({ ...slotInput, appointmentId: idSchema });
type Book = z.infer<typeof bookInput>;
type Move = z.infer<typeof moveInput>;

const slotOf = (input: Book | Move): Slot => ({
  startsAtUtc: input.startsAtUtc,
  endsAtUtc: addMinutes(input.startsAtUtc, input.durationMin),
});
const windowOf = (slot: Slot): { fromUtc: string; toUtc: string } => ({
  fromUtc: addMinutes(slot.startsAtUtc, -60),
  toUtc: addMinutes(slot.endsAtUtc, 60),
});

const isAppointment = (doc: Change<unknown>['docs'][number]): boolean => doc.kind === 'appointment';

/** What the documents of the change claim now, checked against everybody else's claims; runs on both sides. */
function checkClaims(change: Change<unknown>, facts: BookingFacts): Violation[] {
  return change.docs.filter(isAppointment).flatMap((doc) => {
    const after = doc.after as Appointment | null;
    if (!after || !claimsSlot(after)) return [];
    return checkSlot(after, refsOf(after), after.id, facts);
  });
}

/** The resources of a booking by their part in it. */
export function refsOf(appointment: Appointment): ResourceRefs {
  const idOf = (kind: string): string | null =>
    appointment.resources.find((one) => one.resourceKind === kind)?.resourceId ?? null;
  return { practitionerId: idOf('practitioner') ?? '', roomId: idOf('room'), deviceId: idOf('device') };
}

const overrideOf = (
  reason: string | null,
  authorId: string,
  against: readonly Violation[],
): Pick<Appointment, 'overrideReason' | 'overrideBy'> =>
  reason && against.some((one) => one.overridableBy)
    ? { overrideReason: reason, overrideBy: authorId }
    : { overrideReason: null, overrideBy: null };

/** Books a patient into a time with everything it takes (SCHED-1 … 6); an imaging service makes its order too. */
export const book = defineCommand<Book, BookingFacts>({
  name: 'scheduling/book',
  input: bookInput,
  permission: 'appointments.book',
  nature: 'claim',
  writes: { appointment: 'all', imagingOrder: 'all' },
  undo: 'patches',
  gather: (reader, input) => gatherBooking(reader, { ...input, appointmentId: null }, windowOf(slotOf(input))),
  decide: (input, facts, context) => {
    const slot = slotOf(input);
    if (!facts.service) return fail([violation('SCHED-5', 'no-service', { field: 'serviceId' })]);
    const against = checkSlot(slot, input, null, facts);
    const appointment: Appointment = {
      id: context.newId(),
      patientId: input.patientId,
      locationId: input.locationId,
      serviceId: input.serviceId,
      ...slot,
      resources: bookedResources(slot, input, facts.service),
      ...overrideOf(context.reason, context.author.id, against),
      placement: 'placed',
      status: 'booked',
      statusReason: null,
      note: input.note,
      referringPhysician: input.referringPhysician,
      seriesId: null,
      bookedBy: context.author.id,
      bookedAtUtc: context.nowUtc,
    };
    const drafts = [{ kind: 'appointment', id: appointment.id, next: appointment }];
    if (!facts.service.modality || !input.deviceId) return ok(drafts);
    const order = makeOrder(
      {
        deviceId: input.deviceId,
        appointmentId: appointment.id,
        scheduledAtUtc: slot.startsAtUtc,
        ...pickOrder(input),
      },
      facts.service,
      context,
    );
    return ok([...drafts, { kind: 'imagingOrder', id: order.id, next: order }]);
  },
  check: (change, facts) => checkClaims(change, facts),
  lose: (change) =>
    change.docs.filter(isAppointment).map((doc) => ({
      kind: doc.kind,
      id: doc.id,
      next: doc.after && { ...doc.after, placement: 'unplaced' },
    })),
});

const pickOrder = (input: Book) => ({
  patientId: input.patientId,
  locationId: input.locationId,
  practitionerId: input.practitionerId,
  question: input.question,
  urgent: input.urgent,
});

type MoveFacts = BookingFacts & { order: ImagingOrder | undefined; conflicts: Conflict[] };

/** Moves a booking, or places one that lost its slot. A move that loses is refused, and the booking stays where it is. */
export const move = defineCommand<Move, MoveFacts>({
  name: 'scheduling/move',
  input: moveInput,
  permission: 'appointments.book',
  nature: 'claim',
  writes: { appointment: ['slot', 'placement'], imagingOrder: ['schedule'], conflict: ['solved'] },
  undo: 'patches',
  gather: async (reader, input) => {
    const appointment = await reader.get<Appointment>('appointment', input.appointmentId);
    const wanted = { ...input, patientId: appointment?.patientId ?? '', serviceId: appointment?.serviceId ?? '' };
    const facts = await gatherBooking(reader, wanted, windowOf(slotOf(input)));
    const orders = await reader.find<ImagingOrder>('imagingOrder', 'byAppointment', { prefix: input.appointmentId });
    const conflicts = await reader.find<Conflict>('conflict', 'byDoc', exactly(input.appointmentId));
    return {
      ...facts,
      order: orders[0],
      conflicts: conflicts.filter((one) => one.status === 'open' && one.problem === 'lostClaim'),
    };
  },
  decide: (input, facts, context) => {
    const { appointment, service, order } = facts;
    if (!appointment || !service) return fail([violation('SCHED-5', 'no-appointment')]);
    if (appointment.status !== 'booked')
      return fail([violation('SCHED-7', 'not-booked', { params: { status: appointment.status } })]);
    const slot = slotOf(input);
    const against = checkSlot(slot, input, appointment.id, facts);
    const next: Appointment = {
      ...appointment,
      ...slot,
      locationId: input.locationId,
      resources: bookedResources(slot, input, service),
      ...overrideOf(context.reason, context.author.id, against),
      placement: 'placed',
    };
    const solved = facts.conflicts.map((one) => ({
      kind: 'conflict',
      id: one.id,
      next: { ...one, status: 'solved', solvedBy: context.author.id, solvedAtUtc: context.nowUtc },
      basis: 'desk' as const,
    }));
    const drafts = [{ kind: 'appointment', id: next.id, next }, ...solved];
    if (!order || !input.deviceId) return ok(drafts);
    const moved: ImagingOrder = {
      ...order,
      locationId: input.locationId,
      deviceId: input.deviceId,
      scheduledAtUtc: slot.startsAtUtc,
    };
    return ok([...drafts, { kind: 'imagingOrder', id: order.id, next: moved, basis: 'desk' as const }]);
  },
  check: (change, facts) => checkClaims(change, facts),
});
