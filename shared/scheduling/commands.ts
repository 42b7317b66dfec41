import { z } from 'zod';
import type { RuleContext } from '../kernel/command.ts';
import { changesOf, defineCommand } from '../kernel/command.ts';
import type { Conflict } from '../inbox/schema.ts';
import { idSchema } from '../kernel/id.ts';
import { fail, ok } from '../kernel/result.ts';
import { addMinutes, instantSchema } from '../kernel/time.ts';
import { violation } from '../kernel/violation.ts';
import { makeOrder } from '../orders/make-order.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { closeLostClaims, openLostClaims } from './appointment-facts.ts';
import { bookedRule } from './booked-rule.ts';
import type { BookingFacts } from './facts.ts';
import { gatherBooking } from './facts.ts';
import type { Slot } from './rules.ts';
import { bookedResources } from './rules.ts';
import type { Appointment } from './schema.ts';
import { slotRule } from './slot-rule.ts';

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

/** A reason that is given stays on the booking with who gave it (SCHED-6), whatever it has to set aside on the server. */
const overrideOf = ({ reason, author }: RuleContext): Pick<Appointment, 'overrideReason' | 'overrideBy'> => ({
  overrideReason: reason,
  overrideBy: reason === null ? null : author.id,
});

/** Books a patient into a time with everything it takes (SCHED-1 … 6); an imaging service makes its order too. */
export const book = defineCommand<Book, BookingFacts>({
  name: 'scheduling/book',
  needsProof: 'with-reason',
  input: bookInput,
  permission: 'appointments.book',
  nature: 'claim',
  writes: { appointment: 'all', imagingOrder: 'all' },
  undo: 'patches',
  gather: (reader, input) => gatherBooking(reader, { ...input, appointmentId: null }, windowOf(slotOf(input))),
  decide: (input, facts, context) => {
    const slot = slotOf(input);
    if (!facts.service) return fail([violation('SCHED-5', 'no-service', { field: 'serviceId' })]);
    const appointment: Appointment = {
      id: context.newId(),
      patientId: input.patientId,
      locationId: input.locationId,
      serviceId: input.serviceId,
      ...slot,
      resources: bookedResources(slot, input, facts.service),
      ...overrideOf(context),
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
  rules: [slotRule],
  lose: (change) =>
    changesOf<Appointment>(change, 'appointment').map(({ id, after }) => ({
      kind: 'appointment',
      id,
      next: after && { ...after, placement: 'unplaced' },
    })),
});

const pickOrder = (input: Book) => ({
  patientId: input.patientId,
  locationId: input.locationId,
  practitionerId: input.practitionerId,
  question: input.question,
  urgent: input.urgent,
});

type MoveFacts = BookingFacts & { order: ImagingOrder | undefined; lostClaims: Conflict[] };

/** Moves a booking, or places one that lost its slot. A move that loses is refused, and the booking stays where it is. */
export const move = defineCommand<Move, MoveFacts>({
  name: 'scheduling/move',
  needsProof: 'with-reason',
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
    const lostClaims = appointment ? await openLostClaims(reader, appointment) : [];
    return { ...facts, order: orders[0], lostClaims };
  },
  decide: (input, facts, context) => {
    const { appointment, service, order } = facts;
    if (!appointment || !service) return fail([violation('SCHED-5', 'no-appointment')]);
    const slot = slotOf(input);
    const next: Appointment = {
      ...appointment,
      ...slot,
      locationId: input.locationId,
      resources: bookedResources(slot, input, service),
      ...overrideOf(context),
      placement: 'placed',
    };
    const drafts = [{ kind: 'appointment', id: next.id, next }, ...closeLostClaims(facts.lostClaims, context)];
    if (!order || !input.deviceId) return ok(drafts);
    const moved: ImagingOrder = {
      ...order,
      locationId: input.locationId,
      deviceId: input.deviceId,
      scheduledAtUtc: slot.startsAtUtc,
    };
    return ok([...drafts, { kind: 'imagingOrder', id: order.id, next: moved, basis: 'desk' as const }]);
  },
  rules: [bookedRule, slotRule],
});
