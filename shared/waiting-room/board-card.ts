/** One visit as the board shows it: whole where a command needs it, the rest only what is drawn. */
import type { Balance } from '../billing/balance-facts.ts';
import { balancesOf } from '../billing/balance-facts.ts';
import type { Service } from '../catalog/schema.ts';
import type { Device } from '../devices/schema.ts';
import type { Study } from '../imaging/schema.ts';
import type { Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { patientScope } from '../kernel/scopes.ts';
import type { ImagingOrder } from '../orders/schema.ts';
import { ordersOfVisit } from '../orders/visit-of-order.ts';
import type { Room } from '../organizations/schema.ts';
import { displayName } from '../people/names.ts';
import type { Patient } from '../people/schema.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { User } from '../users/schema.ts';
import { nextStage, previousStage } from './rules.ts';
import type { Encounter, Stage } from './schema.ts';

/** What is flagged on a card. Null is not known: this station does not hold the patient's records, or
 * the person may not see money (`owes`). */
export type CardFlags = {
  allergyState: Patient['allergyState'];
  allergies: string[];
  alerts: string[];
  owes: { amountMinor: number; currency: string } | null;
  firstVisit: boolean | null;
};

export type CardPerson = {
  patientId: string;
  name: { written: string; latin: string };
  recordNumber: string;
  birthDate: string | null;
};

export type BoardCard = {
  encounter: Encounter;
  person: CardPerson;
  /** Null for a walk-in. */
  appointmentAtUtc: string | null;
  service: string | null;
  practitioner: { id: string; name: string } | null;
  room: string | null;
  device: { id: string; name: string } | null;
  /** The visit has an imaging order that was not given up. */
  hasScan: boolean;
  images: number;
  next: Stage | null;
  previous: Stage | null;
  isLeftOver: boolean;
  flags: CardFlags;
};

export const personOf = (patient: Patient): CardPerson => ({
  patientId: patient.id,
  name: displayName(patient),
  recordNumber: patient.recordNumber,
  birthDate: patient.birthDate,
});

/** The card of an open visit; undefined when its patient is not on this station. `fromUtc`: the day's first instant. */
export async function cardOf(
  reader: Reader,
  encounter: Encounter,
  fromUtc: string,
  showsMoney: boolean,
): Promise<BoardCard | undefined> {
  const patient = await reader.get<Patient>('patient', encounter.patientId);
  if (!patient) return undefined;
  const { appointmentId } = encounter;
  const appointment = appointmentId ? await reader.get<Appointment>('appointment', appointmentId) : undefined;
  const orders = await ordersOfVisit(reader, encounter);
  const live = orders.filter((order) => order.status !== 'cancelled');
  const hasScan = live.length > 0;
  const resource = (kind: string): string | undefined =>
    appointment?.resources.find((one) => one.resourceKind === kind)?.resourceId;
  const serviceId = encounter.services[0]?.serviceId ?? appointment?.serviceId;
  const deviceId = live[0]?.deviceId ?? resource('device');
  const device = deviceId ? await reader.get<Device>('device', deviceId) : undefined;
  const roomId = resource('room');
  return {
    encounter,
    person: personOf(patient),
    appointmentAtUtc: appointment?.startsAtUtc ?? null,
    service: serviceId ? ((await reader.get<Service>('service', serviceId))?.name ?? null) : null,
    practitioner: await practitionerOf(reader, encounter.practitionerId),
    room: roomId ? ((await reader.get<Room>('room', roomId))?.name ?? null) : null,
    device: device ? { id: device.id, name: device.name } : null,
    hasScan,
    images: await imagesOf(reader, live),
    next: nextStage(encounter, hasScan),
    previous: previousStage(encounter),
    isLeftOver: encounter.openedAtUtc < fromUtc,
    flags: await flagsOf(reader, patient, encounter, showsMoney),
  };
}

export async function practitionerOf(reader: Reader, id: string | null): Promise<{ id: string; name: string } | null> {
  const user = id ? await reader.get<User>('user', id) : undefined;
  return user ? { id: user.id, name: user.name } : null;
}

async function imagesOf(reader: Reader, orders: readonly ImagingOrder[]): Promise<number> {
  let images = 0;
  for (const order of orders) {
    const studies = await reader.find<Study>('study', 'byOrder', exactly(order.id));
    for (const study of studies)
      if (study.state === 'linked') images += await reader.count('instance', 'byStudy', { prefix: `${study.id}/` });
  }
  return images;
}

async function flagsOf(
  reader: Reader,
  patient: Patient,
  encounter: Encounter,
  showsMoney: boolean,
): Promise<CardFlags> {
  const held = (await reader.holds(patientScope(patient.id))) === 'held';
  return {
    allergyState: patient.allergyState,
    allergies: patient.allergies.map((one) => one.substance),
    alerts: patient.alerts,
    owes: showsMoney ? await mostOwed(reader, patient.id) : null,
    firstVisit: held ? (await firstVisitId(reader, patient.id)) === encounter.id : null,
  };
}

async function firstVisitId(reader: Reader, patientId: string): Promise<string | undefined> {
  const [first] = await reader.find<Encounter>('encounter', 'byPatient', { prefix: `${patientId}/` }, { limit: 1 });
  return first?.id;
}

/** The most that a patient owes in one currency; null where nothing is known to be owed. */
async function mostOwed(reader: Reader, patientId: string): Promise<Balance | null> {
  const balances = await balancesOf(reader, patientId);
  return balances.known ? (balances.value.toSorted((a, b) => b.amountMinor - a.amountMinor)[0] ?? null) : null;
}
