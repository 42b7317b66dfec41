/**
 * A number as people of a locale type it: `1.450,5` and `1450,5` in id-ID, `1,450.5` in en-GB. Null for an empty text,
 * undefined for what is no number or has its separators in the wrong places.
 */
export function parseNumber(text: string, locale: string): number | null | undefined {
  const bare = text.replace(/[\s\u00a0\u202f]/g, '').replace('\u2212', '-');
  if (bare === '') return null;
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(12345.6);
  const group = parts.find((part) => part.type === 'group')?.value ?? ',';
  const decimal = parts.find((part) => part.type === 'decimal')?.value ?? '.';
  const [whole = '', fraction, ...more] = bare.split(decimal);
  const groups = whole.replace('-', '').split(group);
  const isGrouped = groups.length === 1 || (groups[0] !== '' && groups.slice(1).every((part) => part.length === 3));
  const digits = whole.replaceAll(group, '');
  if (more.length > 0 || !isGrouped || !/^-?\d+$/.test(digits) || !/^\d*$/.test(fraction ?? '')) return undefined;
  return Number(`${digits}.${fraction ?? '0'}`);
}
