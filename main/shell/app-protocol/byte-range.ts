/** Bytes [start, end): `end` is exclusive, both 0-based. */
export type ByteRange = { start: number; end: number };

/**
 * Reads a `Range` header for a body of `sizeBytes` (RFC 9110 §14). `whole` when there is none or when it is a form that
 * may be ignored (several ranges, another unit, nonsense); `unsatisfiable` when it starts behind the end. A range longer
 * than `limitBytes` is cut: an answer may hold less than was asked for (RFC 9110 §15.3.7), and Content-Range says so.
 */
export const parseByteRange = (
  header: string | null,
  sizeBytes: number,
  limitBytes: number,
): ByteRange | 'whole' | 'unsatisfiable' => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [first, last] = [match?.[1] ?? '', match?.[2] ?? ''];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const suffix = Math.min(Number(last), sizeBytes);
    if (suffix === 0) return 'unsatisfiable';
    const start = sizeBytes - suffix;
    return { start, end: Math.min(sizeBytes, start + limitBytes) };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= sizeBytes) return 'unsatisfiable';
  const asked = last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  return { start, end: Math.min(asked, start + limitBytes) };
};
