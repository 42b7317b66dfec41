import { expect, test } from 'vitest';
import { law } from '../../shared/law.ts';
import { propose } from '../../shared/desk/propose.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import { uuidV7 } from '../../shared/kernel/id.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { Violation } from '../../shared/kernel/violation.ts';
import type { MemoryReader } from '../world/memory-reader.ts';
import { createMemoryReader } from '../world/memory-reader.ts';
import { billingDay } from '../../shared/billing/day-view.ts';
import { billingDesk } from '../../shared/billing/desk-view.ts';
import type { DayClose, Invoice, Payment } from '../../shared/billing/schema.ts';
import { billingVisit } from '../../shared/billing/visit-view.ts';

const id = (n: number): string => `0190f0aa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const LOCATION = id(1);
const CASHIER = id(2);
const PATIENT = id(3);
const VISIT = id(4);
const [SCAN, READING, NEW] = [id(5), id(6), id(7)];
const NOW = '2026-11-21T07:32:00.000Z';

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
  taxName: 'PPN',
  taxInclusive: false,
  active: true,
});
const name = (text: string) => ({ family: '', given: '', text });

function clinic(): MemoryReader {
  return createMemoryReader({
    organization: [
      { id: id(8), name: 'Klinik', currency: 'IDR', rounding: 'half-up', cashRoundingMinor: 100, taxInclusive: false },
    ],
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
    user: [{ id: CASHIER, name: 'Dewi', username: 'dewi', roles: ['cashier'], active: true }],
    service: [service(SCAN, 'CT belly', 600_030), service(READING, 'Reading', 50_000, 1100), service(NEW, 'New', null)],
    patient: [
      {
        id: PATIENT,
        recordNumber: 'K-1',
        names: [{ use: 'official', written: name('山田 花子'), latin: name('Yamada Hanako'), phonetic: name('') }],
        sex: 'F',
        birthDate: '1990',
        phones: [],
        language: 'ja',
      },
    ],
    encounter: [
      {
        id: VISIT,
        appointmentId: null,
        patientId: PATIENT,
        locationId: LOCATION,
        practitionerId: null,
        openedAtUtc: '2026-11-21T05:00:00.000Z',
        steps: [{ stage: 'completed', atUtc: '2026-11-21T06:45:00.000Z', byId: CASHIER, inferred: false }],
        services: [
          { serviceId: SCAN, quantity: 1 },
          { serviceId: READING, quantity: 1 },
        ],
      },
    ],
  });
}

let made = 100;
let numbers = 0;
async function give(
  reader: MemoryReader,
  command: string,
  input: object,
  options: { reason?: string; atUtc?: string; roles?: Parameters<typeof permissionsOf>[0] } = {},
): Promise<Violation[] | Doc[]> {
  const author = {
    id: CASHIER,
    name: 'Dewi',
    permissions: permissionsOf(options.roles ?? ['cashier']),
    automatic: false,
  };
  const nowUtc = options.atUtc ?? NOW;
  const answer = await propose(
    { name: command, input, author, seen: {}, reason: options.reason ?? null },
    {
      law,
      reader,
      side: 'station',
      nowUtc: () => nowUtc,
      newId: () => uuidV7(made++, new Uint8Array(10)),
    },
    { station: { id: id(9), code: 'K2', locationId: LOCATION }, nextNumber: () => `K2-${++numbers}` },
  );
  if (!answer.ok) return answer.error;
  return answer.value.written.map((one) => {
    if (one.after) reader.put(one.kind, one.after);
    return one.after ?? { id: one.id };
  });
}
const codeOf = (answer: unknown[]): unknown => (answer[0] as { code?: string }).code;
const view = {
  nowUtc: NOW,
  userId: CASHIER,
  permissions: new Set<never>(),
  locationId: LOCATION,
  stationId: id(9),
  searchPatients: () => [],
};

const lines = [
  {
    serviceId: SCAN,
    name: 'CT belly',
    quantity: 1,
    unitPriceMinor: 600_030,
    discountMinor: 0,
    taxBasisPoints: 0,
    taxName: '',
    taxInclusive: false,
  },
  {
    serviceId: READING,
    name: 'Reading',
    quantity: 1,
    unitPriceMinor: 50_000,
    discountMinor: 10_000,
    taxBasisPoints: 1100,
    taxName: 'PPN',
    taxInclusive: false,
  },
];
const issue = {
  patientId: PATIENT,
  encounterId: VISIT,
  locationId: LOCATION,
  payerPatientId: null,
  coverage: '',
  lines,
};
const pay = (invoiceId: string, method: string, amountMinor: number, tenderedMinor: number): object => ({
  invoiceId,
  locationId: LOCATION,
  method,
  amountMinor,
  tenderedMinor,
});

test('a visit is billed once, paid in part by card and the rest in rounded cash, and the drawer knows', async () => {
  const reader = clinic();
  const [invoice] = (await give(reader, 'billing/issue-invoice', issue)) as unknown as Invoice[];
  if (!invoice) throw new Error('no invoice');
  expect(invoice.totalMinor).toBe(600_030 + 44_400);
  expect(codeOf(await give(reader, 'billing/issue-invoice', issue))).toBe('already-billed');
  expect(codeOf(await give(reader, 'billing/take-payment', pay(invoice.id, 'card', 700_000, 700_000)))).toBe(
    'more-than-owed',
  );
  await give(reader, 'billing/take-payment', pay(invoice.id, 'card', 600_000, 600_000));
  expect(codeOf(await give(reader, 'billing/take-payment', pay(invoice.id, 'cash', 44_430, 44_000)))).toBe(
    'too-little',
  );
  const [cash] = (await give(
    reader,
    'billing/take-payment',
    pay(invoice.id, 'cash', 44_430, 50_000),
  )) as unknown as Payment[];
  expect(cash).toMatchObject({ cashRoundingMinor: -30, changeMinor: 5_600 });
  const desk = await billingDesk.read(reader, { locationId: LOCATION }, view);
  expect(desk).toMatchObject({ unbilled: [], unpaid: [], takenTodayMinor: 644_400 });
  const day = await billingDay.read(reader, { locationId: LOCATION, day: '2026-11-21' }, view);
  expect(day).toMatchObject({
    revenueMinor: 644_430,
    discountsMinor: 10_000,
    taxesMinor: 4_400,
    expectedCashMinor: 44_400,
  });

  const [back] = (await give(
    reader,
    'billing/refund-payment',
    { paymentId: cash?.id, amountMinor: 44_430, locationId: LOCATION },
    { reason: 'wrong person' },
  )) as unknown as Payment[];
  expect(back).toMatchObject({ amountMinor: -44_430, cashRoundingMinor: 30, tenderedMinor: -44_400 });
  const after = await billingVisit.read(reader, { encounterId: VISIT }, view);
  expect(after?.standing).toMatchObject({ balanceMinor: 44_430, cashPayableMinor: 44_400 });
  const again = await give(
    reader,
    'billing/refund-payment',
    { paymentId: cash?.id, amountMinor: 1, locationId: LOCATION },
    { reason: 'x' },
  );
  expect(codeOf(again)).toBe('more-than-paid');
});

test('before billing the visit is on the list with its sum in both scripts; a missing price is marked, never zero', async () => {
  const reader = clinic();
  const before = await billingDesk.read(reader, { locationId: LOCATION }, view);
  expect(before?.unbilled).toMatchObject([
    {
      name: { written: '山田 花子', latin: 'Yamada Hanako' },
      service: 'CT belly',
      more: 1,
      amountMinor: 655_530,
      missingPrice: false,
    },
  ]);
  const unpriced = { ...issue, lines: [{ ...lines[0], serviceId: NEW, unitPriceMinor: 0 }] };
  expect(codeOf(await give(reader, 'billing/issue-invoice', unpriced))).toBe('no-price');
});

test('a void needs a reason, comes to nothing with its invoice, and lets the visit be billed again', async () => {
  const reader = clinic();
  const [invoice] = (await give(reader, 'billing/issue-invoice', issue)) as unknown as Invoice[];
  expect(codeOf(await give(reader, 'billing/void-invoice', { invoiceId: invoice?.id }))).toBe('reason-needed');
  const [entry] = (await give(
    reader,
    'billing/void-invoice',
    { invoiceId: invoice?.id },
    { reason: 'other payer' },
  )) as unknown as Invoice[];
  expect(entry?.totalMinor).toBe(-(invoice?.totalMinor ?? 0));
  expect(codeOf(await give(reader, 'billing/void-invoice', { invoiceId: invoice?.id }, { reason: 'twice' }))).toBe(
    'already-void',
  );
  expect(codeOf(await give(reader, 'billing/take-payment', pay(invoice?.id ?? '', 'card', 1, 1)))).toBe('no-invoice');
  expect(codeOf(await give(reader, 'billing/issue-invoice', issue))).toBeUndefined();
});

test('a day close signs what the station holds, a difference needs a note, the next count starts from it', async () => {
  const reader = clinic();
  const [invoice] = (await give(reader, 'billing/issue-invoice', issue)) as unknown as Invoice[];
  await give(reader, 'billing/take-payment', pay(invoice?.id ?? '', 'cash', 644_430, 650_000));
  const day = await billingDay.read(reader, { locationId: LOCATION, day: '2026-11-21' }, view);
  if (!day) throw new Error('no day');
  const close = {
    locationId: LOCATION,
    day: day.day,
    currency: day.currency,
    openingCashMinor: day.openingCashMinor,
    expectedCashMinor: day.expectedCashMinor,
    countedCashMinor: 644_000,
    byMethod: day.byMethod,
    revenueMinor: day.revenueMinor,
    appointments: day.appointments,
    note: '',
  };
  const at = { atUtc: '2026-11-21T11:00:00.000Z' };
  expect(codeOf(await give(reader, 'billing/close-day', close, at))).toBe('difference-needs-note');
  expect(codeOf(await give(reader, 'billing/close-day', { ...close, expectedCashMinor: 1 }, at))).toBe(
    'figures-changed',
  );
  const refused = await give(reader, 'billing/close-day', close, { ...at, roles: ['receptionist'] });
  expect(codeOf(refused)).toBe('not-permitted');
  const [signed] = (await give(
    reader,
    'billing/close-day',
    { ...close, note: '400 short' },
    at,
  )) as unknown as DayClose[];
  expect(signed?.countedCashMinor).toBe(644_000);
  const next = await billingDay.read(reader, { locationId: LOCATION, day: '2026-11-22' }, view);
  expect(next).toMatchObject({
    openingCashMinor: 644_000,
    cashMovedMinor: 0,
    expectedCashMinor: 644_000,
    revenueMinor: 0,
  });
});

test('what is not held is said to be unknown', async () => {
  const reader = clinic();
  reader.setHolding(`schedule/${LOCATION}/2026-10`, 'loading');
  expect((await billingDesk.read(reader, { locationId: LOCATION }, view))?.held).toBe('loading');
});
