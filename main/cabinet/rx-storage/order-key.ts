/**
 * JavaScript (and so RxDB) orders strings by UTF-16 units, SQLite by UTF-8 bytes, i.e. code points: they differ for astral
 * characters (emoji, rare Han) against U+E000–U+FFFF. Columns therefore hold this order-preserving, one-to-one form, in
 * which every unit from U+D7FF on is written as U+D7FF and a second character. Nearly all text comes back unchanged.
 */
export function orderKey(text: string): string {
  return needsEscape.test(text) ? text.replace(escapable, escapeUnit) : text;
}

const needsEscape = /[\ud7ff-\uffff]/;
// Without the `u` flag: units, not code points, also lone surrogates.
const escapable = /[\ud7ff-\uffff]/g;
const escapeUnit = (unit: string): string => `\ud7ff${String.fromCharCode(unit.charCodeAt(0) - 0xd7ff + 0x20)}`;
