const encoders = new Map<string, ReadonlyMap<string, readonly number[]>>();

/**
 * Encodes in GBK or GB18030 (PS3.3 C.12.1.1.2: both stand alone, without escapes).
 * @returns undefined when a character does not fit (GBK only; GB18030 holds all of Unicode)
 */
export function encodeGb(text: string, set: 'GBK' | 'GB18030'): Uint8Array | undefined {
  const table = tableOf(set);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code > 0xffff) {
      if (set === 'GBK') return undefined;
      bytes.push(...fourBytes(code - 0x10000 + 189_000));
    } else {
      const sequence = table.get(character);
      if (sequence === undefined) return undefined;
      bytes.push(...sequence);
    }
  }
  return Uint8Array.from(bytes);
}

function fourBytes(pointer: number): number[] {
  return [
    0x81 + Math.floor(pointer / 12_600),
    0x30 + (Math.floor(pointer / 1260) % 10),
    0x81 + (Math.floor(pointer / 10) % 126),
    0x30 + (pointer % 10),
  ];
}

function tableOf(set: 'GBK' | 'GB18030'): ReadonlyMap<string, readonly number[]> {
  const known = encoders.get(set);
  if (known !== undefined) return known;
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, readonly number[]>();
  const add = (sequence: readonly number[]): void => {
    const text = decoder.decode(Uint8Array.from(sequence));
    if (text.length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, sequence);
  };
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) add([lead, trail]);
  }
  if (set === 'GB18030') for (let pointer = 0; pointer < 39_420; pointer += 1) add(fourBytes(pointer));
  encoders.set(set, table);
  return table;
}
