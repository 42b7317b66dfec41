/** What is read for drawing: of elements, of stored values, and of every compressed frame. */
import { describe, expect, it } from 'vitest';
import type { DrawingFacts } from '../../shared/imaging/drawing-facts.ts';
import { element, encapsulated, words } from '../../test/world/dicom-elements.ts';
import { readHeader } from './read-header.ts';

const EXPLICIT = '1.2.840.10008.1.2.1';
const RLE = '1.2.840.10008.1.2.5';
const JPEG = '1.2.840.10008.1.2.4.50';

async function factsOf(parts: readonly Uint8Array[], syntax = EXPLICIT): Promise<DrawingFacts> {
  const dataset = Buffer.concat(parts);
  const read = (start: number, end: number) => Promise.resolve(dataset.subarray(start, end));
  const header = await readHeader({ length: dataset.length, read }, syntax);
  if (!header?.drawing) throw new Error('not read');
  return header.drawing;
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const image = (more: { frames?: string; bits?: number; stored?: number; signed?: number } = {}): Buffer[] => [
  words('00280002', 1),
  ...(more.frames === undefined ? [] : [element('00280008', 'IS', more.frames)]),
  words('00280010', 2),
  words('00280011', 2),
  words('00280100', more.bits ?? 16),
  words('00280101', more.stored ?? 12),
  words('00280102', (more.stored ?? 12) - 1),
  words('00280103', more.signed ?? 0),
];
const pixels = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16LE(value & 0xffff, at * 2);
  return element('7fe00010', 'OW', bytes);
};

describe('elements', () => {
  it('are read as they are', async () => {
    const facts = await factsOf([
      element('00182010', 'DS', '0.1\\0.2 '),
      ...image({ signed: 1 }),
      words('00280120', -2000),
      words('00280121', -1990),
      element('00281052', 'DS', '-1024 '),
      element('00281053', 'DS', '2 '),
      element('00281056', 'CS', 'SIGMOID '),
      element('00283010', 'SQ', Buffer.alloc(100_000)),
      element('20500020', 'CS', 'INVERSE '),
      words('60000010', 2),
      words('60020010', 2),
      pixels(0, 0, 0, 0),
    ]);
    expect(facts).toEqual({
      highBit: 11,
      rescaleSlope: 2,
      rescaleIntercept: -1024,
      voiLutFunction: 'SIGMOID',
      presentationLutShape: 'INVERSE',
      tables: ['voi'],
      padding: { from: -2000, to: -1990 },
      pixelAspectRatio: [],
      nominalPixelSpacing: [0.1, 0.2],
      functionalGroups: false,
      overlays: 2,
      unreadable: false,
      longer: false,
      bitsAbove: false,
      frames: null,
    });
  });

  it('an empty sequence is no table, and an empty value is none', async () => {
    const facts = await factsOf([
      element('00281053', 'DS', ''),
      element('00283000', 'SQ', hex('feffdde0 00000000'), 0xffffffff),
      ...image(),
      pixels(0, 0, 0, 0),
    ]);
    expect(facts).toMatchObject({ tables: [], rescaleSlope: null, unreadable: false });
  });

  it.each<[string, Buffer[]]>([
    ['a window in words', [element('00281051', 'DS', 'wide')]],
    ['a window of which one number is missing', [element('00281051', 'DS', '400\\ ')]],
    ['two slopes', [element('00281053', 'DS', '1\\2 ')]],
    ['a number of frames that is none', [element('00280008', 'IS', '1A')]],
    ['a word too long', [words('00280102', 11, 11)]],
    ['a code filled up by a zero byte', [element('00280004', 'CS', 'MONOCHROME1\0')]],
    ['an element that stands twice', [element('00281051', 'DS', '40'), element('00281051', 'DS', '80')]],
    ['floating-point pixels', [element('7fe00008', 'OF', Buffer.alloc(16))]],
  ])('%s can not be read', async (_name, parts) => {
    expect((await factsOf([...image(), ...parts, pixels(0, 0, 0, 0)])).unreadable).toBe(true);
  });

  it('what stands behind the pixel data is not passed over', async () => {
    const behind = (part: Buffer) => factsOf([...image(), pixels(0, 0, 0, 0), part]);
    expect((await behind(element('00281051', 'DS', '40'))).unreadable).toBe(true);
    expect((await behind(pixels(1, 1, 1, 1))).unreadable).toBe(true);
    expect((await behind(element('fffcfffc', 'OB', Buffer.alloc(8)))).unreadable).toBe(false);
    expect((await behind(Buffer.alloc(20))).unreadable).toBe(false);
  });
});

describe('stored values', () => {
  it.each<[string, Parameters<typeof image>[0], number[], boolean | null]>([
    ['12 bits', {}, [0, 4095, 1, 2], false],
    ['a bit above', {}, [0, 0, 0, 4096], true],
    ['the sign, copied', { signed: 1 }, [-2048, 2047, -1, 0], false],
    ['not the sign', { signed: 1 }, [-2048, 2047, -1, 2048], true],
    ['16 bits: nothing above', { stored: 16 }, [65_535, 0, 0, 0], null],
    ['7 bits of a byte', { bits: 8, stored: 7 }, [0x7f7f, 0x007f], false],
    ['8 bits where 7 should be', { bits: 8, stored: 7 }, [0x7f7f, 0x807f], true],
  ])('%s', async (_name, form, values, bitsAbove) => {
    expect((await factsOf([...image(form), pixels(...values)])).bitsAbove).toBe(bitsAbove);
  });

  it('go on after the picture: zeros fill up, more is more', async () => {
    expect((await factsOf([...image(), pixels(1, 2, 3, 4, 0, 0)])).longer).toBe(false);
    expect((await factsOf([...image(), pixels(1, 2, 3, 4, 5)])).longer).toBe(true);
    expect((await factsOf([...image({ frames: '2 ' }), pixels(1, 2, 3, 4, 5, 6, 7, 8)])).longer).toBe(false);
  });
});

/** A JPEG of 2 × 2 up to its scan, with marks before, and its end. */
const jpeg = (columns = '0002', marks = '', end = 'ffd9'): Buffer =>
  hex(
    `ffd8 ${marks} ffc0 0011 08 0002 ${columns} 03 01 22 00 02 11 01 03 11 01 ffda 000c 03 0100 0200 0300 00 3f 00 12 ${end}`,
  );

describe('compressed frames', () => {
  const framesOf = async (fragments: Buffer[], frames: string, offsets: number[] = []) =>
    (await factsOf([...image({ bits: 8, stored: 8, frames }), encapsulated(fragments, offsets)], JPEG)).frames;

  it('each is read, by table, by number and by end marker', async () => {
    const [one, two] = [jpeg(), jpeg()];
    const alike = { toldApart: true, alike: true, whole: true, stream: { kind: 'jpeg', rows: 2, columns: 2 } };
    expect(await framesOf([one, two], '2 ')).toMatchObject(alike);
    expect(await framesOf([one, two], '2 ', [0, one.length + 8])).toMatchObject(alike);
    const halves = [one.subarray(0, 20), one.subarray(20), two.subarray(0, 20), two.subarray(20)];
    expect(await framesOf(halves, '2 ')).toMatchObject(alike);
    expect(await framesOf(halves, '2 ', [0, one.length + 16])).toMatchObject(alike);
    expect(await framesOf([one], '1 ')).toMatchObject(alike);
  });

  it('one that differs, is cut, or can not be told apart is found', async () => {
    const [one, other] = [jpeg(), jpeg('0003')];
    expect(await framesOf([one, one, other], '3 ')).toMatchObject({ toldApart: true, alike: false });
    expect(await framesOf([one, jpeg('0002', '', '0012')], '2 ')).toMatchObject({ alike: true, whole: false });
    expect(await framesOf([one, Buffer.alloc(30)], '2 ')).toMatchObject({ alike: false });
    for (const [fragments, count, offsets] of [
      [[one, one], '3 ', []],
      [[one, one], '1 ', []],
      [[one, one], '2 ', [0, 4]],
      [[one, one], '2 ', [one.length + 8, 0]],
      [[], '1 ', []],
    ] as const)
      expect(await framesOf([...fragments], count, [...offsets])).toMatchObject({ toldApart: false });
  });

  it('a cut dataset has no whole frames', async () => {
    const whole = Buffer.concat([...image({ bits: 8, stored: 8 }), encapsulated([jpeg()])]);
    expect((await factsOf([whole.subarray(0, -8)], JPEG)).frames).toMatchObject({ toldApart: true, whole: true });
    expect((await factsOf([whole.subarray(0, -12)], JPEG)).frames).toMatchObject({ toldApart: false });
  });

  it.each<[string, string, Record<string, unknown>]>([
    [
      'nothing more',
      '',
      { subsampled: true, precision: 8, process: 0xc0, components: 3, adobeTransform: null, jfif: false },
    ],
    ['JFIF', 'ffe0 0007 4a46494600', { jfif: true }],
    ['Adobe', 'ffee 000e 41646f6265 0064 0000 0000 01', { adobeTransform: 1 }],
    ['a camera', 'ffe1 0008 457869660000', { cameraMarks: true }],
  ])('a JPEG says: %s', async (_name, marks, said) => {
    expect((await framesOf([jpeg('0002', marks)], '1 '))?.stream).toMatchObject(said);
  });

  it('other kinds say it in their own way', async () => {
    const lossless = hex('ffd8 ffc3 000b 0c 0002 0002 01 01 11 00 ffda 0008 01 0100 06 00 01 12 ffd9');
    expect((await framesOf([lossless], '1 '))?.stream).toMatchObject({
      process: 0xc3,
      predictor: 6,
      pointTransform: 1,
      precision: 12,
    });
    const ls = hex('ffd8 fff7 000b 0c 0002 0003 01 01 11 00 ffda 0008 01 0100 02 01 00 12 ffd9');
    expect((await framesOf([ls], '1 '))?.stream).toEqual({
      kind: 'jpegls',
      precision: 12,
      rows: 2,
      columns: 3,
      components: 1,
      near: 2,
      interleave: 1,
      colourTransform: false,
    });
    const cod = 'ff52 000c 00 00 0001 01 05 04 04 00 00 ff90';
    const j2k = (depths = '8f0101'): Buffer =>
      hex(
        `ff4fff51 0029 0000 00000044 00000041 00000004 00000001 00000040 00000040 00000000 00000000 0001 ${depths} ${cod} ffd9`,
      );
    expect((await framesOf([j2k()], '1 '))?.stream).toEqual({
      kind: 'jpeg2000',
      columns: 64,
      rows: 64,
      precision: 16,
      components: 1,
      signed: true,
      subsampled: false,
      highThroughput: false,
      colourTransform: true,
      reversible: false,
    });
    const inside = Buffer.concat([j2k().subarray(0, -2), hex('feffdde0 ffd9')]);
    expect(await framesOf([j2k(), inside], '2 ')).toMatchObject({ delimiterInside: true });
    expect((await framesOf([Buffer.concat([hex('0000000c6a502020'), j2k()])], '1 '))?.stream).toBeNull();
    for (let cut = 0; cut < 60; cut++) await framesOf([j2k().subarray(0, cut)], '1 ');
    for (let cut = 0; cut < 40; cut++) await framesOf([jpeg().subarray(0, cut)], '1 ');
  });
});

describe('RLE', () => {
  /** Two segments of four bytes, one run and one list each. */
  const frame = (high: string, low: string): Buffer => {
    const head = Buffer.alloc(64);
    const bytes = hex(high);
    for (const [at, value] of [2, 64, 64 + bytes.length].entries()) head.writeUInt32LE(value, at * 4);
    return Buffer.concat([head, bytes, hex(low)]);
  };
  const framesOf = (one: Buffer, form: Parameters<typeof image>[0] = {}) =>
    factsOf([...image(form), encapsulated([one])], RLE);

  it('is unpacked as far as its size and unused bits ask', async () => {
    const right = await framesOf(frame('fd 0f', '03 01020304 00'));
    expect(right.frames?.stream).toEqual({ kind: 'rle', segments: 2, segmentBytes: 4 });
    expect(right.bitsAbove).toBe(false);
    expect((await framesOf(frame('fe 0f 00 1f', '03 01020304'))).bitsAbove).toBe(true);
    for (const [high, low] of [
      ['fe 0f', '03 01020304'],
      ['fd 0f', '04 01020304'],
      ['fd 0f', '03 010203'],
    ] as const)
      expect((await framesOf(frame(high, low))).frames).toMatchObject({ stream: { segmentBytes: null } });
    const signed = { signed: 1 };
    expect((await framesOf(frame('fd f8', '03 01020304'), signed)).bitsAbove).toBe(false);
    expect((await framesOf(frame('fd 07', '03 01020304'), signed)).bitsAbove).toBe(false);
    expect((await framesOf(frame('fd 08', '03 01020304'), signed)).bitsAbove).toBe(true);
    expect((await framesOf(frame('fd 00', '03 01027f04'), { stored: 7 })).bitsAbove).toBe(false);
    expect((await framesOf(frame('fd 00', '03 01028004'), { stored: 7 })).bitsAbove).toBe(true);
    // Sign and copies lie in two segments: not looked for.
    expect((await framesOf(frame('fd 00', '03 01020304'), { stored: 8, signed: 1 })).bitsAbove).toBe(true);
    expect((await framesOf(hex('02000000'))).frames?.stream).toBeNull();
  });
});
