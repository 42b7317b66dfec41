/**
 * Wraps a name or any value put into a sentence in U+2068 … U+2069 (first strong isolate, UAX 9), so that an Arabic name can not
 * pull a number beside it to its other side. Isolates left open or closed inside the value are evened out first.
 */
export function isolate(value: string): string {
  return `\u2068${value.replace(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`;
}
