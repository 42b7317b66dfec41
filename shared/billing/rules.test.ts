import { describe, expect, test } from 'vitest';
import { handOut, likelyTendered } from './cash-rules.ts';
import type { PricedLine } from './rules.ts';
import { balanceOf, cashPayable, checkInvoice, checkPayment, reversedLines, totalOf, workOutLine } from './rules.ts';
import type { Invoice, Payment } from './schema.ts';

const line = (part: Partial<PricedLine>): PricedLine => ({
  serviceId: null,
  name: 'Reading',
  quantity: 1,
  unitPriceMinor: 0,
  discountMinor: 0,
  taxBasisPoints: 1100,
  taxName: 'PPN',
  taxInclusive: false,
  ...part,
});
const figures = (part: Partial<PricedLine>, rounding: 'half-up' | 'half-even' = 'half-up'): number[] => {
  const { netMinor, taxMinor, grossMinor } = workOutLine(line(part), rounding);
  return [netMinor, taxMinor, grossMinor];
};

describe('BILL-1: one line', () => {
  test('an exclusive price gets its tax on top, an inclusive one holds it', () => {
    expect(figures({ unitPriceMinor: 50_000 })).toEqual([50_000, 5_500, 55_500]);
    expect(figures({ unitPriceMinor: 55_500, taxInclusive: true })).toEqual([50_000, 5_500, 55_500]);
    expect(figures({ unitPriceMinor: 250_000, taxBasisPoints: 0 })).toEqual([250_000, 0, 250_000]);
  });

  test('quantity multiplies before the discount is taken off, the tax is on what is left', () => {
    expect(figures({ unitPriceMinor: 20_000, quantity: 3, discountMinor: 10_000 })).toEqual([50_000, 5_500, 55_500]);
  });

  test('an exact half goes up by half-up and to the even neighbour by half-even', () => {
    expect(figures({ unitPriceMinor: 50, taxBasisPoints: 100 })).toEqual([50, 1, 51]);
    expect(figures({ unitPriceMinor: 50, taxBasisPoints: 100 }, 'half-even')).toEqual([50, 0, 50]);
    expect(figures({ unitPriceMinor: 150, taxBasisPoints: 100 }, 'half-even')).toEqual([150, 2, 152]);
  });

  test('tax is rounded per line: three lines are not one line of three', () => {
    const one = workOutLine(line({ unitPriceMinor: 5, taxBasisPoints: 1000 }), 'half-up');
    const three = workOutLine(line({ unitPriceMinor: 5, quantity: 3, taxBasisPoints: 1000 }), 'half-up');
    expect(totalOf([one, one, one])).toBe(18);
    expect(three.grossMinor).toBe(17);
  });
});

const invoice = (lines: PricedLine[], part: Partial<Invoice> = {}): Invoice => {
  const worked = lines.map((one) => workOutLine(one, 'half-up'));
  return {
    id: 'i1',
    number: 'K2-000001',
    patientId: 'p1',
    payerPatientId: null,
    coverage: '',
    encounterId: null,
    locationId: 'l1',
    issuedBy: 'u1',
    issuedAtUtc: '2026-11-21T07:32:00.000Z',
    currency: 'IDR',
    rounding: 'half-up',
    lines: worked,
    totalMinor: totalOf(worked),
    voidsInvoiceId: null,
    reason: null,
    ...part,
  };
};

test('figures that do not follow are found, a discount above its line too', () => {
  const right = invoice([line({ unitPriceMinor: 50_000 })]);
  expect(checkInvoice(right)).toEqual([]);
  expect(checkInvoice({ ...right, totalMinor: 1 })[0]?.code).toBe('total-arithmetic');
  const bent = { ...right, lines: right.lines.map((one) => ({ ...one, taxMinor: 0, grossMinor: 50_000 })) };
  expect(checkInvoice({ ...bent, totalMinor: 50_000 })[0]?.code).toBe('line-arithmetic');
  expect(checkInvoice(invoice([line({ unitPriceMinor: 100, discountMinor: 101 })]))[0]?.code).toBe(
    'discount-too-large',
  );
});

test('an entry that takes an invoice back comes to minus its total, discounts and odd cents included', () => {
  const original = invoice([
    line({ unitPriceMinor: 33_333, quantity: 3, discountMinor: 1_234, taxInclusive: true }),
    line({ unitPriceMinor: 50, taxBasisPoints: 100 }),
    line({ unitPriceMinor: 0, taxBasisPoints: 0 }),
  ]);
  const back = reversedLines(original);
  expect(totalOf(back)).toBe(-original.totalMinor);
  const entry = { ...original, id: 'i2', voidsInvoiceId: original.id, lines: back, totalMinor: totalOf(back) };
  expect(checkInvoice(entry)).toEqual([]);
});

const payment = (part: Partial<Payment>): Payment => ({
  id: 'y1',
  receiptNumber: 'K2-000002',
  invoiceId: 'i1',
  patientId: 'p1',
  locationId: 'l1',
  method: 'cash',
  amountMinor: 0,
  cashRoundingMinor: 0,
  tenderedMinor: 0,
  changeMinor: 0,
  currency: 'IDR',
  takenBy: 'u1',
  takenAtUtc: '2026-11-21T07:40:00.000Z',
  refundsPaymentId: null,
  reason: null,
  ...part,
});

test('the balance is total less payments plus refunds; a voided invoice owes back what was paid', () => {
  const bill = invoice([line({ unitPriceMinor: 100_000, taxBasisPoints: 0 })]);
  const paid = [payment({ amountMinor: 60_000 }), payment({ amountMinor: -10_000, refundsPaymentId: 'y1' })];
  expect(balanceOf(bill, [...paid, payment({ invoiceId: 'other', amountMinor: 9 })], false)).toBe(50_000);
  expect(balanceOf(bill, paid, true)).toBe(-50_000);
});

test('cash is rounded to the step that coins can pay, and the rounding is named', () => {
  expect(cashPayable(665_530, 100, 'half-up')).toEqual({ payableMinor: 665_500, roundingMinor: -30 });
  expect(cashPayable(665_550, 100, 'half-up')).toEqual({ payableMinor: 665_600, roundingMinor: 50 });
  expect(cashPayable(665_450, 100, 'half-even')).toEqual({ payableMinor: 665_400, roundingMinor: -50 });
  expect(cashPayable(12_345, 1, 'half-up')).toEqual({ payableMinor: 12_345, roundingMinor: 0 });
});

test('BILL-3: change follows from what was handed over, too little is refused, a card has neither', () => {
  const given = { amountMinor: 665_530, cashRoundingMinor: -30, tenderedMinor: 700_000, changeMinor: 34_500 };
  expect(checkPayment(payment(given))).toEqual([]);
  expect(checkPayment(payment({ ...given, changeMinor: 34_000 }))[0]?.code).toBe('change-arithmetic');
  expect(checkPayment(payment({ amountMinor: 500, tenderedMinor: 400, changeMinor: -100 }))[0]?.code).toBe(
    'too-little',
  );
  expect(checkPayment(payment({ method: 'card', amountMinor: 500, tenderedMinor: 600 }))[0]?.code).toBe('not-cash');
  expect(checkPayment(payment({ amountMinor: -500, tenderedMinor: -500 }))[0]?.code).toBe('amount-sign');
});

test('notes to hand out are the fewest, and likely sums begin with the exact one', () => {
  expect(handOut(34_500, 'IDR')).toEqual([
    { pieceMinor: 20_000, count: 1 },
    { pieceMinor: 10_000, count: 1 },
    { pieceMinor: 2_000, count: 2 },
    { pieceMinor: 500, count: 1 },
  ]);
  expect(handOut(30, 'CHF')).toEqual([
    { pieceMinor: 20, count: 1 },
    { pieceMinor: 10, count: 1 },
  ]);
  expect(likelyTendered(665_500)).toEqual([665_500, 670_000, 700_000, 1_000_000]);
  expect(likelyTendered(0)).toEqual([]);
});
