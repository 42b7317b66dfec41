import { expect, test } from 'vitest';
import { currencyDecimals, formatAmount, formatMoney } from './money-format.ts';

test.each([
  [2165500, 'IDR', 'id-ID', 'Rp\u00a02.165.500'],
  [-40000, 'IDR', 'id-ID', '−Rp\u00a040.000'],
  [123456, 'EUR', 'de-DE', '1.234,56\u00a0€'],
  [5, 'USD', 'en-US', '$0.05'],
  [0, 'USD', 'en-US', '$0.00'],
  [1234, 'JPY', 'ja-JP', '￥1,234'],
  [12345678, 'KWD', 'en-GB', 'KWD\u00a012,345.678'],
])('%d minor units of %s in %s', (amountMinor, currency, locale, text) => {
  expect(formatMoney(amountMinor, currency, locale)).toBe(text);
});

test('the largest safe integer keeps every digit', () => {
  expect(formatAmount(Number.MAX_SAFE_INTEGER, 'EUR', 'en-US')).toBe('90,071,992,547,409.91');
});

test('a fraction of a minor unit is refused', () => {
  expect(() => formatMoney(1.5, 'EUR', 'en-US')).toThrow(RangeError);
});

test('decimals follow ISO 4217, not the ICU of the day', () => {
  expect(['HUF', 'JPY', 'TND', 'IDR', 'XYZ'].map(currencyDecimals)).toEqual([2, 0, 3, 0, 2]);
});
