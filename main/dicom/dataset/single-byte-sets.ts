/** The single-byte repertoires of PS3.3 C.12.1.1.2, by the number in their ISO_IR name: WHATWG label and ISO 2022 G1 escape. */
const singleByteSets: Record<string, { label: string; escape: string }> = {
  '100': { label: 'latin1', escape: '-A' },
  '101': { label: 'iso-8859-2', escape: '-B' },
  '109': { label: 'iso-8859-3', escape: '-C' },
  '110': { label: 'iso-8859-4', escape: '-D' },
  '144': { label: 'iso-8859-5', escape: '-L' },
  '127': { label: 'iso-8859-6', escape: '-G' },
  '126': { label: 'iso-8859-7', escape: '-F' },
  '138': { label: 'iso-8859-8', escape: '-H' },
  '148': { label: 'iso-8859-9', escape: '-M' },
  '203': { label: 'iso-8859-15', escape: '-b' },
  '166': { label: 'windows-874', escape: '-T' },
};

export type SingleByteTable = {
  /** Character of each byte; index 0-255. A byte that the set leaves free is U+FFFD. */
  characters: readonly string[];
  /** Byte of each character from 0xA0 up. */
  bytes: ReadonlyMap<string, number>;
};

const tables = new Map<string, SingleByteTable>();

/**
 * Both directions of one single-byte set, built once. `number` is that of ISO_IR (`13` is the half-width Katakana of JIS X 0201).
 * Bytes below 0xA0 are themselves: DICOM keeps them for ASCII and controls, unlike the Windows tables that TextDecoder uses.
 * @returns undefined for a number that is no single-byte set
 */
export function singleByteTable(number: string): SingleByteTable | undefined {
  const known = tables.get(number);
  if (known !== undefined) return known;
  const set = singleByteSets[number];
  if (set === undefined && number !== '13') return undefined;
  const characters: string[] = [];
  const bytes = new Map<string, number>();
  const decoder = number === '13' || number === '100' ? undefined : new TextDecoder(set?.label);
  for (let byte = 0; byte < 256; byte += 1) {
    const character = byte < 0xa0 ? String.fromCharCode(byte) : upperHalf(number, byte, decoder);
    characters.push(character);
    if (byte >= 0xa0 && character !== '\uFFFD') bytes.set(character, byte);
  }
  const table = { characters, bytes };
  tables.set(number, table);
  return table;
}

function upperHalf(number: string, byte: number, decoder: InstanceType<typeof TextDecoder> | undefined): string {
  if (number === '13') return byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(byte - 0xa1 + 0xff61) : '\uFFFD';
  if (number === '166' && byte === 0xa0) return '\uFFFD';
  return decoder === undefined ? String.fromCharCode(byte) : decoder.decode(Uint8Array.of(byte));
}

/** The number of the single-byte set that an ISO 2022 escape (without ESC) puts into G1, or undefined. */
export function singleByteByEscape(escape: string): string | undefined {
  if (escape === ')I') return '13';
  return Object.entries(singleByteSets).find(([, set]) => set.escape === escape)?.[0];
}

/** The escape (without ESC) that puts a single-byte set into G1. */
export function escapeOfSingleByte(number: string): string | undefined {
  return number === '13' ? ')I' : singleByteSets[number]?.escape;
}
