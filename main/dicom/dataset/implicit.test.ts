import { describe, expect, it } from 'vitest';
import type { ImplicitDataset } from './implicit-dataset.ts';
import { readImplicit } from './read-implicit.ts';
import { writeImplicit } from './write-implicit.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('readImplicit and writeImplicit', () => {
  const item: ImplicitDataset = new Map([[0x00080060, { tag: 0x00080060, bytes: text('US') }]]);
  const dataset: ImplicitDataset = new Map([
    [0x00400100, { tag: 0x00400100, items: [item, new Map()] }],
    [0x00100010, { tag: 0x00100010, bytes: text('A^B') }],
    [0x0020000d, { tag: 0x0020000d, bytes: text('1.2') }],
  ] as const);

  it('go round, sorted and padded', () => {
    const bytes = writeImplicit(dataset);
    expect(bytes.length % 2).toBe(0);
    const read = readImplicit(bytes);
    if (!read.ok) throw new Error(read.error);
    expect([...read.value.keys()]).toEqual([0x00100010, 0x0020000d, 0x00400100]);
    expect(read.value.get(0x00100010)).toEqual({ tag: 0x00100010, bytes: text('A^B ') });
    expect(read.value.get(0x0020000d)).toEqual({ tag: 0x0020000d, bytes: text('1.2\0') });
    expect(read.value.get(0x00400100)).toEqual({ tag: 0x00400100, items: [item, new Map()] });
  });

  it('reads undefined lengths and leaves group lengths out', () => {
    const bytes = hex(`10000000 04000000 08000000
      40000001 ffffffff feff00e0 ffffffff 08006000 02000000 5553 feff0de0 00000000 feffdde0 00000000`);
    const read = readImplicit(bytes);
    expect(read.ok && [...read.value]).toEqual([[0x00400100, { tag: 0x00400100, items: [item] }]]);
  });

  it.each([
    ['dataset_length_outside_parent', '10001000 06000000 4142'],
    ['dataset_length_outside_parent', '10001000 04'],
    ['dataset_length_outside_parent', '40000001 0a000000 feff00e0 08000000 0000'],
    ['dataset_length_outside_parent', '40000001 ffffffff feff00e0 ffffffff'],
    ['dataset_delimiter_misplaced', 'feff00e0 00000000'],
    ['dataset_delimiter_misplaced', '40000001 08000000 08006000 00000000'],
    ['dataset_element_repeated', '10001000 00000000 10001000 00000000'],
    ['dataset_too_deep', '40000001 ffffffff feff00e0 ffffffff '.repeat(9)],
    [
      'dataset_too_many_elements',
      Array.from({ length: 2001 }, (_, n) => `1100${(n + 1).toString(16).padStart(4, '0')}00000000`).join(''),
    ],
    ['dataset_too_long', '00'.repeat(65_538)],
  ])('refuses with %s', (code, bytes) => expect(readImplicit(hex(bytes))).toEqual({ ok: false, error: code }));

  it('survives every cut and every changed byte', () => {
    const whole = writeImplicit(dataset);
    for (let at = 0; at < whole.length; at += 1) {
      readImplicit(whole.subarray(0, at));
      for (const value of [0, 0x7f, 0xff]) {
        const changed = whole.slice();
        changed[at] = value;
        readImplicit(changed);
      }
    }
    expect(readImplicit(new Uint8Array()).ok).toBe(true);
  });
});
