import { z } from 'zod';

/** ISO 4217 code; an amount is always integer minor units of a currency that stands beside it. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/);
/** No amount is larger (BILL-1): sums of a day and products with a quantity or a rate stay exact below it. */
const MAX_AMOUNT_MINOR = 1e12;
export const amountMinorSchema = z.int().min(-MAX_AMOUNT_MINOR).max(MAX_AMOUNT_MINOR);

/** How an exact half or fraction is brought to a whole minor unit; named on every invoice. */
export const roundingSchema = z.enum(['half-up', 'half-even']);
export type Rounding = z.infer<typeof roundingSchema>;

/** Divides integers and rounds by rule, away from zero at a half for `half-up`. Exact up to 2^53. */
export function divideRounded(numerator: number, denominator: number, rule: Rounding): number {
  return shareOf(numerator, 1, denominator, rule);
}

/** `part / whole` of an amount, rounded by rule; exact however large the product is. */
export function shareOf(amountMinor: number, part: number, whole: number, rule: Rounding): number {
  const sign = Math.sign(amountMinor) * Math.sign(part) * Math.sign(whole);
  const a = BigInt(Math.abs(amountMinor)) * BigInt(Math.abs(part));
  const b = BigInt(Math.abs(whole));
  const down = a / b;
  const rest = (a % b) * 2n;
  const isUp = rest > b || (rest === b && (rule === 'half-up' || down % 2n === 1n));
  const result = sign * Number(isUp ? down + 1n : down);
  return result === 0 ? 0 : result;
}

/** Rounds an amount to a multiple (cash rounding: Rp 100, CHF 0.05); `stepMinor` 1 leaves it as it is. */
export function roundToStep(amountMinor: number, stepMinor: number, rule: Rounding): number {
  return divideRounded(amountMinor, stepMinor, rule) * stepMinor;
}
