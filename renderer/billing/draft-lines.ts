import type { PricedLine } from '../../shared/billing/rules.ts';
import { workOutLine } from '../../shared/billing/rules.ts';
import type { InvoiceLine } from '../../shared/billing/schema.ts';
import { type Rounding, shareOf } from '../../shared/kernel/money.ts';
import { currencyDecimals } from '../../shared/kernel/money-format.ts';
import { parseNumber } from '../ui/parse-number.ts';

/** A line as it is being written; `discountText` stays as it was typed. */
export type DraftLine = PricedLine & { key: string; discountText: string };
export type DraftSums = {
  lines: InvoiceLine[];
  sumMinor: number;
  discountMinor: number;
  taxes: Array<{ name: string; basisPoints: number; inclusive: boolean; baseMinor: number; taxMinor: number }>;
  totalMinor: number;
};

/** A typed amount in minor units; null for nothing, undefined for what is no amount. */
export function parseMoney(text: string, currency: string, locale: string): number | null | undefined {
  const number = parseNumber(text, locale);
  if (typeof number !== 'number') return number;
  const minor = number * 10 ** currencyDecimals(currency);
  return Number.isSafeInteger(Math.round(minor)) && Math.abs(minor - Math.round(minor)) < 1e-6
    ? Math.round(minor)
    : undefined;
}

/** `10%` of a line, or an amount off it; undefined for what is neither, or more than the line. */
export function parseDiscount(
  text: string,
  lineMinor: number,
  how: { currency: string; locale: string; rounding: Rounding },
): number | undefined {
  const percent = /^(.*)%$/.exec(text.trim());
  const share = percent ? parseNumber(percent[1] ?? '', how.locale) : undefined;
  const minor = percent
    ? typeof share === 'number'
      ? shareOf(lineMinor, Math.round(share * 100), 10_000, how.rounding)
      : undefined
    : (parseMoney(text, how.currency, how.locale) ?? (text.trim() === '' ? 0 : undefined));
  return minor !== undefined && minor >= 0 && minor <= lineMinor ? minor : undefined;
}

/** The figures of lines, by the law's own arithmetic. */
export function sumsOf(lines: readonly PricedLine[], rounding: Rounding): DraftSums {
  const worked = lines.map((line) => workOutLine(line, rounding));
  const sum = (amountOf: (line: InvoiceLine) => number): number =>
    worked.reduce((total, line) => total + amountOf(line), 0);
  const groups = Map.groupBy(
    worked.filter((line) => line.taxBasisPoints > 0),
    (line) => `${line.taxName}/${line.taxBasisPoints}/${line.taxInclusive}`,
  );
  return {
    lines: worked,
    sumMinor: sum((line) => line.unitPriceMinor * line.quantity),
    discountMinor: sum((line) => line.discountMinor),
    taxes: [...groups.values()].flatMap((list) => {
      const [first] = list;
      if (!first) return [];
      const of = (amountOf: (line: InvoiceLine) => number): number =>
        list.reduce((total, line) => total + amountOf(line), 0);
      return [
        {
          name: first.taxName,
          basisPoints: first.taxBasisPoints,
          inclusive: first.taxInclusive,
          baseMinor: of((line) => line.netMinor),
          taxMinor: of((line) => line.taxMinor),
        },
      ];
    }),
    totalMinor: sum((line) => line.grossMinor),
  };
}
