import { expect, test } from 'vitest';
import { en } from './labels/en.ts';
import { id } from './labels/id.ts';
import { labelsFor } from './labels/labels.ts';
import { buildDocument } from './templates.ts';

const bill = {
  site: {
    organizationName: 'Klinik',
    locationName: 'Kemang',
    addressLines: [],
    phone: '',
    locale: 'id-ID',
    timeZone: 'Asia/Jakarta',
  },
  head: { number: 'K2-000148', status: 'final', createdAtUtc: '2026-11-21T07:32:00.000Z' },
  patient: { officialName: 'Suharto', sex: 'male', recordNumber: 'K-000007' },
  currency: 'IDR',
  issuedDay: '2026-11-21',
  lines: [{ description: 'CT', quantity: 1, unitPriceMinor: 1000, amountMinor: 1000, taxMode: 'none' }],
  subtotalMinor: 1000,
  discounts: [],
  taxes: [{ name: 'PPN', ratePercent: '11', mode: 'inclusive', baseMinor: 901, taxMinor: 99 }],
  roundingRule: 'half-up',
  totalMinor: 1000,
  payments: [],
  refunds: [],
  balanceMinor: 1000,
};
const problemsOf = (data: unknown): string[] => {
  const built = buildDocument('invoice', data, 'en');
  return built.ok ? [] : built.problems.map(({ at, why }) => `${at}: ${why}`);
};

test('an invoice whose figures add up is built; included tax is not added again', () => {
  expect(problemsOf(bill)).toEqual([]);
});

test.each([
  ['subtotalMinor', 999],
  ['totalMinor', 1099],
  ['balanceMinor', 0],
])('a wrong %s stops the paper', (field, value) => {
  expect(problemsOf({ ...bill, [field]: value })).toContain(`${field}: does not add up`);
});

test('cash given less change is what was paid', () => {
  const payment = {
    method: 'cash',
    paidAtUtc: '2026-11-21T07:32:00.000Z',
    amountMinor: 1000,
    givenMinor: 2000,
    changeMinor: 900,
  };
  expect(problemsOf({ ...bill, payments: [payment], balanceMinor: 0 })).toEqual(['payments.0: does not add up']);
});

test('a problem names its place and never the value', () => {
  const problems = problemsOf({ ...bill, patient: { ...bill.patient, birthDate: 'Secret Name' } });
  expect(problems).toEqual(['patient.birthDate: invalid_format']);
});

test('both languages name everything; side by side they are joined', () => {
  expect(Object.keys(id).toSorted()).toEqual(Object.keys(en).toSorted());
  expect(Object.values(id).every((text) => text.trim() !== '')).toBe(true);
  expect(labelsFor('id', 'en').receipt).toBe('Kuitansi / Receipt');
  expect(labelsFor('id', 'en').total).toBe('Total');
});
