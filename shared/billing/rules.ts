/** The arithmetic of bills (README.md): integer minor units throughout, tax per line, rounding named. */
import type { Service } from '../catalog/schema.ts';
import type { Rounding } from '../kernel/money.ts';
import { roundToStep, shareOf } from '../kernel/money.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Invoice, InvoiceLine, Payment } from './schema.ts';

export type PricedLine = Omit<InvoiceLine, 'netMinor' | 'taxMinor' | 'grossMinor'>;

/** BILL-1: net, tax and gross of one line; an inclusive price holds its tax, an exclusive one gets it on top. */
export function workOutLine(line: PricedLine, rounding: Rounding): InvoiceLine {
  const amountMinor = line.unitPriceMinor * line.quantity - line.discountMinor;
  const taxMinor = line.taxInclusive
    ? shareOf(amountMinor, line.taxBasisPoints, 10_000 + line.taxBasisPoints, rounding)
    : shareOf(amountMinor, line.taxBasisPoints, 10_000, rounding);
  const netMinor = line.taxInclusive ? amountMinor - taxMinor : amountMinor;
  return { ...line, netMinor, taxMinor, grossMinor: netMinor + taxMinor };
}

/** The line that a service makes, its price copied (BILL-2); null when it has none: that is shown and repaired (BILL-5). */
export function lineOfService(service: Service, quantity: number, discountMinor = 0): PricedLine | null {
  if (service.priceMinor === null) return null;
  return {
    serviceId: service.id,
    name: service.name,
    quantity,
    unitPriceMinor: service.priceMinor,
    discountMinor,
    taxBasisPoints: service.taxBasisPoints,
    taxName: service.taxName,
    taxInclusive: service.taxInclusive,
  };
}

/** How much of a line's price anybody who charges may take off; more needs a right and a reason (BILL-7). */
export const FREE_DISCOUNT_PERCENT = 20;

/** BILL-7: whether a line's discount is more than anybody may give. */
export const isLargeDiscount = (line: PricedLine): boolean =>
  line.discountMinor * 100 > line.unitPriceMinor * line.quantity * FREE_DISCOUNT_PERCENT;

export const totalOf = (lines: readonly InvoiceLine[]): number => lines.reduce((sum, line) => sum + line.grossMinor, 0);

/** BILL-1 checked again: every line and the total are what the arithmetic says, and a discount never exceeds its line. */
export function checkInvoice(invoice: Invoice): Violation[] {
  const sign = invoice.voidsInvoiceId === null ? 1 : -1;
  const off = invoice.lines.findIndex(
    ({ discountMinor, unitPriceMinor, quantity }) =>
      sign * discountMinor < 0 || sign * discountMinor > sign * unitPriceMinor * quantity,
  );
  if (off >= 0) return [violation('BILL-1', 'discount-too-large', { field: `lines.${off}.discountMinor` })];
  const wrong = invoice.lines.findIndex((line) => {
    const right = workOutLine(line, invoice.rounding);
    return right.netMinor !== line.netMinor || right.taxMinor !== line.taxMinor || right.grossMinor !== line.grossMinor;
  });
  if (wrong >= 0) return [violation('BILL-1', 'line-arithmetic', { field: `lines.${wrong}` })];
  return totalOf(invoice.lines) === invoice.totalMinor
    ? []
    : [violation('BILL-1', 'total-arithmetic', { field: 'totalMinor' })];
}

/** The entry that takes an invoice back: every figure with the other sign, so that the two together are nothing. */
export function reversedLines(invoice: Invoice): InvoiceLine[] {
  const minus = (amountMinor: number): number => (amountMinor === 0 ? 0 : -amountMinor);
  return invoice.lines.map((line) =>
    workOutLine(
      { ...line, unitPriceMinor: minus(line.unitPriceMinor), discountMinor: minus(line.discountMinor) },
      invoice.rounding,
    ),
  );
}

/** The invoice that stands, i.e. was not taken back by another entry. */
export function standing(invoices: readonly Invoice[]): Invoice | undefined {
  const voided = new Set(invoices.map((one) => one.voidsInvoiceId));
  return invoices.find((one) => one.voidsInvoiceId === null && !voided.has(one.id));
}

/**
 * What is owed on an invoice: total less what was paid and plus what was refunded. A voided one is nothing in itself: what was
 * paid on it is owed back, below zero (BILL-8).
 */
export function balanceOf(invoice: Invoice, payments: readonly Payment[], voided: boolean): number {
  const paid = payments.filter((one) => one.invoiceId === invoice.id).reduce((sum, one) => sum + one.amountMinor, 0);
  return (voided ? 0 : invoice.totalMinor) - paid;
}

/** Cash payable for an amount: rounded to the organization's step; the difference is booked as cash rounding. */
export function cashPayable(
  amountMinor: number,
  stepMinor: number,
  rounding: Rounding,
): { payableMinor: number; roundingMinor: number } {
  const payableMinor = roundToStep(amountMinor, stepMinor, rounding);
  return { payableMinor, roundingMinor: payableMinor - amountMinor };
}

/** What a payment put into the drawer, or a refund took out of it; zero for what was not cash. */
export const drawerMinor = (payment: Payment): number =>
  payment.method === 'cash' ? payment.amountMinor + payment.cashRoundingMinor : 0;

/** BILL-3, BILL-4, BILL-8: the arithmetic of one entry. */
export function checkPayment(payment: Payment): Violation[] {
  if (payment.method === 'credit') return checkCredit(payment);
  if (payment.creditInvoiceId !== undefined) return [violation('BILL-8', 'not-credit', { field: 'creditInvoiceId' })];
  const refund = payment.refundsPaymentId !== null;
  if (refund ? payment.amountMinor >= 0 : payment.amountMinor <= 0)
    return [violation('BILL-3', 'amount-sign', { field: 'amountMinor' })];
  if (refund && !payment.reason?.trim()) return [violation('BILL-4', 'reason-needed', { field: 'reason' })];
  if (payment.method !== 'cash') return checkNoCash(payment);
  const due = payment.amountMinor + payment.cashRoundingMinor;
  if (payment.tenderedMinor - payment.changeMinor !== due)
    return [violation('BILL-3', 'change-arithmetic', { field: 'tenderedMinor' })];
  return payment.changeMinor < 0 ? [violation('BILL-3', 'too-little', { field: 'tenderedMinor' })] : [];
}

function checkCredit(payment: Payment): Violation[] {
  const { creditInvoiceId, invoiceId, refundsPaymentId, amountMinor } = payment;
  if (!creditInvoiceId || creditInvoiceId === invoiceId || refundsPaymentId !== null || amountMinor === 0)
    return [violation('BILL-8', 'not-credit', { field: 'creditInvoiceId' })];
  return checkNoCash(payment);
}

function checkNoCash({ cashRoundingMinor, changeMinor, tenderedMinor, amountMinor }: Payment): Violation[] {
  const clean = cashRoundingMinor === 0 && changeMinor === 0 && tenderedMinor === amountMinor;
  return clean ? [] : [violation('BILL-3', 'not-cash', { field: 'tenderedMinor' })];
}
