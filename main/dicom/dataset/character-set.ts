import { doubleByteSets } from './double-byte-sets.ts';
import { encodeGb } from './gb-sets.ts';
import { decodeIso2022, encodeIso2022 } from './iso-2022.ts';
import { singleByteTable } from './single-byte-sets.ts';

/** How texts of one dataset are written: (0008,0005), understood. */
export type CharacterSet =
  | { kind: 'utf8' }
  | { kind: 'gb'; set: 'GBK' | 'GB18030' }
  /** One single-byte set without escapes; `number` is that of ISO_IR, empty for none (ASCII; decoded as Latin-1). */
  | { kind: 'single'; number: string }
  /** Code extensions; the first number (perhaps empty) is active at the start. */
  | { kind: 'iso2022'; numbers: readonly string[] };

/** `name`: value representation PN, whose `^` and `=` are delimiters. `text`: every other text. */
export type TextKind = 'name' | 'text';

/**
 * Understands the value of (0008,0005) (PS3.3 C.12.1.1.2), misspellings such as `ISO-IR 100` or `ISO IR 192` included. A set
 * that is unknown is read as Latin-1 (so that no byte is lost): `known` is then false.
 */
export function parseCharacterSet(value: string): { set: CharacterSet; known: boolean } {
  const terms = value.split('\\').map((term) => term.replaceAll('\0', ' ').trim().toUpperCase());
  const numbers: string[] = [];
  let known = true;
  let extended = terms.length > 1;
  for (const term of terms) {
    if (/^GB ?18030$/.test(term)) return { set: { kind: 'gb', set: 'GB18030' }, known: true };
    if (term === 'GBK') return { set: { kind: 'gb', set: 'GBK' }, known: true };
    const match = /^ISO[-_ ]?(2022[-_ ])?IR[-_ ]?(\d+)$/.exec(term);
    const number = match?.[2] === '6' ? '' : (match?.[2] ?? '');
    if (number === '192') return { set: { kind: 'utf8' }, known: true };
    if (match?.[1] !== undefined) extended = true;
    const isKnown =
      number === '' || singleByteTable(number) !== undefined || doubleByteSets.some((set) => set.number === number);
    if ((match === null && term !== '') || !isKnown) known = false;
    numbers.push(isKnown ? number : '');
  }
  if (extended) return { set: { kind: 'iso2022', numbers }, known };
  const number = numbers[0] ?? '';
  // A double-byte set that stands alone is against the standard, but its escapes are in the text all the same.
  if (doubleByteSets.some((set) => set.number === number))
    return { set: { kind: 'iso2022', numbers: ['', number] }, known };
  return { set: { kind: 'single', number }, known };
}

/** Decodes the bytes of one element, all its values and their `\` included. Never throws; what no set knows becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, set: CharacterSet, kind: TextKind): string {
  if (set.kind === 'utf8') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (set.kind === 'gb') return new TextDecoder('gb18030').decode(bytes);
  if (set.kind === 'iso2022' || bytes.includes(0x1b)) {
    return decodeIso2022(bytes, set.kind === 'iso2022' ? set.numbers : [set.number], kind === 'name');
  }
  const characters = singleByteTable(set.number === '' ? '100' : set.number)?.characters ?? [];
  let text = '';
  for (const byte of bytes) text += characters[byte] ?? '\uFFFD';
  return text;
}

/**
 * Encodes one element's text. Composed forms are used, since the old sets have no combining marks.
 * @returns undefined when a character does not fit: nothing is ever replaced
 */
export function encodeText(text: string, set: CharacterSet, kind: TextKind): Uint8Array | undefined {
  // Every set holds ASCII as it is; most values are nothing else.
  if (isAscii(text)) return new Uint8Array(Buffer.from(text, 'latin1'));
  if (set.kind === 'utf8') return text.isWellFormed() ? new Uint8Array(Buffer.from(text, 'utf8')) : undefined;
  const composed = text.normalize('NFC');
  if (set.kind === 'gb') return composed.isWellFormed() ? encodeGb(composed, set.set) : undefined;
  if (set.kind === 'iso2022') return encodeIso2022(composed, set.numbers, kind === 'name');
  const table = singleByteTable(set.number);
  const bytes: number[] = [];
  for (const character of composed) {
    const code = character.codePointAt(0) ?? 0;
    const byte = code < 0x80 ? code : table?.bytes.get(character);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** Whether a text needs no character set at all. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** Whether every character of the text can be written in the set. */
export function canEncode(text: string, set: CharacterSet, kind: TextKind = 'text'): boolean {
  return isAscii(text) || encodeText(text, set, kind) !== undefined;
}
