import { z } from 'zod';

/** ISO 4217 code; an amount is always integer minor units of a currency that stands beside it. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/);
export const amountMinorSchema = z.int().min(-1e13).max(1e13);

/** How an exact half or fraction is brought to a whole minor unit; named on every invoice. */
export const roundingSchema = z.enum(['half-up', 'half-even']);
export type Rounding = z.infer<typeof roundingSchema>;

/** Divides integers and rounds by rule, away from zero at a half for `half-up`. Exact up to 2^53. */
export function divideRounded(numerator: number, denominator: number, rule: Rounding): number {
  const sign = Math.sign(numerator) * Math.sign(denominator);
  const a = Math.abs(numerator);
  const b = Math.abs(denominator);
  const whole = Math.floor(a / b);
  const rest = a - whole * b;
  const up = rest * 2 > b || (rest * 2 === b && (rule === 'half-up' || whole % 2 === 1));
  const result = sign * (up ? whole + 1 : whole);
  return result === 0 ? 0 : result;
}

/** Rounds an amount to a multiple (cash rounding: Rp 100, CHF 0.05); `stepMinor` 1 leaves it as it is. */
export function roundToStep(amountMinor: number, stepMinor: number, rule: Rounding): number {
  return divideRounded(amountMinor, stepMinor, rule) * stepMinor;
}
