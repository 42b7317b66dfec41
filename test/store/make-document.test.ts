import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cabinet } from '../../main/cabinet/cabinet.ts';
import { makeDocument } from '../../main/documents/make-document.ts';
import type { Role } from '../../shared/access/permissions.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import { billingDesk } from '../../shared/billing/desk-view.ts';
import type { Payment } from '../../shared/billing/schema.ts';
import type { MakePaperRequest } from '../../shared/ipc/contract.ts';
import type { Author } from '../../shared/kernel/command.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { cpuMsOf } from '../world/cpu-time.ts';
import { id, kemang, NOW_UTC, sari, TODAY } from '../world/front-desk-world.ts';
import type { Drawer } from '../../shared/billing/drawer-schema.ts';
import { newDrawer } from '../../shared/billing/drawer-account-facts.ts';
import { addDays } from '../../shared/kernel/time.ts';
import { openPaperStation, readPaper } from '../world/paper-station.ts';

const CASHIER = id(2, 20);
let opened: Awaited<ReturnType<typeof openPaperStation>>;
let cabinet: Cabinet;
let station: typeof opened.station;
const person = (role: Role): Author => ({
  id: CASHIER,
  name: 'Dewi',
  permissions: permissionsOf([role]),
  automatic: false,
});
const ask = (template: MakePaperRequest['template'], of: string, locale = 'id-ID'): MakePaperRequest => ({
  do: 'make',
  template,
  id: of,
  locale,
});

const ARAB = id(40, 1);
const VISIT = id(41, 1);
const text = (value: string) => ({ family: '', given: '', text: value });
const patient = {
  id: ARAB,
  recordNumber: 'K-003982',
  names: [{ use: 'official', written: text('محمد العلي'), latin: text('Mohammed Al-Ali'), phonetic: text('') }],
  sex: 'M',
  birthDate: '1964-02-12',
  phones: ['+62 812 5550 101'],
  email: '',
  address: '',
  identifiers: [],
  relations: [],
  allergyState: 'listed',
  allergies: [{ key: 'aspirin', substance: 'Aspirin', reaction: '', severity: 'severe' }],
  alerts: [],
  tags: [],
  language: 'en',
  active: true,
  mergedInto: null,
};
const visit = {
  id: VISIT,
  appointmentId: null,
  patientId: ARAB,
  locationId: kemang,
  practitionerId: sari,
  openedAtUtc: '2026-11-20T06:15:00.000Z',
  steps: [{ stage: 'completed', atUtc: '2026-11-20T07:10:00.000Z', byId: sari, inferred: false }],
  services: [],
};
const line = (name: string, unitPriceMinor: number, discountMinor: number, taxBasisPoints: number) => ({
  serviceId: null,
  name,
  quantity: 1,
  unitPriceMinor,
  discountMinor,
  taxBasisPoints,
  taxName: taxBasisPoints ? 'PPN' : '',
  taxInclusive: false,
});

const YESTERDAY = addDays(TODAY, -1);
/** A drawer as the server's account has it. */
const drawer = (drawerId: string, code: string, part: Partial<Drawer>) => {
  const doc: Drawer = { ...newDrawer(code, kemang, drawerId), ...part };
  return { kind: 'drawer', id: doc.id, doc, number: 1 };
};

beforeAll(async () => {
  opened = await openPaperStation([
    { kind: 'patient', doc: patient },
    { kind: 'encounter', doc: visit },
  ]);
  ({ cabinet, station } = opened);
});
afterAll(() => opened.close());

async function give(name: string, input: object, reason: string | null = null): Promise<string> {
  const done = await station.desk.run({ name, input, author: person('cashier'), seen: {}, reason }, 'person');
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value.written[0]?.id ?? '';
}

async function made(request: MakePaperRequest, role: Role): Promise<{ sha256: string; text: string }> {
  return readPaper(station, request, person(role));
}
const without = (whole: string, parts: string[]): string[] => parts.filter((part) => !whole.includes(part));

test('invoice, split payment with cash rounding, refund: each paper adds up, is filed once and found again', async () => {
  const invoiceId = await give('billing/issue-invoice', {
    patientId: ARAB,
    encounterId: VISIT,
    locationId: kemang,
    payerPatientId: null,
    coverage: '',
    lines: [line('CT perut polos', 600_030, 0, 0), line('Gambar di USB', 50_000, 10_000, 1100)],
  });
  const invoice = await made(ask('invoice', invoiceId), 'cashier');
  expect(
    without(invoice.text, [
      'Praxis Demo',
      'محمد العلي',
      'Mohammed Al-Ali',
      'K-003982',
      'CT perut polos',
      '644.430',
      '4.400',
    ]),
  ).toEqual([]);
  expect((await made(ask('invoice', invoiceId), 'receptionist')).sha256).toBe(invoice.sha256);
  expect(await cabinet.reader.count('document', 'byOf', { prefix: invoiceId })).toBe(1);

  const pay = { invoiceId, locationId: kemang };
  await give('billing/take-payment', { ...pay, method: 'card', amountMinor: 600_000, tenderedMinor: 600_000 });
  const cashId = await give('billing/take-payment', {
    ...pay,
    method: 'cash',
    amountMinor: 44_430,
    tenderedMinor: 50_000,
    settles: true,
  });
  const receipt = await made(ask('receipt', cashId), 'cashier');
  expect(without(receipt.text, ['Kuitansi / Receipt', '600.000', '44.400', '50.000', '5.600', 'Rp 644.400'])).toEqual(
    [],
  );
  const again = await made(ask('receipt', cashId), 'cashier');
  expect(again.sha256).toBe(receipt.sha256);

  const refundId = await give(
    'billing/refund-payment',
    { paymentId: cashId, amountMinor: 44_430, locationId: kemang },
    'salah orang',
  );
  const refund = await made(ask('receipt', refundId), 'cashier');
  expect(without(refund.text, ['salah orang', '44.430'])).toEqual([]);
  const kept = (await cabinet.reader.get<Payment>('payment', cashId))?.amountMinor;
  expect(kept).toBe(44_430);
});

test('a signed day is a paper of its own, for who may close', async () => {
  // Yesterday another drawer of the place took cash that nobody has counted yet, and this one a payment that was not counted then.
  const day = { method: 'cash' as const, count: 1, first: 7, last: 7 };
  cabinet.write(
    [
      drawer(id(44, 9), 'K9', { uncounted: [{ ...day, day: YESTERDAY, amountMinor: 90_000 }] }),
      drawer(id(44, 2), 'K2', { uncounted: [{ ...day, day: YESTERDAY, amountMinor: 1_500 }] }),
    ],
    'test',
  );
  const closeId = await give('billing/close-day', {
    locationId: kemang,
    day: TODAY,
    expectedCashMinor: 1_500,
    countedCashMinor: 2_000,
    note: 'Rp 500 lebih',
  });
  const paper = await made(ask('day-close', closeId), 'cashier');
  const figures = ['Rp 644.430', 'Rp 500 lebih', 'Rp 600.000', `K2-${TODAY}`, 'Rp 2.000'];
  const beside = ['Dari hari sebelumnya', 'K2-000007', 'Laci yang masih terbuka', 'K9', 'Rp 90.000'];
  expect(without(paper.text, [...figures, ...beside])).toEqual([]);
  expect(await makeDocument(station, ask('day-close', closeId), person('receptionist'))).toMatchObject({
    code: 'not-permitted',
  });
});

test('day list and downtime pack name phones and allergies, and are filed nowhere', async () => {
  const before = await cabinet.reader.count('document', 'byOf', { prefix: '' });
  const list = await made(ask('day-list', `${kemang}/${TODAY}/${sari}`, 'en'), 'receptionist');
  expect(list.text).toContain('Dr Sari Wulandari');
  const pack = await made(ask('downtime-pack', `${kemang}/${TODAY}`, 'en'), 'receptionist');
  expect(without(pack.text, ['Dr Sari Wulandari', 'Dr Budi Santoso', 'Front desk'])).toEqual([]);
  expect(station.documentsMade.has(list.sha256)).toBe(true);
  expect(await cabinet.reader.count('document', 'byOf', { prefix: '' })).toBe(before);
  expect(station.vault.toSend(50).some((row) => row.sha256 === list.sha256)).toBe(false);
});

test('a final report is filed once; an addendum makes an amended one beside it; a preliminary one is not filed', async () => {
  const [studyId, reportId] = [id(42, 1), id(43, 1)];
  const put = (kind: string, doc: Doc): void => cabinet.write([{ kind, id: doc.id, doc, number: 1 }], 'test');
  put('study', {
    id: studyId,
    studyInstanceUid: '1.2.3',
    locationId: kemang,
    deviceId: null,
    state: 'linked',
    orderId: null,
    patientId: ARAB,
    encounterId: VISIT,
    differs: [],
    marks: [],
    linkedBy: null,
    firstImageAtUtc: '2026-11-20T06:48:00.000Z',
  });
  const report = {
    id: reportId,
    patientId: ARAB,
    studyId,
    orderId: null,
    encounterId: VISIT,
    authorId: sari,
    status: 'preliminary',
    technique: 'CT without contrast',
    findings: 'Old infarct, 46.0 mm.\nالجرعة ١٤ ملغ',
    impression: 'No bleeding',
    measurements: [{ measurementId: id(44, 1), label: 'Length', lengthTenthsMm: 460, lengthPx: 80 }],
    keyInstanceIds: [],
    savedAtUtc: NOW_UTC,
    finalizedAtUtc: null as string | null,
    documentNumber: null as string | null,
  };
  put('report', report);
  const draft = await made(ask('report', reportId, 'en'), 'doctor');
  expect(without(draft.text, ['Not finalized', 'Old infarct'])).toEqual([]);
  expect(await cabinet.reader.count('document', 'byOf', { prefix: reportId })).toBe(0);
  put('report', { ...report, status: 'final', finalizedAtUtc: NOW_UTC, documentNumber: 'K2-000900' });
  const final = await made(ask('report', reportId, 'en'), 'doctor');
  expect(without(final.text, ['Dr Sari Wulandari', 'K2-000900', '46.0 mm', 'No bleeding'])).toEqual([]);
  const atUtc = new Date(station.nowMs() + 3_600_000).toISOString();
  put('addendum', { id: id(45, 1), reportId, patientId: ARAB, authorId: sari, atUtc, text: 'Seen with neurology' });
  const amended = await made(ask('report', reportId, 'en'), 'doctor');
  expect(amended.text).toContain('Seen with neurology');
  expect(await cabinet.reader.count('document', 'byOf', { prefix: reportId })).toBe(2);
  expect(await makeDocument(station, ask('report', reportId), person('cashier'))).toMatchObject({
    code: 'not-permitted',
  });
  expect(await makeDocument(station, ask('report', id(43, 9)), person('doctor'))).toMatchObject({ code: 'not-found' });
});

test('the cashier’s lists are read in time on a busy month', async () => {
  const view = {
    nowUtc: NOW_UTC,
    userId: CASHIER,
    permissions: new Set<never>(),
    locationId: kemang,
    stationId: id(30, 1),
    searchPatients: () => [],
  };
  await billingDesk.read(cabinet.reader, { locationId: kemang }, view);
  const read = async () => billingDesk.read(cabinet.reader, { locationId: kemang }, view);
  expect(await cpuMsOf(read)).toBeLessThan(200);
});
