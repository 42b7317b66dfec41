import type { Doc } from '../../shared/kernel/kind.ts';
import { blankHeader } from './blank-header.ts';

/** Ids that are readable in a test: `id(3, 7)` is the seventh thing of kind 3. */
export const id = (kind: number, at: number): string =>
  `019b0000-0000-7${String(kind).padStart(3, '0')}-8000-${String(at).padStart(12, '0')}`;

export const LOCATION = id(1, 1);
export const NOW = '2026-11-21T07:32:00.000Z';
const DAY = '2026-11-21';
export const CT = id(2, 1);
export const XRAY = id(2, 2);
const DOCTOR = id(3, 1);
export const CT_HEAD = id(4, 1);
export const CONSULT = id(4, 2);

const form = (text: string): { family: string; given: string; text: string } => ({ family: '', given: '', text });
export const people = [
  ['Sri Wahyuni', '', '1985-03-02', 'none_known'],
  ['محمد العلي', 'Mohammed Al-Ali', '1964-02-12', 'listed'],
  ['Анна Соколова', 'Anna Sokolova', '1990-06-06', 'not_asked'],
  ['김서연', 'Kim Seo-yeon', '1989-04-06', 'none_known'],
  ['山田 太郎', 'Yamada Tarō', '1971-01-20', 'not_asked'],
  ['Surya Darma', '', '1979-09-09', 'none_known'],
  ['Raden Ayu Kusumawardhani Pramesti Hadiningrat Sastrodiningrat van der Wijngaarden', '', '1950', 'not_asked'],
] as const;

const patient = (at: number): Doc => {
  const [written, latin, birthDate, allergyState] = people[at] ?? people[0];
  const allergies =
    allergyState === 'listed'
      ? [{ key: 'aspirin', substance: 'Aspirin', reaction: 'wheezing', severity: 'severe' }]
      : [];
  return {
    id: id(5, at),
    recordNumber: `K-00398${at}`,
    names: [{ use: 'official', written: form(written), latin: form(latin), phonetic: form('') }],
    sex: at % 2 ? 'M' : 'F',
    birthDate,
    phones: [],
    email: '',
    address: '',
    identifiers: [],
    relations: [],
    allergyState,
    allergies,
    alerts: [],
    tags: [],
    language: 'id',
    active: true,
    mergedInto: null,
  };
};

const service = (serviceId: string, name: string, modality: string | null, priceMinor: number | null): Doc => ({
  id: serviceId,
  code: name.slice(0, 4),
  name,
  durationMin: 30,
  bufferBeforeMin: 0,
  bufferAfterMin: 0,
  modality,
  needsRoom: false,
  priceMinor,
  currency: 'IDR',
  taxBasisPoints: 0,
  taxName: '',
  taxInclusive: true,
  active: true,
});

const device = (deviceId: string, name: string, aeTitle: string, modality: string): Doc => ({
  id: deviceId,
  locationId: LOCATION,
  name,
  aeTitle,
  modality,
  host: '10.20.4.31',
  port: 104,
  specificCharacterSet: 'ISO_IR 192',
  hours: [],
  active: true,
});

type Booking = { at: number; clockUtc: string; deviceId: string | null; orderDeviceId?: string; status?: string };

const appointment = ({ at, clockUtc, deviceId, status }: Booking): Doc => {
  const startsAtUtc = `${DAY}T${clockUtc}:00.000Z`;
  const endsAtUtc = new Date(Date.parse(startsAtUtc) + 1_800_000).toISOString();
  const held = (resourceKind: string, resourceId: string) => ({ resourceKind, resourceId, startsAtUtc, endsAtUtc });
  return {
    id: id(6, at),
    patientId: id(5, at),
    locationId: LOCATION,
    serviceId: deviceId ? CT_HEAD : CONSULT,
    startsAtUtc,
    endsAtUtc,
    resources: [held('practitioner', DOCTOR), held('room', id(8, 1)), ...(deviceId ? [held('device', deviceId)] : [])],
    overrideReason: null,
    overrideBy: null,
    placement: 'placed',
    status: status ?? 'booked',
    statusReason: null,
    note: '',
    referringPhysician: '',
    seriesId: null,
    bookedBy: DOCTOR,
    bookedAtUtc: `${DAY}T01:00:00.000Z`,
  };
};

export const order = ({ at, clockUtc, deviceId, orderDeviceId }: Booking): Doc => ({
  id: id(9, at),
  appointmentId: id(6, at),
  patientId: id(5, at),
  locationId: LOCATION,
  deviceId: orderDeviceId ?? deviceId ?? CT,
  serviceId: CT_HEAD,
  practitionerId: DOCTOR,
  accessionNumber: `K2-00087${at}`,
  studyInstanceUid: `2.25.100${at}`,
  requestedProcedureId: `K2-00087${at}`,
  stepId: `K2-00087${at}`,
  procedure: 'CT head',
  modality: orderDeviceId === XRAY ? 'DX' : 'CT',
  question: 'Bleeding?',
  urgent: at === 1,
  scheduledAtUtc: `${DAY}T${clockUtc}:00.000Z`,
  status: 'scheduled',
  sentNames: at === 1 ? [{ deviceId: CT, name: 'Al-Ali^Mohammed' }] : [],
});

const encounter = (at: number, steps: ReadonlyArray<readonly [stage: string, minutesAgo: number]>): Doc => ({
  id: id(7, at),
  appointmentId: id(6, at),
  patientId: id(5, at),
  locationId: LOCATION,
  practitionerId: DOCTOR,
  openedAtUtc: ago(steps[0]?.[1] ?? 0),
  steps: steps.map(([stage, minutes]) => ({ stage, atUtc: ago(minutes), byId: DOCTOR, inferred: false })),
  services: [{ serviceId: at === 0 ? CONSULT : CT_HEAD, quantity: 1 }],
});
const ago = (minutes: number): string => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();

const header = (name: string, birthDate: string, more: object = {}): object =>
  blankHeader({
    modality: 'CT',
    patientName: { alphabetic: name, ideographic: '', phonetic: '' },
    patientBirthDate: birthDate,
    studyDescription: 'SPINE',
    ...more,
  });

const study = (at: number, state: string, orderAt: number | null, differs: string[] = []): Doc => ({
  id: id(10, at),
  studyInstanceUid: `1.2.3.${at}`,
  locationId: LOCATION,
  deviceId: CT,
  state,
  orderId: orderAt === null ? null : id(9, orderAt),
  patientId: state === 'linked' && orderAt !== null ? id(5, orderAt) : null,
  encounterId: null,
  differs,
  marks: [],
  linkedBy: null,
  firstImageAtUtc: ago(20),
});

const instances = (studyAt: number, count: number, of: object): Doc[] =>
  Array.from({ length: count }, (_, n) => ({
    id: id(11, studyAt * 1000 + n),
    studyId: id(10, studyAt),
    locationId: LOCATION,
    patientId: null,
    sopInstanceUid: `1.2.3.${studyAt}.${n}`,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    datasetSha256: (studyAt * 1000 + n).toString(16).padStart(64, '0'),
    datasetBytes: 1000,
    duplicateOf: null,
    callingAeTitle: 'CT1KMG',
    receivedAtUtc: ago(19),
    header: of,
  }));

const bookings: Booking[] = [
  { at: 0, clockUtc: '07:00', deviceId: null },
  { at: 1, clockUtc: '06:44', deviceId: CT },
  { at: 2, clockUtc: '08:30', deviceId: null },
  { at: 3, clockUtc: '07:45', deviceId: CT, orderDeviceId: XRAY },
  { at: 4, clockUtc: '08:15', deviceId: CT },
  { at: 5, clockUtc: '09:00', deviceId: CT },
  { at: 6, clockUtc: '09:30', deviceId: null },
];

/** One afternoon at one location: seven people in five scripts, a step on the wrong device, a stray and a held study. */
export function floorDay(): Record<string, Doc[]> {
  const author = { patientId: id(5, 1), encounterId: id(7, 90), authorId: DOCTOR, atUtc: '2026-10-14T03:00:00.000Z' };
  return {
    location: [
      {
        id: LOCATION,
        name: 'Kemang',
        address: [],
        phone: '',
        zone: 'Asia/Jakarta',
        locale: 'id-ID',
        hours: [],
        closures: [],
      },
    ],
    room: [{ id: id(8, 1), locationId: LOCATION, name: 'R1', active: true }],
    user: [{ id: DOCTOR, name: 'Dr Budi Santoso', username: 'budi', roles: ['doctor'] }],
    device: [device(CT, 'CT 1', 'CT1KMG', 'CT'), device(XRAY, 'X-ray 1', 'XR1KMG', 'DX')],
    service: [service(CT_HEAD, 'CT head', 'CT', null), service(CONSULT, 'Consultation', null, 250_000)],
    patient: people.map((_, at) => patient(at)),
    appointment: bookings.map(appointment),
    imagingOrder: bookings.filter((one) => one.deviceId !== null).map(order),
    encounter: [
      encounter(0, [
        ['arrived', 24],
        ['waiting', 18],
      ]),
      encounter(1, [
        ['arrived', 72],
        ['waiting', 60],
        ['in_room', 40],
        ['in_scan', 20],
      ]),
      encounter(2, [['arrived', 12]]),
      encounter(6, [
        ['arrived', 50],
        ['waiting', 40],
      ]),
      {
        ...encounter(1, [
          ['arrived', 55_000],
          ['completed', 54_900],
        ]),
        id: id(7, 90),
        appointmentId: null,
      },
    ],
    study: [study(1, 'linked', 1), study(2, 'stray', null), study(3, 'held', 3, ['birth_date'])],
    instance: [
      ...instances(1, 48, header('Al-Ali^Mohammed', '19640212')),
      ...instances(2, 4, header('SURYA^D', '1979')),
      ...instances(3, 2, header('Kim^Seo-yeon', '19890604', { modality: 'DX' })),
    ],
    note: [{ ...author, id: id(12, 1), text: 'Headache, known infarct.', replaces: null }],
    vitals: [{ ...author, id: id(13, 1), systolicMmHg: 142, diastolicMmHg: 88, pulsePerMin: 80, confirmed: [] }],
    prescription: [
      {
        ...author,
        id: id(14, 1),
        drug: 'Metformin',
        dose: '1000',
        doseUnit: 'mg',
        route: 'oral',
        frequency: 'twice a day',
        durationDays: 90,
        instructions: '',
        allergyReason: null,
      },
    ],
  };
}
