import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { element } from '../../test/world/dicom-elements.ts';
import type { DatasetSource } from './dataset-source.ts';
import { readHeader } from './read-header.ts';

const explicit = '1.2.840.10008.1.2.1';
const memory = (bytes: Uint8Array): DatasetSource => ({
  length: bytes.length,
  read: (start, end) => Promise.resolve(bytes.subarray(start, Math.min(end, bytes.length))),
});
const read = (bytes: Uint8Array, syntax = explicit) => readHeader(memory(bytes), syntax);

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const base = Buffer.concat([element('00080005', 'CS', '\\ISO 2022 IR 87'), element('00080018', 'UI', '1.2.3\0')]);
const name = element('00100010', 'PN', Buffer.from('Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B', 'latin1'));
const rows = element('00280010', 'US', hex('0002'));
const pixels = element('7fe00010', 'OW', Buffer.alloc(8));

describe('readHeader', () => {
  it('decodes texts itself and stops before the pixels', async () => {
    const header = await read(Buffer.concat([base, name, rows, pixels]));
    expect(header).toMatchObject({
      patientName: { alphabetic: 'Yamada^Tarou', ideographic: '山田^太郎', phonetic: '' },
      rows: 512,
      hasPixelData: true,
      drawing: { frames: null, unreadable: false },
    });
  });

  it('passes over long and nested elements, in as many reads as needed', async () => {
    const inner = hex('0800 6000 4353 0200 4354');
    const nested = Buffer.concat([
      element('00081140', 'SQ', '', 0xffffffff),
      hex('feff00e0 ffffffff'),
      element('00081150', 'SQ', '', 0xffffffff),
      hex('feff00e0 0a000000'),
      inner,
      hex('feffdde0 00000000 feff0de0 00000000 feffdde0 00000000'),
    ]);
    const long = element('00091010', 'OB', Buffer.alloc(900_000));
    const header = await read(Buffer.concat([base, nested, long, name, rows, pixels]));
    expect(header).toMatchObject({ modality: '', rows: 512, hasPixelData: true });
    const unlimited = Buffer.concat([
      element('00091011', 'SQ', '', 0xffffffff),
      hex('feff00e0 ffffffff'),
      long,
      hex('feff0de0 00000000 feffdde0 00000000'),
    ]);
    expect(await read(Buffer.concat([base, unlimited, rows]))).toMatchObject({ rows: 512, hasPixelData: false });
  });

  it('stands the claims that kill other parsers', async () => {
    const bomb = element('00280010', 'UN', '\0\0', 0x10000000);
    expect(await read(Buffer.concat([base, bomb]))).toMatchObject({ rows: null, sopInstanceUid: '1.2.3' });
    const deep = Buffer.concat([
      base,
      ...Array.from({ length: 40_000 }, () => [
        element('00081140', 'SQ', '', 0xffffffff),
        hex('feff00e0 ffffffff'),
      ]).flat(),
    ]);
    expect(await read(deep)).toBeUndefined();
    expect(await read(Buffer.from('not a dataset at all, just words'))).toBeUndefined();
    expect(await read(Buffer.alloc(0))).toBeUndefined();
    const zeros = deflateRawSync(Buffer.concat([base, Buffer.alloc(80_000_000)]));
    expect(await read(zeros, '1.2.840.10008.1.2.1.99')).toBeUndefined();
  });

  it('reads a deflated dataset, and one that is cut', async () => {
    const whole = Buffer.concat([base, name, rows, pixels]);
    expect(await read(deflateRawSync(whole), '1.2.840.10008.1.2.1.99')).toMatchObject({ rows: 512 });
    for (let at = 0; at < whole.length; at += 1) await read(whole.subarray(0, at));
  });

  it('shortens texts, and says so', async () => {
    const header = await read(Buffer.concat([base, element('00081030', 'UT', 'x'.repeat(5000))]));
    expect(header?.studyDescription).toHaveLength(1024);
    expect(header?.shortened).toBe(true);
  });
});
