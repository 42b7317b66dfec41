/**
 * Canonical JSON (RFC 8785): object keys sorted by UTF-16 code units, no blanks, numbers as ECMAScript prints them.
 * Members whose value is `undefined` are absent, as in `JSON.stringify`. Throws on NaN and infinities (RFC 8785 3.2.2.3).
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number that JSON cannot hold');
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

/** Whether two JSON values are the same value; absent equals `null` for members, as a merge unit treats absence as a value. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
