/** ISO 4217 minor unit exponents that are not 2. Own table, because Intl's differ by ICU version (HUF, COP …). */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((c) => [c, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((c) => [c, 3])),
  ...Object.fromEntries('CLF UYW'.split(' ').map((c) => [c, 4])),
  // ISO says 2, but no sen has been paid for decades and every API that we speak carries whole rupiah (seed row S3-42).
  IDR: 0,
};

/** Decimals of a currency: how many digits of an integer minor amount stand behind the point. */
export function currencyDecimals(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/**
 * An integer amount of minor units as a person reads it, with the currency's sign and decimals, in a BCP 47 locale:
 * `formatMoney(2165500, 'IDR', 'id-ID')` is `Rp 2.165.500`. Exact for every safe integer; a fraction throws.
 * Spaces come out as no-break spaces and a minus as U+2212, so that an amount never breaks over two lines.
 */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  return formatDecimal(amountMinor, currency, locale, true);
}

/** The same without the currency, for columns under a heading that names it. */
export function formatAmount(amountMinor: number, currency: string, locale: string): string {
  return formatDecimal(amountMinor, currency, locale, false);
}

function formatDecimal(amountMinor: number, currency: string, locale: string, withCurrency: boolean): string {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError('an amount is a whole number of minor units');
  const decimals = currencyDecimals(currency);
  const digits = Math.abs(amountMinor)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const decimal = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  const format = new Intl.NumberFormat(locale, {
    ...(withCurrency ? { style: 'currency', currency } : { style: 'decimal' }),
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    numberingSystem: 'latn',
  });
  // ECMA-402 takes a decimal as text, so no floating point comes between.
  const text = format.format(decimal as `${number}`).replace(/[\u0020\u2009\u202f]/g, '\u00a0');
  return amountMinor < 0 ? `\u2212${text}` : text;
}
