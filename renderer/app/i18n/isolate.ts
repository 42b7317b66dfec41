const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * Wraps what is put into a sentence in a bidi isolate (U+2068 … U+2069) where it has right-to-left letters, so that "CT head of
 * محمد العلي, 48 images" keeps its order. Used for every value that i18next fills in.
 */
export function isolateRightToLeft(value: unknown): string {
  const words = String(value);
  return rightToLeft.test(words) ? `\u2068${words}\u2069` : words;
}
