import { type DoubleByteSet, decodePair, doubleByteSets, pairsOf } from './double-byte-sets.ts';
import { escapeOfSingleByte, singleByteByEscape, singleByteTable } from './single-byte-sets.ts';

/** What G1 holds: a single-byte set (its ISO_IR number), a double-byte set, or nothing. */
type G1 = { single: string } | { double: DoubleByteSet } | undefined;

const escapeByte = 0x1b;
const bytesOf = (ascii: string): number[] => Array.from(ascii, (character) => character.charCodeAt(0));

/** A person's name is reset at its delimiters too (PS3.5 6.1.2.5.3); every text at `\` and the control characters. */
function isReset(code: number, isName: boolean): boolean {
  if (code === 0x5c || code === 0x0a || code === 0x0d || code === 0x0c || code === 0x09) return true;
  return isName && (code === 0x5e || code === 0x3d);
}

function initialG1(numbers: readonly string[]): G1 {
  const first = numbers[0] ?? '';
  if (singleByteTable(first) !== undefined) return { single: first };
  return undefined;
}

function doubleOf(number: string): DoubleByteSet | undefined {
  return doubleByteSets.find((set) => set.number === number);
}

/**
 * Decodes text with code extensions (PS3.5 6.1.2.5). `numbers` are the declared sets in order, the first (perhaps empty) being the
 * one that is active at the start and after each delimiter. High bytes without any escape are read as the declared G1 double-byte
 * set if the first set has no upper half (some senders leave the escape out after a delimiter), else as Latin-1.
 */
export function decodeIso2022(bytes: Uint8Array, numbers: readonly string[], isName: boolean): string {
  const start = initialG1(numbers);
  const declared = numbers.map(doubleOf).find((set) => set?.place === 'G1');
  const fallback: G1 = declared === undefined ? { single: '100' } : { double: declared };
  let g0: DoubleByteSet | undefined;
  let g1 = start;
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === escapeByte) {
      const escape = readEscape(bytes, at + 1);
      if (escape === undefined) {
        at += 1;
        continue;
      }
      at += 1 + escape.length;
      const double = doubleByteSets.find((set) => set.escape === (escape === '$@' ? '$B' : escape));
      const single = singleByteByEscape(escape);
      if (escape === '(B' || escape === '(J') g0 = undefined;
      else if (double?.place === 'G0') g0 = double;
      else if (double !== undefined) g1 = { double };
      else if (single !== undefined) g1 = { single };
      continue;
    }
    if (byte < 0x21 && byte !== 0x20) g0 = undefined;
    const next = bytes[at + 1] ?? 0;
    if (g0 !== undefined && byte > 0x20 && byte < 0x7f && next > 0x20 && next < 0x7f) {
      text += decodePair(g0, byte, next);
      at += 2;
      continue;
    }
    if (byte < 0x80) {
      if (isReset(byte, isName)) g1 = start;
      text += String.fromCharCode(byte);
      at += 1;
      continue;
    }
    const upper = g1 ?? fallback;
    if ('double' in upper && next >= 0xa1) {
      text += decodePair(upper.double, byte, next);
      at += 2;
      continue;
    }
    text += 'single' in upper ? (singleByteTable(upper.single)?.characters[byte] ?? '\uFFFD') : '\uFFFD';
    at += 1;
  }
  return text;
}

function readEscape(bytes: Uint8Array, at: number): string | undefined {
  const rest = String.fromCharCode(...bytes.subarray(at, at + 3));
  return /^(?:\$[()][A-D]|\$[@AB]|\([BJ]|\)I|-[A-Zb])/.exec(rest)?.[0];
}

/**
 * Encodes text with code extensions. Each part between delimiters begins in the first set and ends with ASCII in G0, as PS3.5
 * 6.1.2.5.3 asks; escapes are repeated after each delimiter.
 * @returns undefined when a character is in none of the sets
 */
export function encodeIso2022(text: string, numbers: readonly string[], isName: boolean): Uint8Array | undefined {
  const toAscii = numbers[0] === '13' ? '(J' : '(B';
  const first = singleByteTable(numbers[0] ?? '') === undefined ? undefined : numbers[0];
  const out: number[] = [];
  let g0: string | undefined;
  let g1: string | undefined = first;
  const leaveG0 = (): void => {
    if (g0 !== undefined) out.push(escapeByte, ...bytesOf(toAscii));
    g0 = undefined;
  };
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      leaveG0();
      out.push(code);
      if (isReset(code, isName)) g1 = first;
      continue;
    }
    const found = findCharacter(character, numbers);
    if (found === undefined) return undefined;
    if (found.place === 'G0') {
      if (g0 !== found.number) out.push(escapeByte, ...bytesOf(found.escape));
      g0 = found.number;
    } else if (g1 !== found.number) {
      out.push(escapeByte, ...bytesOf(found.escape));
      g1 = found.number;
    }
    out.push(...found.bytes);
  }
  leaveG0();
  return Uint8Array.from(out);
}

type Found = { number: string; place: 'G0' | 'G1'; escape: string; bytes: readonly number[] };

function findCharacter(character: string, numbers: readonly string[]): Found | undefined {
  for (const number of numbers) {
    const byte = singleByteTable(number)?.bytes.get(character);
    if (byte !== undefined) return { number, place: 'G1', escape: escapeOfSingleByte(number) ?? '', bytes: [byte] };
    const set = doubleOf(number);
    const pair = set === undefined ? undefined : pairsOf(set).get(character);
    if (set !== undefined && pair !== undefined) return { number, place: set.place, escape: set.escape, bytes: pair };
  }
  return undefined;
}
