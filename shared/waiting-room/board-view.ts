import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { scheduleScope } from '../kernel/scopes.ts';
import { addMinutes, dayBounds, localTime } from '../kernel/time.ts';
import { defineView } from '../kernel/view.ts';
import type { Location } from '../organizations/schema.ts';
import type { Patient } from '../people/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { BoardCard, CardPerson } from './board-card.ts';
import { cardOf, personOf, practitionerOf } from './board-card.ts';
import type { Encounter } from './schema.ts';
import { currentStep } from './schema.ts';

/** Who is booked for today and has not come. */
export type ExpectedPatient = {
  appointmentId: string;
  person: CardPerson;
  startsAtUtc: string;
  service: string | null;
  practitioner: { id: string; name: string } | null;
};

export type FinishedVisit = {
  encounter: Encounter;
  person: CardPerson;
  service: string | null;
  practitioner: { id: string; name: string } | null;
  completedAtUtc: string;
};

export type Board = {
  held: Holding;
  /** The location's calendar day that the board shows. */
  day: string;
  zone: string;
  /** Every visit that is not over, those left over from earlier days included. */
  cards: BoardCard[];
  expected: ExpectedPatient[];
  finished: FinishedVisit[];
};

/** How long before midnight a visit may have begun that still belongs to the new day. */
const NIGHT_MIN = 12 * 60;

/** Everybody who is in the building, who is still to come, and who has gone today. Null: no such location here. */
export const boardView = defineView<{ locationId: string }, Board | null>({
  name: 'waiting-room/board',
  params: z.strictObject({ locationId: idSchema }),
  permission: 'encounters.view',
  kinds: [
    'encounter',
    'appointment',
    'patient',
    'imagingOrder',
    'study',
    'instance',
    'invoice',
    'payment',
    'invoiceBalance',
    'service',
    'user',
    'room',
    'device',
    'location',
  ],
  read: async (reader, { locationId }, { nowUtc, permissions }) => {
    const location = await reader.get<Location>('location', locationId);
    if (!location) return null;
    const { day } = localTime(nowUtc, location.zone);
    const { fromUtc, toUtc } = dayBounds(day, location.zone);
    const open = await reader.find<Encounter>('encounter', 'open', exactly(locationId));
    const cards: BoardCard[] = [];
    for (const encounter of open) {
      const card = await cardOf(reader, encounter, fromUtc, permissions.has('billing.view'));
      if (card) cards.push(card);
    }
    // Who is booked over midnight, or was received before it, belongs to today too.
    const range = { from: `${locationId}/${addMinutes(fromUtc, -NIGHT_MIN)}`, to: `${locationId}/${toUtc}` };
    const booked = await reader.find<Appointment>('appointment', 'byStart', range);
    const visits = await reader.find<Encounter>('encounter', 'byOpened', range);
    return {
      held: await reader.holds(scheduleScope(locationId, nowUtc)),
      day,
      zone: location.zone,
      cards,
      expected: await expectedOf(
        reader,
        booked.filter((one) => one.endsAtUtc > fromUtc),
      ),
      finished: await finishedOf(
        reader,
        visits.filter((one) => currentStep(one).atUtc >= fromUtc),
      ),
    };
  },
});

async function expectedOf(reader: Reader, appointments: readonly Appointment[]): Promise<ExpectedPatient[]> {
  const expected: ExpectedPatient[] = [];
  for (const one of appointments) {
    if (one.status !== 'booked' || (await reader.count('encounter', 'byAppointment', exactly(one.id))) > 0) continue;
    const patient = await reader.get<Patient>('patient', one.patientId);
    if (!patient) continue;
    const who = one.resources.find((resource) => resource.resourceKind === 'practitioner')?.resourceId ?? null;
    expected.push({
      appointmentId: one.id,
      person: personOf(patient),
      startsAtUtc: one.startsAtUtc,
      service: (await reader.get<Service>('service', one.serviceId))?.name ?? null,
      practitioner: await practitionerOf(reader, who),
    });
  }
  return expected;
}

async function finishedOf(reader: Reader, encounters: readonly Encounter[]): Promise<FinishedVisit[]> {
  const finished: FinishedVisit[] = [];
  for (const encounter of encounters) {
    const last = currentStep(encounter);
    const patient = last.stage === 'completed' ? await reader.get<Patient>('patient', encounter.patientId) : undefined;
    if (!patient) continue;
    const serviceId = encounter.services[0]?.serviceId;
    finished.push({
      encounter,
      person: personOf(patient),
      service: serviceId ? ((await reader.get<Service>('service', serviceId))?.name ?? null) : null,
      practitioner: await practitionerOf(reader, encounter.practitionerId),
      completedAtUtc: last.atUtc,
    });
  }
  return finished;
}
