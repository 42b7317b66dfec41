/** Two locations, their people and devices, patients in many scripts, and a busy month of bookings around one fixed moment. */
import type { Station } from '../../shared/stations/schema.ts';
import type { Service } from '../../shared/catalog/schema.ts';
import type { Device } from '../../shared/devices/schema.ts';
import { derivedId } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { addDays, addMinutes, reachedAt, weekday } from '../../shared/kernel/time.ts';
import type { Location, Organization, Room } from '../../shared/organizations/schema.ts';
import type { NameForm, Patient } from '../../shared/people/schema.ts';
import { bookedResources } from '../../shared/scheduling/rules.ts';
import type { Appointment } from '../../shared/scheduling/schema.ts';
import type { User } from '../../shared/users/schema.ts';
import type { Encounter, Stage, StageStep } from '../../shared/waiting-room/schema.ts';

export const TODAY = '2026-11-20';
export const NOW_UTC = '2026-11-20T07:32:00.000Z';
export const ZONE = 'Asia/Jakarta';

/** A UUIDv7-shaped id of a family and a number: the same in every run. */
export const id = (family: number, n: number): string =>
  `01890000-${family.toString(16).padStart(4, '0')}-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const kemang = id(1, 1);
export const kuningan = id(1, 2);
export const sari = id(2, 1);
export const budi = id(2, 2);
export const ayu = id(2, 3);
export const receptionist = id(2, 9);
export const ctService = id(3, 1);
export const usService = id(3, 2);
export const checkUp = id(3, 3);
export const followUp = id(3, 4);

const week = (days: number[], from: string, to: string, ...more: string[]) =>
  days.flatMap((day) => [
    { weekday: day, from, to },
    ...(more.length === 2 ? [{ weekday: day, from: more[0] ?? '', to: more[1] ?? '' }] : []),
  ]);
const workdays = [1, 2, 3, 4, 5, 6];

const organization: Organization = {
  id: id(9, 1),
  name: 'Praxis Demo',
  currency: 'IDR',
  rounding: 'half-up',
  cashRoundingMinor: 100,
  taxInclusive: true,
};
const place = (locationId: string, name: string, zone: string): Location => ({
  id: locationId,
  name,
  address: ['Jl. Kemang Raya 12', 'Jakarta'],
  phone: '021 555 0100',
  zone,
  locale: 'id-ID',
  hours: week(workdays, '08:00', '17:00'),
  closures: [{ day: addDays(TODAY, 3), from: '12:00', to: '17:00', reason: 'Staff meeting' }],
});
const doctor = (userId: string, name: string, specialty: string, practices: User['practices']): User => ({
  id: userId,
  username: name.toLowerCase().replaceAll(' ', '.'),
  name,
  credentials: '',
  roles: ['doctor'],
  active: true,
  locationIds: [],
  locale: 'en',
  specialty,
  practices,
  absences: [],
});
const here = (...hours: string[]) => ({
  locationId: kemang,
  hours: week(workdays, hours[0] ?? '08:00', hours[1] ?? '17:00', ...hours.slice(2)),
});
export const users: User[] = [
  doctor(sari, 'Dr Sari Wulandari', 'Radiology', [
    here('08:00', '12:45', '15:00', '17:00'),
    { locationId: kuningan, hours: week(workdays, '14:00', '16:00') },
  ]),
  doctor(budi, 'Dr Budi Santoso', 'General', [here('08:00', '12:00', '13:00', '17:00')]),
  doctor(ayu, 'Dr Ayu Lestari', 'Children', [here('09:00', '12:00', '13:00', '16:00')]),
];
const room = (n: number, name: string): Room => ({ id: id(4, n), locationId: kemang, name, active: true });
export const rooms = [room(1, 'R1'), room(2, 'R2'), room(3, 'R3'), room(4, 'Scan room')];
const device = (n: number, name: string, modality: string): Device => ({
  id: id(5, n),
  locationId: kemang,
  name,
  aeTitle: name.replace(' ', ''),
  modality,
  host: '127.0.0.1',
  port: 11200 + n,
  specificCharacterSet: 'ISO_IR 192',
  hours: week(workdays, '08:30', '12:00', '13:00', '17:00'),
  active: true,
});
export const devices = [device(1, 'CT 1', 'CT'), device(2, 'US 1', 'US')];
const service = (
  serviceId: string,
  code: string,
  name: string,
  durationMin: number,
  modality: string | null,
): Service => ({
  id: serviceId,
  code,
  name,
  durationMin,
  bufferBeforeMin: 0,
  bufferAfterMin: 0,
  modality,
  needsRoom: true,
  priceMinor: 350_000 + durationMin * 20_000,
  currency: 'IDR',
  taxBasisPoints: 1100,
  taxName: 'PPN',
  taxInclusive: true,
  active: true,
});
export const services = [
  service(checkUp, 'CHK', 'Check-up', 30, null),
  service(ctService, 'CTH', 'CT head, plain', 30, 'CT'),
  service(followUp, 'FUP', 'Follow-up', 15, null),
  service(usService, 'USA', 'Ultrasound belly', 45, 'US'),
];

const form = (family: string, given = '', text = ''): NameForm => ({ family, given, text });
type Known = { written: NameForm; latin: NameForm; phonetic?: NameForm; sex: Patient['sex']; born: string | null };
const known: Known[] = [
  { written: form('Wijayanti', 'Sarah'), latin: form('Wijayanti', 'Sarah'), sex: 'F', born: '1992-03-02' },
  {
    written: form('山田', '太郎'),
    latin: form('Yamada', 'Tarō'),
    phonetic: form('やまだ', 'たろう'),
    sex: 'M',
    born: '1972-03-14',
  },
  { written: form('العلي', 'محمد'), latin: form('Al-Ali', 'Muhammad'), sex: 'M', born: '1980-06-01' },
  { written: form('Петров', 'Иван'), latin: form('Petrov', 'Ivan'), sex: 'M', born: '1965-11' },
  { written: form('이', '민준'), latin: form('Lee', 'Minjun'), sex: 'M', born: '1999-12-30' },
  { written: form('', '', 'Suharto'), latin: form('', '', 'Suharto'), sex: 'M', born: '1951' },
  { written: form('منصور', 'سارة'), latin: form('Mansour', 'Sara'), sex: 'F', born: '1998-01-30' },
  {
    written: form('Adiwangsa-Tjokroadisoerjo van Oosterhoudt', 'Raden Ayu Maria Margaretha Wilhelmina'),
    latin: form('Adiwangsa-Tjokroadisoerjo van Oosterhoudt', 'Raden Ayu Maria Margaretha Wilhelmina'),
    sex: 'F',
    born: '1948-08-17',
  },
  { written: form('Соколова', 'Анна'), latin: form('Sokolova', 'Anna'), sex: 'F', born: '1988-05-05' },
  { written: form('김', '서연'), latin: form('Kim', 'Seoyeon'), sex: 'F', born: '2001-02-03' },
];
const family = ['Hartono', 'Susilo', 'Pertiwi', 'Anggraini', 'Gunawan', 'Simanjuntak', 'Lestari', 'Kusuma'];
const given = ['Dewi', 'Joko', 'Ratna', 'Agus', 'Fatimah', 'Wayan', 'Kirana', 'Yusuf', 'Clara', 'Bambang', 'Nadia'];

function patientOf(n: number): Patient {
  const made = form(family[n % family.length] ?? '', `${given[n % given.length]}${n > 88 ? ` ${n}` : ''}`);
  const one = known[n] ?? {
    written: made,
    latin: made,
    sex: n % 2 ? 'F' : 'M',
    born: `${1940 + (n % 70)}-0${1 + (n % 9)}-1${n % 10}`,
  };
  const allergies =
    n % 4 === 1
      ? [{ key: 'contrast', substance: 'Contrast media', reaction: 'Rash', severity: 'severe' as const }]
      : [];
  return {
    id: id(6, n),
    recordNumber: `K-${String(n + 1).padStart(6, '0')}`,
    names: [{ use: 'official', written: one.written, latin: one.latin, phonetic: one.phonetic ?? form('') }],
    sex: one.sex,
    birthDate: one.born,
    phones: [`0812 5550 ${String(1000 + (n % 900))}`],
    email: '',
    address: '',
    identifiers: [],
    relations: [],
    allergyState: allergies.length > 0 ? 'listed' : n % 4 === 2 ? 'none_known' : 'not_asked',
    allergies,
    alerts: [],
    tags: n === 0 ? ['VIP'] : [],
    language: 'id',
    active: true,
    mergedInto: null,
  };
}

const step = (stage: Stage, atUtc: string): StageStep => ({ stage, atUtc, byId: receptionist, inferred: false });

/** The visit of a booking that is `minutesPast` after its start: further on the older it is. */
function visitOf(one: Appointment, nowUtc: string): Encounter | null {
  const past = (Date.parse(nowUtc) - Date.parse(one.startsAtUtc)) / 60_000;
  if (past < -40) return null;
  const at = (minutes: number): string => addMinutes(one.startsAtUtc, minutes);
  const steps = [step('arrived', at(-12)), step('waiting', at(-9)), step('in_room', at(3)), step('completed', at(28))];
  const reached = past > 60 ? 4 : past > 0 ? 3 : past > -16 ? 2 : 1;
  return {
    id: derivedId(one.id, 1),
    appointmentId: one.id,
    patientId: one.patientId,
    locationId: one.locationId,
    practitionerId: one.resources[0]?.resourceId ?? null,
    openedAtUtc: at(-12),
    steps: steps.slice(0, reached),
    services: [{ serviceId: one.serviceId, quantity: 1 }],
  };
}

const slots: Array<[doctor: string, clock: string, service: string, device: string | null]> = [
  [sari, '08:15', followUp, null],
  [sari, '09:00', ctService, id(5, 1)],
  [sari, '10:45', checkUp, null],
  [sari, '11:30', usService, id(5, 2)],
  [sari, '16:00', ctService, id(5, 1)],
  [sari, '16:30', checkUp, null],
  [budi, '08:00', followUp, null],
  [budi, '08:15', checkUp, null],
  [budi, '09:00', checkUp, null],
  [budi, '09:45', usService, id(5, 2)],
  [budi, '11:00', checkUp, null],
  [budi, '13:00', checkUp, null],
  [budi, '13:30', checkUp, null],
  [budi, '14:00', checkUp, null],
  [budi, '14:30', checkUp, null],
  [budi, '15:00', followUp, null],
  [budi, '15:30', checkUp, null],
  [budi, '16:30', checkUp, null],
  [ayu, '09:00', checkUp, null],
  [ayu, '09:30', checkUp, null],
  [ayu, '10:15', checkUp, null],
  [ayu, '11:00', usService, id(5, 2)],
  [ayu, '13:00', checkUp, null],
  [ayu, '13:45', checkUp, null],
  [ayu, '14:45', ctService, id(5, 1)],
  [ayu, '15:30', checkUp, null],
]; // prettier-ignore

function bookingsOf(day: string, from: number, patients: number): Appointment[] {
  return slots.map(([doctorId, clock, serviceId, deviceId], i) => {
    const offered = services.find((one) => one.id === serviceId);
    if (!offered) throw new Error('no such service');
    const startsAtUtc = reachedAt(day, clock, ZONE);
    const slot = { startsAtUtc, endsAtUtc: addMinutes(startsAtUtc, offered.durationMin) };
    const n = from + i;
    const cancelled = i === 9;
    const noShow = i === 2 && day === TODAY;
    return {
      id: id(7, n),
      patientId: id(6, (day === TODAY ? i : n * 7) % patients),
      locationId: kemang,
      serviceId,
      ...slot,
      resources: bookedResources(slot, { practitionerId: doctorId, roomId: null, deviceId }, offered),
      overrideReason: i === 16 && day === TODAY ? 'Family came from afar' : null,
      overrideBy: i === 16 && day === TODAY ? receptionist : null,
      placement: i === 17 && day === TODAY ? ('unplaced' as const) : ('placed' as const),
      status: cancelled ? ('cancelled' as const) : noShow ? ('no_show' as const) : ('booked' as const),
      statusReason: cancelled ? 'Ill' : null,
      note: '',
      referringPhysician: '',
      seriesId: null,
      bookedBy: receptionist,
      bookedAtUtc: addMinutes(startsAtUtc, -4000),
    };
  });
}

const stationOf = (stationId: string, code: string, name: string): Station => ({
  id: stationId,
  code,
  name,
  locationId: kemang,
  profile: 'all',
  enrolledAtUtc: '2026-01-05T02:00:00.000Z',
  revokedAtUtc: null,
});

/** All documents by kind. `patients` is how many there are; a month of 26 bookings a working day. */
export function frontDeskWorld(patients = 2_000): Record<string, Doc[]> {
  const days = Array.from({ length: 31 }, (_, i) => addDays(TODAY, i - 15)).filter((day) => weekday(day) !== 7);
  const appointments = days.flatMap((day, i) => bookingsOf(day, i * 100, patients));
  const live = appointments.filter((one) => one.status === 'booked' && one.placement === 'placed');
  return {
    organization: [organization],
    station: [stationOf(id(8, 1), 'K1', 'Front desk')],
    location: [place(kemang, 'Kemang', ZONE), place(kuningan, 'Kuningan', 'Asia/Makassar')],
    user: users,
    room: rooms,
    device: devices,
    service: services,
    patient: Array.from({ length: patients }, (_, n) => patientOf(n)),
    appointment: appointments,
    encounter: live.map((one) => visitOf(one, NOW_UTC)).filter((one) => one !== null),
  };
}
