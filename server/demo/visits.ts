/** What became of each booking: a visit that is over, a cancellation, a no-show; and the imaging order of each scan. */
import type { Service } from '../../shared/catalog/schema.ts';
import type { Note } from '../../shared/charting/schema.ts';
import type { CommandContext } from '../../shared/kernel/command.ts';
import { derivedId } from '../../shared/kernel/id.ts';
import { addMinutes } from '../../shared/kernel/time.ts';
import { makeOrder } from '../../shared/orders/make-order.ts';
import type { ImagingOrder } from '../../shared/orders/schema.ts';
import { refsOf } from '../../shared/scheduling/slot-rule.ts';
import type { Appointment } from '../../shared/scheduling/schema.ts';
import type { Encounter, Stage, StageStep } from '../../shared/waiting-room/schema.ts';
import type { Dice } from './dice.ts';
import type { Staff } from './staff.ts';
import type { ClinicalTables } from './tables.ts';

export type VisitMaker = {
  dice: Dice;
  services: readonly Service[];
  staff: Staff;
  clinical: ClinicalTables;
  context: CommandContext;
};

/** `past` and `coming` days, and today, on which everything is booked. */
export type When = 'past' | 'today' | 'coming';

export type Outcome = {
  appointment: Appointment;
  encounter: Encounter | null;
  order: ImagingOrder | null;
  note: Note | null;
};

/** Decides how one booking went. */
export function settle(maker: VisitMaker, booked: Appointment, when: When): Outcome {
  const appointment = { ...booked, ...drawStatus(maker, when) };
  const service = maker.services.find((one) => one.id === appointment.serviceId);
  if (!service) throw new Error('a booking without a service');
  const isDone = when === 'past' && appointment.status === 'booked';
  const encounter = isDone ? visitOf(maker, appointment, service) : null;
  return {
    appointment,
    encounter,
    order: orderOf(maker, appointment, service, isDone),
    note: encounter && !service.modality && maker.dice.chance(0.5) ? noteOf(maker, encounter) : null,
  };
}

function drawStatus({ dice, clinical }: VisitMaker, when: When): Pick<Appointment, 'status' | 'statusReason'> {
  const roll = dice.int(1, 100);
  const cancelled = { status: 'cancelled', statusReason: dice.pick(clinical.cancelReasons) } as const;
  if (when === 'coming' && roll <= 4) return cancelled;
  if (when === 'past' && roll <= 8) return cancelled;
  if (when === 'past' && roll <= 14) return { status: 'no_show', statusReason: null };
  return { status: 'booked', statusReason: null };
}

/** A visit from arrival to its end, each step by whoever takes it. */
function visitOf({ dice, staff }: VisitMaker, appointment: Appointment, service: Service): Encounter {
  const { practitionerId } = refsOf(appointment);
  const { receptionist, technician } = staff;
  const arrivedMin = -dice.int(4, 20);
  const inRoomMin = dice.int(0, 9);
  const doneMin = inRoomMin + service.durationMin;
  const planned: ReadonlyArray<readonly [Stage, number, string]> = [
    ['arrived', arrivedMin, receptionist.id],
    ['waiting', arrivedMin + 2, receptionist.id],
    ['in_room', inRoomMin, service.modality ? technician.id : practitionerId],
    ...(service.modality
      ? ([
          ['in_scan', inRoomMin + 3, technician.id],
          ['review', doneMin - 4, technician.id],
        ] as const)
      : []),
    ['completed', doneMin, practitionerId],
  ];
  const steps: StageStep[] = planned.map(([stage, minute, byId]) => ({
    stage,
    atUtc: addMinutes(appointment.startsAtUtc, minute),
    byId,
    inferred: false,
  }));
  return {
    id: derivedId(appointment.id, 1),
    appointmentId: appointment.id,
    patientId: appointment.patientId,
    locationId: appointment.locationId,
    practitionerId,
    openedAtUtc: addMinutes(appointment.startsAtUtc, arrivedMin),
    steps,
    services: [{ serviceId: service.id, quantity: 1 }],
  };
}

function orderOf(
  { dice, clinical, context }: VisitMaker,
  appointment: Appointment,
  service: Service,
  isDone: boolean,
): ImagingOrder | null {
  const { deviceId, practitionerId } = refsOf(appointment);
  if (!service.modality || !deviceId) return null;
  const questions = Object.entries(clinical.questions).find(([modality]) => modality === service.modality)?.[1];
  const order = makeOrder(
    {
      appointmentId: appointment.id,
      patientId: appointment.patientId,
      locationId: appointment.locationId,
      deviceId,
      practitionerId,
      scheduledAtUtc: appointment.startsAtUtc,
      question: questions ? dice.pick(questions) : '',
      urgent: dice.chance(0.08),
    },
    service,
    context,
  );
  if (appointment.status !== 'booked') return { ...order, status: 'cancelled' };
  return isDone ? { ...order, status: 'completed' } : order;
}

function noteOf({ dice, clinical, context }: VisitMaker, encounter: Encounter): Note | null {
  const last = encounter.steps.at(-1);
  if (!last) return null;
  return {
    id: context.newId(),
    patientId: encounter.patientId,
    encounterId: encounter.id,
    authorId: last.byId,
    atUtc: last.atUtc,
    text: dice.pick(clinical.notes),
    replaces: null,
  };
}
