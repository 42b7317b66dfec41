/** Regions of real ultrasound files, and what a line on them measures. Expected values are DCMTK's (`dcmdump +P 0018,6011`). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../main/parser/read-header.ts';
import type { InstanceHeader } from '../../shared/imaging/instance-header.ts';
import { type ImagePoint, measureLength } from '../../shared/imaging/length.ts';
import { readPart10 } from './part10-file.ts';

const own = join(import.meta.dirname, '..', 'samples', 'dicom', 'us');
const large = join(process.env['PRAXIS_SAMPLES'] ?? '/nowhere', 'us');

async function headerOf(path: string): Promise<InstanceHeader> {
  const { dataset, transferSyntaxUid } = readPart10(path);
  const read = (start: number, end: number) => Promise.resolve(dataset.subarray(start, end));
  const header = await readHeader({ length: dataset.length, read }, transferSyntaxUid);
  if (!header) throw new Error('not read');
  return header;
}
const at = (x: number, y: number): ImagePoint => ({ x, y });
const tenthsMm = (header: InstanceHeader, from: ImagePoint, to: ImagePoint): number | null =>
  measureLength(header, from, to).lengthTenthsMm;

describe('ultrasound regions of real files', () => {
  it('a picture over a Doppler trace (sequence of undefined length): millimetres in the picture alone', async () => {
    const header = await headerOf(join(own, 'no-pixel-spacing.dcm'));
    expect(header.ultrasoundRegions).toHaveLength(3);
    expect(header.ultrasoundRegions?.[0]).toMatchObject({ minX: 120, minY: 60, maxX: 800, maxY: 518, unitsX: 3 });
    expect(tenthsMm(header, at(200, 100), at(300, 100))).toBe(Math.round(1000 * 10 * 0.0330542089026003));
    expect(tenthsMm(header, at(200, 530), at(300, 530))).toBeNull();
    expect(tenthsMm(header, at(200, 500), at(200, 530))).toBeNull();
  });

  it('a film whose first region measures nothing and whose second counts backwards', async () => {
    const header = await headerOf(join(own, 'IM00001.fragmented_no_bot_jpeg_baseline.50.dcm'));
    expect(header.ultrasoundRegions?.map((one) => [one.unitsX, one.deltaX])).toEqual([
      [0, 1],
      [3, -0.2293750081863255],
    ]);
    expect(tenthsMm(header, at(100, 100), at(110, 100))).toBe(229);
    expect(tenthsMm(header, at(100, 200), at(100, 225))).toBeNull();
  });

  it('an image without regions has none', async () => {
    const header = await headerOf(join(own, 'color-px.dcm'));
    expect(header.ultrasoundRegions).toBeUndefined();
    expect(tenthsMm(header, at(0, 0), at(10, 0))).toBeNull();
  });

  it.skipIf(!existsSync(large))('two pictures side by side (implicit): not across them', async () => {
    const header = await headerOf(join(large, 'gdcm-US-ALOKA-16.dcm'));
    expect(tenthsMm(header, at(100, 100), at(200, 100))).toBe(383);
    expect(tenthsMm(header, at(400, 100), at(500, 100))).toBe(383);
    expect(tenthsMm(header, at(300, 100), at(400, 100))).toBeNull();
  });

  it.skipIf(!existsSync(large))('the same regions, written implicitly and explicitly', async () => {
    const explicit = await headerOf(join(own, 'IM00001.fragmented_no_bot_jpeg_baseline.50.dcm'));
    const implicit = await headerOf(join(large, 'IM00001.implicit_little_endian.dcm'));
    expect(implicit.ultrasoundRegions).toEqual(explicit.ultrasoundRegions);
  });
});
