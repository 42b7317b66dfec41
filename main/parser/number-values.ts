/** Numbers of raw element values; `malformed` where there is a value that is no such number. */

const numbersMax = 16;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;

/** DS and IS (PS3.5 6.2): the first sixteen values of the text; none where it is absent or blank. */
export function decimalsOf(bytes: Uint8Array | undefined): number[] | 'malformed' {
  const text = Buffer.from(bytes ?? [])
    .toString('latin1')
    .replaceAll('\0', ' ');
  if (text.trim() === '') return [];
  const parts = text.split('\\').slice(0, numbersMax);
  const numbers = parts.map((part) => (decimal.test(part.trim()) ? Number(part.trim()) : Number.NaN));
  return numbers.every(Number.isFinite) ? numbers : 'malformed';
}

/** One US value; null where it is absent or empty. */
export function shortOf(bytes: Uint8Array | undefined, isLittleEndian: boolean): number | null | 'malformed' {
  if (bytes === undefined || bytes.length === 0) return null;
  if (bytes.length !== 2) return 'malformed';
  return new DataView(bytes.buffer, bytes.byteOffset).getUint16(0, isLittleEndian);
}
