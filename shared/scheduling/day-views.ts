import { z } from 'zod';
import type { Service } from '../catalog/schema.ts';
import type { Device } from '../devices/schema.ts';
import { idSchema } from '../kernel/id.ts';
import type { Holding, Reader } from '../kernel/reader.ts';
import { exactly } from '../kernel/reader.ts';
import { patientScope, scheduleScopes } from '../kernel/scopes.ts';
import { addDays, addMinutes, dayBounds, daySchema, localTime } from '../kernel/time.ts';
import type { ViewContext } from '../kernel/view.ts';
import { defineView } from '../kernel/view.ts';
import type { Location, Room } from '../organizations/schema.ts';
import { displayName } from '../people/names.ts';
import type { Balance } from '../billing/balance-facts.ts';
import { balancesOf } from '../billing/balance-facts.ts';
import type { Patient } from '../people/schema.ts';
import type { User } from '../users/schema.ts';
import type { Encounter, StageStep } from '../waiting-room/schema.ts';
import { currentStep } from '../waiting-room/schema.ts';
import { LONGEST_BOOKING_MIN } from './facts.ts';
import type { ClosedSpan } from './closed-hours-rules.ts';
import { closedSpans } from './closed-hours-rules.ts';
import type { Appointment, ResourceKind } from './schema.ts';

export type DayColumn = {
  resourceKind: ResourceKind;
  resourceId: string;
  name: string;
  /** Specialty or modality. */
  detail: string;
  /** Closed spans by day. */
  closed: Record<string, ClosedSpan[]>;
};

export type DayBlock = {
  /** Whole, as commands need them. */
  appointment: Appointment;
  encounter: Encounter | null;
  /** The encounter's present step. */
  step: StageStep | null;
  service: { name: string; code: string; modality: string | null };
  patient: {
    written: string;
    latin: string;
    sex: Patient['sex'];
    birthDate: string | null;
    recordNumber: string;
    phone: string;
    allergyState: Patient['allergyState'];
    substances: string[];
  };
  /** `isNew`, `owes`: null where this station cannot know. */
  flags: { isNew: boolean | null; owes: Balance | null };
  practitionerName: string;
};

export type DayView = {
  location: Location;
  days: string[];
  /** The worst of the scopes that the days touch. */
  held: Holding;
  columns: DayColumn[];
  blocks: DayBlock[];
};

const worst = (all: Holding[]): Holding => (all.includes('no') ? 'no' : all.includes('loading') ? 'loading' : 'held');

/** Whether this place holds all bookings of [fromUtc, toUtc) of a location. */
export async function holdsSchedule(
  reader: Reader,
  locationId: string,
  fromUtc: string,
  toUtc: string,
): Promise<Holding> {
  const all: Holding[] = [];
  for (const scope of scheduleScopes(locationId, fromUtc, toUtc)) all.push(await reader.holds(scope));
  return worst(all);
}

/** All people, rooms and devices of a location that can be booked, each with its closed hours on the given days. */
export async function columnsOf(reader: Reader, location: Location, days: readonly string[]): Promise<DayColumn[]> {
  const locations = await reader.find<Location>('location', 'all', { prefix: '' });
  const users = await reader.find<User>('user', 'all', { prefix: '' });
  const rooms = await reader.find<Room>('room', 'byLocation', exactly(location.id));
  const devices = await reader.find<Device>('device', 'byLocation', exactly(location.id));
  const closedOf = (resource: Parameters<typeof closedSpans>[2]): DayColumn['closed'] =>
    Object.fromEntries(days.map((day) => [day, closedSpans(day, location, resource, locations)]));
  const column = (
    resourceKind: ResourceKind,
    one: { id: string; name: string },
    detail: string,
    closed: DayColumn['closed'],
  ) => ({
    resourceKind,
    resourceId: one.id,
    name: one.name,
    detail,
    closed,
  });
  const here = users.filter((one) => one.active && one.practices.some((p) => p.locationId === location.id));
  return [
    ...here.map((one) => column('practitioner', one, one.specialty, closedOf({ practitioner: one }))),
    ...rooms.filter((one) => one.active).map((one) => column('room', one, '', closedOf({ room: one.id }))),
    ...devices.filter((one) => one.active).map((one) => column('device', one, one.modality, closedOf({ device: one }))),
  ];
}

async function flagsOf(reader: Reader, one: Appointment, withMoney: boolean): Promise<DayBlock['flags']> {
  const before = { from: `${one.patientId}/`, to: `${one.patientId}/${one.startsAtUtc}` };
  const earlier = await reader.count('encounter', 'byPatient', before);
  const held = (await reader.holds(patientScope(one.patientId))) === 'held';
  const owed = withMoney ? await balancesOf(reader, one.patientId) : undefined;
  const owes = owed?.known ? owed.value.find((balance) => balance.amountMinor > 0) : undefined;
  return { isNew: earlier > 0 ? false : held ? true : null, owes: owes ?? null };
}

type Lists = { services: Map<string, Service>; users: Map<string, User>; withMoney: boolean };

async function blockOf(reader: Reader, one: Appointment, lists: Lists): Promise<DayBlock> {
  const patient = await reader.get<Patient>('patient', one.patientId);
  const visits = await reader.find<Encounter>('encounter', 'byAppointment', exactly(one.id), { limit: 1 });
  const encounter = visits[0] ?? null;
  const service = lists.services.get(one.serviceId);
  const who = one.resources.find((row) => row.resourceKind === 'practitioner')?.resourceId ?? '';
  return {
    appointment: one,
    encounter,
    step: encounter ? currentStep(encounter) : null,
    service: { name: service?.name ?? '', code: service?.code ?? '', modality: service?.modality ?? null },
    patient: {
      ...(patient ? displayName(patient) : { written: '', latin: '' }),
      sex: patient?.sex ?? 'U',
      birthDate: patient?.birthDate ?? null,
      recordNumber: patient?.recordNumber ?? '',
      phone: patient?.phones[0] ?? '',
      allergyState: patient?.allergyState ?? 'not_asked',
      substances: patient?.allergies.map((allergy) => allergy.substance) ?? [],
    },
    flags: await flagsOf(reader, one, lists.withMoney),
    practitionerName: lists.users.get(who)?.name ?? '',
  };
}

const byId = <T extends { id: string }>(docs: T[]): Map<string, T> => new Map(docs.map((one) => [one.id, one]));

/** One to seven days of a location's bookings with everything the grid draws; null: no such location. */
export const schedulingDay = defineView({
  name: 'scheduling/day',
  params: z.strictObject({
    locationId: idSchema,
    fromDay: daySchema,
    days: z.union([z.literal(1), z.literal(3), z.literal(7)]),
  }),
  permission: 'appointments.view',
  kinds: [
    'appointment',
    'encounter',
    'patient',
    'location',
    'user',
    'room',
    'device',
    'service',
    'invoice',
    'payment',
    'invoiceBalance',
  ],
  read: async (reader, params, context: ViewContext): Promise<DayView | null> => {
    const location = await reader.get<Location>('location', params.locationId);
    if (!location) return null;
    const days = Array.from({ length: params.days }, (_, i) => addDays(params.fromDay, i));
    const { fromUtc } = dayBounds(params.fromDay, location.zone);
    const { toUtc } = dayBounds(days.at(-1) ?? params.fromDay, location.zone);
    // What began before midnight may go on into the first day.
    const range = {
      from: `${location.id}/${addMinutes(fromUtc, -LONGEST_BOOKING_MIN)}`,
      to: `${location.id}/${toUtc}`,
    };
    const lists: Lists = {
      services: byId(await reader.find<Service>('service', 'all', { prefix: '' })),
      users: byId(await reader.find<User>('user', 'all', { prefix: '' })),
      withMoney: params.days === 1 && context.permissions.has('billing.view'),
    };
    const blocks: DayBlock[] = [];
    for (const one of await reader.find<Appointment>('appointment', 'byStart', range))
      if (one.endsAtUtc > fromUtc) blocks.push(await blockOf(reader, one, lists));
    return {
      location,
      days,
      held: await holdsSchedule(reader, location.id, fromUtc, toUtc),
      columns: await columnsOf(reader, location, days),
      blocks,
    };
  },
});

export type MonthView = { held: Holding; today: string; load: Array<{ day: string; count: number }> };

/** How many bookings each of six weeks' days has, for the small calendar. */
export const schedulingMonth = defineView({
  name: 'scheduling/month',
  params: z.strictObject({ locationId: idSchema, fromDay: daySchema }),
  permission: 'appointments.view',
  kinds: ['appointment', 'location'],
  read: async (reader, params, context): Promise<MonthView | null> => {
    const location = await reader.get<Location>('location', params.locationId);
    if (!location) return null;
    const days = Array.from({ length: 42 }, (_, i) => addDays(params.fromDay, i));
    const load: MonthView['load'] = [];
    for (const day of days) {
      const { fromUtc, toUtc } = dayBounds(day, location.zone);
      const range = { from: `${location.id}/${fromUtc}`, to: `${location.id}/${toUtc}` };
      load.push({ day, count: await reader.count('appointment', 'byStart', range) });
    }
    const { fromUtc } = dayBounds(params.fromDay, location.zone);
    const { toUtc } = dayBounds(days.at(-1) ?? params.fromDay, location.zone);
    return {
      held: await holdsSchedule(reader, location.id, fromUtc, toUtc),
      today: localTime(context.nowUtc, location.zone).day,
      load,
    };
  },
});
