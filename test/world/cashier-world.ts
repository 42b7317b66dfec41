/** A small clinic at the till: two locations with a station each, a cashier and a manager, three services, two patients and a visit that is done. */
import type { Payment } from '../../shared/billing/schema.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { ApartStation } from './apart-world.ts';
import { createApartWorld } from './apart-world.ts';
import { authorOf } from './desk-world.ts';

export const id = (n: number): string => `0190f0aa-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const NOW = '2026-11-21T07:32:00.000Z';
export const [KEMANG, KUNINGAN] = [id(1), id(2)];
export const [PATIENT, OTHER] = [id(11), id(12)];
export const [SCAN, READING, UNPRICED] = [id(21), id(22), id(23)];
export const VISIT = id(31);
export const K2 = { id: id(42), code: 'K2', locationId: KEMANG };
export const K3 = { id: id(43), code: 'K3', locationId: KEMANG };
export const Q1 = { id: id(44), code: 'Q1', locationId: KUNINGAN };
export const cashier = authorOf(id(51), 'cashier');
export const manager = authorOf(id(52), 'manager');

const service = (serviceId: string, name: string, priceMinor: number | null, taxBasisPoints = 0): Doc => ({
  id: serviceId,
  code: name.slice(0, 4),
  name,
  durationMin: 30,
  bufferBeforeMin: 0,
  bufferAfterMin: 0,
  modality: null,
  needsRoom: false,
  priceMinor,
  currency: 'IDR',
  taxBasisPoints,
  taxName: taxBasisPoints > 0 ? 'PPN' : '',
  taxInclusive: false,
  active: true,
});
const form = (text: string) => ({ family: '', given: '', text });
const patient = (patientId: string, recordNumber: string, written: string, latin: string): Doc => ({
  id: patientId,
  recordNumber,
  names: [{ use: 'official', written: form(written), latin: form(latin), phonetic: form('') }],
  sex: 'F',
  birthDate: '1990',
  phones: [],
  language: 'ja',
  alerts: [],
  tags: [],
  allergyState: 'not_asked',
  allergies: [],
});
const location = (locationId: string, name: string): Doc => ({
  id: locationId,
  name,
  address: [],
  phone: '',
  zone: 'Asia/Jakarta',
  locale: 'id-ID',
  hours: [],
  closures: [],
});
const station = (one: { id: string; code: string; locationId: string }): Doc => ({
  ...one,
  name: `Till ${one.code}`,
  profile: 'cashier',
  enrolledAtUtc: '2026-01-01T00:00:00.000Z',
  revokedAtUtc: null,
});

/** `SCAN` is 100,030 without tax, `READING` 50,000 and 11 % on top; the visit has one of each. */
export const clinicDocs = (): Record<string, Doc[]> => ({
  organization: [
    { id: id(9), name: 'Klinik', currency: 'IDR', rounding: 'half-up', cashRoundingMinor: 100, taxInclusive: false },
  ],
  location: [location(KEMANG, 'Kemang'), location(KUNINGAN, 'Kuningan')],
  station: [K2, K3, Q1].map(station),
  user: [
    { id: cashier.id, name: 'Dewi', username: 'dewi', roles: ['cashier'], active: true },
    { id: manager.id, name: 'Maya', username: 'maya', roles: ['manager'], active: true },
  ],
  service: [
    service(SCAN, 'CT belly', 100_030),
    service(READING, 'Reading', 50_000, 1100),
    service(UNPRICED, 'New', null),
  ],
  patient: [patient(PATIENT, 'K-1', '山田 花子', 'Yamada Hanako'), patient(OTHER, 'K-2', 'Siti', '')],
  encounter: [
    {
      id: VISIT,
      appointmentId: null,
      patientId: PATIENT,
      locationId: KEMANG,
      practitionerId: null,
      openedAtUtc: '2026-11-21T05:00:00.000Z',
      steps: [{ stage: 'completed', atUtc: '2026-11-21T06:45:00.000Z', byId: cashier.id, inferred: false }],
      services: [
        { serviceId: SCAN, quantity: 1 },
        { serviceId: READING, quantity: 1 },
      ],
    },
  ],
});

export const createTills = (docs = clinicDocs(), nowUtc = NOW) => createApartWorld(docs, nowUtc);

/** The input of an invoice for one free line; 100 where nothing is said. */
export const bill = (amountMinor = 100, part: object = {}) => ({
  patientId: PATIENT,
  encounterId: null,
  locationId: KEMANG,
  payerPatientId: null,
  coverage: '',
  lines: [freeLine(amountMinor)],
  ...part,
});
export const freeLine = (unitPriceMinor: number, part: object = {}) => ({
  serviceId: null,
  name: 'Copy of a record',
  quantity: 1,
  unitPriceMinor,
  discountMinor: 0,
  taxBasisPoints: 0,
  taxName: '',
  taxInclusive: false,
  ...part,
});

/** Takes money; by card, whole, where nothing else is said. */
export const pay = (invoiceId: string, amountMinor: number, part: object = {}) => ({
  invoiceId,
  locationId: KEMANG,
  method: 'card',
  amountMinor,
  tenderedMinor: amountMinor,
  settles: true,
  ...part,
});
export const cash = { method: 'cash' };
export const refund = (paymentId: string, amountMinor: number, part: object = {}) => ({
  paymentId,
  amountMinor,
  locationId: KEMANG,
  ...part,
});

/** Bills an amount and takes it in cash, at one till. */
export async function sell(till: ApartStation, amountMinor: number, atUtc = NOW): Promise<Payment> {
  const locationId = till.place.locationId ?? KEMANG;
  const invoice = await till.done(cashier, 'billing/issue-invoice', bill(amountMinor, { locationId }), { atUtc });
  return till.done<Payment & Doc>(
    cashier,
    'billing/take-payment',
    pay(invoice.id, amountMinor, { ...cash, locationId }),
    { atUtc },
  );
}
