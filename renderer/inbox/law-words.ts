type Say = (key: string, options?: { defaultValue: string }) => string;

/** A field in words; one that has none is named as the law names it. The key is known only at run time. */
export const fieldWords = (t: unknown, field: string): string =>
  (t as Say)(`inbox:fields.${field}`, { defaultValue: field });

/** What kind of record it is, in words. */
export function kindWords(t: unknown, kind: string): string {
  const say = t as Say;
  return say(`inbox:kind.${kind}`, { defaultValue: say('inbox:kind.other') });
}
