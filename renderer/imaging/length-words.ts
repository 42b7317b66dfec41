import type { Length } from '../../shared/imaging/length.ts';

/** `46.0 mm`, or `280 px` where the image does not say how large a pixel is. */
export function lengthWords(length: Pick<Length, 'lengthPx' | 'lengthTenthsMm'>, locale: string): string {
  const write = (value: number, digits: number): string =>
    value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
  return length.lengthTenthsMm === null
    ? `${write(length.lengthPx, 0)} px`
    : `${write(length.lengthTenthsMm / 10, 1)} mm`;
}
