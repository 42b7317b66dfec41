/** The 94 × 94 repertoires that PS3.5 6.1.2.5 lets an ISO 2022 escape bring in. */
export type DoubleByteSet = {
  /** Number in `ISO 2022 IR n`. */
  number: '87' | '159' | '149' | '58';
  /** Escape without ESC. */
  escape: string;
  /** G0 sets use bytes 0x21-0x7E, G1 sets 0xA1-0xFE. */
  place: 'G0' | 'G1';
  label: 'euc-jp' | 'euc-kr' | 'gbk';
  /** What comes before the pair in the label's own encoding. */
  prefix: readonly number[];
  /** Rows (1-94) that the standard's set has; the decoders know more rows, which no modality could read. */
  hasRow(row: number): boolean;
};

export const doubleByteSets: readonly DoubleByteSet[] = [
  {
    number: '87',
    escape: '$B',
    place: 'G0',
    label: 'euc-jp',
    prefix: [],
    hasRow: (row) => row <= 8 || (row >= 16 && row <= 84),
  },
  { number: '159', escape: '$(D', place: 'G0', label: 'euc-jp', prefix: [0x8f], hasRow: (row) => row <= 77 },
  { number: '149', escape: '$)C', place: 'G1', label: 'euc-kr', prefix: [], hasRow: () => true },
  {
    number: '58',
    escape: '$)A',
    place: 'G1',
    label: 'gbk',
    prefix: [],
    hasRow: (row) => row <= 9 || (row >= 16 && row <= 87),
  },
];

/** Unicode has two characters for some JIS cells; texts hold either, the decoder gives one. */
const sameCell: readonly [string, string][] = [
  ['〜', '～'],
  ['−', '－'],
  ['‖', '∥'],
  ['—', '―'],
  ['¢', '￠'],
  ['£', '￡'],
  ['¬', '￢'],
];

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();
const encoders = new Map<string, ReadonlyMap<string, readonly [number, number]>>();

/** The character of one pair; both bytes may come with or without the high bit. U+FFFD where the set has none. */
export function decodePair(set: DoubleByteSet, lead: number, trail: number): string {
  let decoder = decoders.get(set.label);
  if (decoder === undefined) {
    decoder = new TextDecoder(set.label);
    decoders.set(set.label, decoder);
  }
  const text = decoder.decode(Uint8Array.of(...set.prefix, lead | 0x80, trail | 0x80));
  return Array.from(text).length === 1 ? text : '\uFFFD';
}

/** The pair of each character of the set, with the bits of its place (G0 low, G1 high). Built once, about 10 ms. */
export function pairsOf(set: DoubleByteSet): ReadonlyMap<string, readonly [number, number]> {
  const known = encoders.get(set.number);
  if (known !== undefined) return known;
  const high = set.place === 'G1' ? 0x80 : 0;
  const pairs = new Map<string, readonly [number, number]>();
  for (let row = 1; row <= 94; row += 1) {
    if (!set.hasRow(row)) continue;
    for (let cell = 1; cell <= 94; cell += 1) {
      const character = decodePair(set, row + 0x20, cell + 0x20);
      if (character === '\uFFFD' || pairs.has(character)) continue;
      pairs.set(character, [(row + 0x20) | high, (cell + 0x20) | high]);
    }
  }
  for (const [other, decoded] of sameCell) {
    const pair = pairs.get(decoded);
    if (pair !== undefined && !pairs.has(other)) pairs.set(other, pair);
  }
  encoders.set(set.number, pairs);
  return pairs;
}
