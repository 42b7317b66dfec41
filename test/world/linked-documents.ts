/** One document of each kind of the clinic, as they point to one another: a booked scan from its registration to its paid bill. */
import type { Doc } from '../../shared/kernel/kind.ts';
import { walkInOrderId } from '../../shared/orders/schema.ts';
import { blankHeader } from './blank-header.ts';

export const AT_UTC = '2026-11-20T03:00:00.000Z';
/** An id that tells its kind; the same in every run. */
export const idOf = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const ids = {
  organization: idOf(1),
  location: idOf(2),
  room: idOf(3),
  user: idOf(4),
  station: idOf(5),
  device: idOf(6),
  service: idOf(7),
  patient: idOf(8),
  guardian: idOf(9),
  appointment: idOf(10),
  encounter: idOf(11),
  walkIn: idOf(12),
  imagingOrder: idOf(13),
  invoice: idOf(14),
  payment: idOf(15),
  note: idOf(16),
  report: idOf(17),
  measurement: idOf(18),
  study: idOf(19),
  instance: idOf(20),
  other: idOf(99),
};

const { patient, guardian, encounter, location, user } = ids;
const from = { patientId: patient, encounterId: encounter, authorId: user, atUtc: AT_UTC };
const name = { family: '', given: '', text: 'Suharto' };
const none = { family: '', given: '', text: '' };
const cash = { currency: 'IDR', locationId: location, patientId: patient };

const person: Doc = {
  id: patient,
  recordNumber: 'K2-000001',
  names: [{ use: 'official', written: name, latin: name, phonetic: none }],
  sex: 'M',
  birthDate: '1951',
  phones: ['0812 5550 1000'],
  email: '',
  address: '',
  identifiers: [],
  relations: [{ role: 'guardian', patientId: guardian, name: '', phone: '' }],
  allergyState: 'not_asked',
  allergies: [],
  alerts: [],
  tags: [],
  language: 'id',
  active: true,
  mergedInto: null,
};
const appointment: Doc = {
  id: ids.appointment,
  patientId: patient,
  locationId: location,
  serviceId: ids.service,
  startsAtUtc: AT_UTC,
  endsAtUtc: '2026-11-20T03:30:00.000Z',
  resources: [
    { resourceKind: 'device', resourceId: ids.device, startsAtUtc: AT_UTC, endsAtUtc: '2026-11-20T03:30:00.000Z' },
  ],
  overrideReason: null,
  overrideBy: null,
  placement: 'placed',
  status: 'booked',
  statusReason: null,
  note: '',
  referringPhysician: '',
  seriesId: null,
  bookedBy: user,
  bookedAtUtc: AT_UTC,
};
const visit: Doc = {
  id: encounter,
  appointmentId: ids.appointment,
  patientId: patient,
  locationId: location,
  practitionerId: user,
  openedAtUtc: AT_UTC,
  steps: [{ stage: 'arrived', atUtc: AT_UTC, byId: user, inferred: false }],
  services: [{ serviceId: ids.service, quantity: 1 }],
};
const order: Doc = {
  id: ids.imagingOrder,
  appointmentId: ids.appointment,
  patientId: patient,
  locationId: location,
  deviceId: ids.device,
  serviceId: ids.service,
  practitionerId: user,
  accessionNumber: 'K2-000001',
  studyInstanceUid: '2.25.1',
  requestedProcedureId: 'K2-000001',
  stepId: 'K2-000001',
  procedure: 'CT head',
  modality: 'CT',
  question: '',
  urgent: false,
  scheduledAtUtc: AT_UTC,
  status: 'scheduled',
  sentNames: [],
};
const line = {
  serviceId: ids.service,
  name: 'CT head',
  quantity: 1,
  unitPriceMinor: 100,
  discountMinor: 0,
  taxBasisPoints: 0,
  taxName: '',
  taxInclusive: true,
  netMinor: 100,
  taxMinor: 0,
  grossMinor: 100,
};
const invoice: Doc = {
  ...cash,
  id: ids.invoice,
  number: 'K2-000001',
  payerPatientId: guardian,
  coverage: '',
  encounterId: encounter,
  issuedBy: user,
  issuedAtUtc: AT_UTC,
  rounding: 'half-up',
  lines: [line],
  totalMinor: 100,
  voidsInvoiceId: null,
  reason: null,
};
const payment: Doc = {
  ...cash,
  id: ids.payment,
  receiptNumber: 'K2-000001',
  invoiceId: ids.invoice,
  method: 'cash',
  amountMinor: 100,
  cashRoundingMinor: 0,
  tenderedMinor: 100,
  changeMinor: 0,
  takenBy: user,
  takenAtUtc: AT_UTC,
  refundsPaymentId: null,
  reason: null,
};
const study: Doc = {
  id: ids.study,
  studyInstanceUid: '2.25.1',
  locationId: location,
  deviceId: ids.device,
  state: 'linked',
  orderId: ids.imagingOrder,
  patientId: patient,
  encounterId: encounter,
  differs: [],
  marks: [],
  linkedBy: null,
  firstImageAtUtc: AT_UTC,
};
const instance: Doc = {
  id: ids.instance,
  studyId: ids.study,
  locationId: location,
  patientId: patient,
  sopInstanceUid: '2.25.2',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  datasetSha256: 'a'.repeat(64),
  datasetBytes: 10,
  callingAeTitle: 'CT1',
  receivedAtUtc: AT_UTC,
  duplicateOf: null,
  header: blankHeader(),
};
const measurement: Doc = {
  id: ids.measurement,
  patientId: patient,
  studyId: ids.study,
  instanceId: ids.instance,
  frame: 1,
  tool: 'length',
  points: [
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ],
  lengthTenthsMm: 120,
  lengthPx: 12,
  authorId: user,
  atUtc: AT_UTC,
  removed: false,
};
const report: Doc = {
  id: ids.report,
  patientId: patient,
  studyId: ids.study,
  orderId: ids.imagingOrder,
  encounterId: encounter,
  authorId: user,
  status: 'final',
  technique: '',
  findings: 'A nodule',
  impression: '',
  measurements: [{ measurementId: ids.measurement, label: '12 mm', lengthTenthsMm: 120, lengthPx: 12 }],
  keyInstanceIds: [ids.instance],
  savedAtUtc: AT_UTC,
  finalizedAtUtc: AT_UTC,
  documentNumber: 'K2-000001',
};
const printed: Doc = {
  id: idOf(30),
  patientId: patient,
  template: 'report',
  ofKind: 'report',
  ofId: ids.report,
  locale: 'en',
  sha256: 'b'.repeat(64),
  bytes: 10,
  madeBy: user,
  madeAtUtc: AT_UTC,
};
const vitals: Doc = { ...from, id: idOf(31), pulsePerMin: 70, confirmed: [] };
const prescription: Doc = {
  ...from,
  id: idOf(32),
  drug: 'Paracetamol',
  dose: '500',
  doseUnit: 'mg',
  route: 'oral',
  frequency: '3 × a day',
  durationDays: 3,
  instructions: '',
  allergyReason: null,
};
const note: Doc = { ...from, id: ids.note, text: 'Well', replaces: null };

/** Several of a kind where one alone would not show all that it points to. */
export const linkedDocuments: Readonly<Record<string, readonly Doc[]>> = {
  patient: [person, { ...person, id: guardian, relations: [] }, { ...person, id: ids.other, mergedInto: patient }],
  appointment: [appointment],
  encounter: [visit, { ...visit, id: ids.walkIn, appointmentId: null }],
  imagingOrder: [order, { ...order, id: walkInOrderId(ids.walkIn), appointmentId: null }],
  invoice: [invoice, { ...invoice, id: idOf(33), voidsInvoiceId: ids.invoice }],
  payment: [payment, { ...payment, id: idOf(34), refundsPaymentId: ids.payment }],
  note: [note, { ...note, id: idOf(35), replaces: ids.note }],
  vitals: [vitals],
  prescription: [prescription],
  study: [study],
  instance: [instance],
  measurement: [measurement],
  report: [report],
  addendum: [{ id: idOf(36), reportId: ids.report, patientId: patient, authorId: user, atUtc: AT_UTC, text: 'Right' }],
  document: [printed],
};
