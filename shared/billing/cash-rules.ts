/** Notes and coins: what people hand over, and what they get back. Amounts in minor units. */

/** What is in the drawer, largest first; 1-2-5 steps of the currency where none is named. */
const DRAWERS: Readonly<Record<string, readonly number[]>> = {
  IDR: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  EUR: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  CHF: [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5],
  JPY: [10_000, 5_000, 1_000, 500, 100, 50, 10, 5, 1],
};
const ANY = [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1];

export type Handful = { pieceMinor: number; count: number };

/** The fewest notes and coins that make an amount; what no coin can make is left out. */
export function handOut(amountMinor: number, currency: string): Handful[] {
  let leftMinor = Math.max(0, amountMinor);
  const result: Handful[] = [];
  for (const pieceMinor of DRAWERS[currency] ?? ANY) {
    const count = Math.floor(leftMinor / pieceMinor);
    if (count > 0) result.push({ pieceMinor, count });
    leftMinor -= count * pieceMinor;
  }
  return result;
}

/** Sums that somebody who owes an amount is likely to hand over: the amount itself, then the next round ones. */
export function likelyTendered(owedMinor: number): number[] {
  if (owedMinor <= 0) return [];
  const magnitude = 10 ** Math.floor(Math.log10(owedMinor));
  const steps = [magnitude / 20, magnitude / 10, magnitude / 2, magnitude, magnitude * 5, magnitude * 10];
  const sums = steps
    .filter((step) => step >= 1 && Number.isInteger(step))
    .map((step) => Math.ceil(owedMinor / step) * step);
  return [...new Set([owedMinor, ...sums])].slice(0, 4);
}
