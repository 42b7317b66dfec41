import type { DayClose } from '../../shared/billing/schema.ts';
import type { Service } from '../../shared/catalog/schema.ts';
import type { Device } from '../../shared/devices/schema.ts';
import { LAW_VERSION } from '../../shared/kernel/change-set.ts';
import type { NumberSeries } from '../../shared/kernel/command.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { localTime, msOf } from '../../shared/kernel/time.ts';
import { type Bill, makeBills } from './bills.ts';
import { makeBookings, type Practice } from './bookings.ts';
import { makeCloses } from './closes.ts';
import { makeReadings, type Reading } from './reports.ts';
import { makePlaces, type Places } from './clinic-places.ts';
import { createDice, type Dice } from './dice.ts';
import { type DemoPatients, makePatients } from './patients.ts';
import { makeServices } from './services.ts';
import { makeStaff, type Staff } from './staff.ts';
import type { DemoTables } from './tables.ts';
import { type Outcome, settle, type When } from './visits.ts';

export type DemoClinic = {
  places: Places;
  staff: Staff;
  services: Service[];
  patients: DemoPatients;
  outcomes: Outcome[];
  /** Of past visits. */
  bills: Bill[];
  /** Counts of past days. */
  closes: DayClose[];
  readings: Reading[];
};

export type DemoClinicInput = {
  nowUtc: string;
  /** Numbers in [0, 1); the same row of numbers gives the same clinic. */
  random: () => number;
  /** The server's next number of a series (`S1-000123`). */
  nextNumber: (series: NumberSeries) => string;
  /** The station whose series that is. */
  serverStationId: string;
  tables: DemoTables;
};

/**
 * The demo clinic as documents: places, staff, catalogue, 2,000 patients, four weeks of bookings around `nowUtc` with what became of
 * them, and imaging orders on every day. Pure: it depends on its input alone. Today is each location's own.
 */
export function generateDemoClinic(input: DemoClinicInput): DemoClinic {
  const { nowUtc, random, tables } = input;
  const dice = createDice(random);
  const newId = createIds(msOf(nowUtc), random);
  const places = makePlaces(newId);
  const staff = makeStaff(newId, places);
  const services = makeServices(newId, tables.catalog, places.organization);
  const today = localTime(nowUtc, places.kemang.zone).day;
  const patients = makePatients({ dice, tables, newId, today, nextNumber: () => input.nextNumber('patient') });
  const bookings = makeBookings(
    {
      dice,
      newId,
      nowUtc,
      services,
      bookedBy: staff.receptionist.id,
      referring: tables.clinical.referring,
      notes: tables.clinical.bookingNotes,
    },
    practicesOf(places, staff, patients, dice),
  );
  const context = {
    nowUtc,
    author: {
      id: staff.receptionist.id,
      name: staff.receptionist.name,
      permissions: new Set<never>(),
      automatic: false,
    },
    station: { id: input.serverStationId, code: 'S1', locationId: null },
    reason: null,
    lawVersion: LAW_VERSION,
    newId,
    nextNumber: input.nextNumber,
  };
  const maker = { dice, services, staff, clinical: tables.clinical, context };
  const inOrder = bookings.toSorted((a, b) => (a.startsAtUtc < b.startsAtUtc ? -1 : 1));
  const outcomes = inOrder.map((one) => settle(maker, one, whenIs(one, places, nowUtc)));
  const visits = outcomes.flatMap((one) => one.encounter ?? []);
  const { organization } = places;
  const bills = makeBills(
    { dice, organization, services, cashierId: staff.cashier.id, nextNumber: input.nextNumber },
    visits,
  );
  const readings = makeReadings(
    { dice, clinical: tables.clinical, readerId: staff.doctor.id, nextNumber: input.nextNumber },
    outcomes,
  );
  const { currency } = organization;
  const counting = { currency, cashierId: staff.cashier.id, stationId: input.serverStationId, nowUtc };
  const closes = makeCloses(counting, [places.kemang, places.amsterdam], { bills, outcomes });
  return { places, staff, services, patients, outcomes, bills, closes, readings };
}

/** UUIDv7 in the order in which they were asked for. */
function createIds(nowMs: number, random: () => number): () => string {
  let count = 0;
  return () =>
    uuidV7(
      nowMs - 60_000 + count++,
      Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)),
    );
}

function whenIs(one: { locationId: string; startsAtUtc: string }, places: Places, nowUtc: string): When {
  const { zone } = one.locationId === places.kemang.id ? places.kemang : places.amsterdam;
  const day = localTime(one.startsAtUtc, zone).day;
  const today = localTime(nowUtc, zone).day;
  if (day === today) return 'today';
  return day < today ? 'past' : 'coming';
}

/** Who does what where. A scan takes the room and the scanner of its modality; everything else the practitioner's own room. */
function practicesOf(places: Places, staff: Staff, patients: DemoPatients, dice: Dice): Practice[] {
  const { kemang, amsterdam, rooms, devices } = places;
  const scanRooms = { US: rooms.ultrasound, CR: rooms.xray, CT: rooms.ct };
  const atKemang =
    (ownRoomId: string): Practice['refsOf'] =>
    ({ modality }) =>
      isModality(modality)
        ? { roomId: scanRooms[modality].id, deviceId: deviceOf(devices, modality).id }
        : { roomId: ownRoomId, deviceId: null };
  return [
    {
      practitioner: staff.technician,
      location: kemang,
      codes: ['XR-CHEST', 'CT-CHEST', 'XR-KNEE', 'CT-HEAD', 'XR-CHEST'],
      refsOf: atKemang(rooms.xray.id),
      patients: patients.kemang,
      firstToday: patients.special.slice(1),
    },
    {
      practitioner: staff.doctor,
      location: kemang,
      codes: ['US-ABD', 'US-NECK', 'CON-RAD', 'US-PELV', 'OPIN'],
      refsOf: atKemang(rooms.specialist.id),
      patients: patients.kemang,
      firstToday: [],
    },
    {
      practitioner: staff.doctor2,
      location: kemang,
      codes: ['CON-GP', 'CON-FU', 'US-ABD', 'CON-GP', 'VACC', 'CHECK', 'CON-GP', 'CERT', 'CON-FU', 'US-NECK'],
      refsOf: atKemang(rooms.gp.id),
      patients: patients.kemang,
      firstToday: patients.special.slice(0, 1),
    },
    {
      practitioner: staff.doctor,
      location: amsterdam,
      codes: ['CON-RAD', 'OPIN', 'CON-FU', 'CON-RAD', 'CERT'],
      refsOf: () => ({ roomId: dice.pick([rooms.amsterdam1, rooms.amsterdam2]).id, deviceId: null }),
      patients: patients.amsterdam,
      firstToday: [],
    },
  ];
}

const isModality = (modality: string | null): modality is 'US' | 'CR' | 'CT' =>
  modality === 'US' || modality === 'CR' || modality === 'CT';
const deviceOf = (devices: Places['devices'], modality: 'US' | 'CR' | 'CT'): Device => devices[modality];

export type KindDocument = { kind: string; doc: Doc };

/** All documents in the order in which they are written: what is pointed to comes first. */
export function documentsOf({
  places,
  staff,
  services,
  patients,
  outcomes,
  bills,
  closes,
  readings,
}: DemoClinic): KindDocument[] {
  const each = (kind: string, docs: ReadonlyArray<Doc | null>): KindDocument[] =>
    docs.filter((doc) => doc !== null).map((doc) => ({ kind, doc }));
  return [
    ...each('organization', [places.organization]),
    ...each('location', [places.kemang, places.amsterdam]),
    ...each('room', Object.values(places.rooms)),
    ...each('user', Object.values(staff)),
    ...each('device', Object.values(places.devices)),
    ...each('service', services),
    ...each('patient', patients.all),
    ...each(
      'appointment',
      outcomes.map((one) => one.appointment),
    ),
    ...each(
      'encounter',
      outcomes.map((one) => one.encounter),
    ),
    ...each(
      'imagingOrder',
      outcomes.map((one) => one.order),
    ),
    ...each(
      'note',
      outcomes.map((one) => one.note),
    ),
    ...each(
      'study',
      readings.map((one) => one.study),
    ),
    ...each(
      'report',
      readings.map((one) => one.report),
    ),
    ...each(
      'invoice',
      bills.map((one) => one.invoice),
    ),
    ...inOrderTaken(
      each(
        'payment',
        bills.map((one) => one.payment),
      ),
      each('dayClose', closes),
    ),
  ];
}

/** Payments and counts as they came, one day after another. */
function inOrderTaken(payments: readonly KindDocument[], counts: readonly KindDocument[]): KindDocument[] {
  const atUtc = ({ doc }: KindDocument): string => String(doc['takenAtUtc'] ?? doc['closedAtUtc']);
  return [...payments, ...counts].toSorted((a, b) => (atUtc(a) < atUtc(b) ? -1 : atUtc(a) > atUtc(b) ? 1 : 0));
}
