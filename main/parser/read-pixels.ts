import type { DrawingFacts } from '../../shared/imaging/drawing-facts.ts';
import type { DatasetSource } from './dataset-source.ts';
import { readFrames } from './encapsulated-frames.ts';
import type { ReadFields } from './header-fields.ts';
import { rleHasBitsAbove } from './read-rle.ts';
import { hasBitsAbove, type SampleForm } from './scan-samples.ts';

const ENCAPSULATED = 0xffffffff;
const BIG_ENDIAN_SYNTAX = '1.2.840.10008.1.2.2';
/** An even number, so that no sample is cut in two. */
const SCAN_BYTES = 1024 * 1024;

/** `bytes` of uncompressed pixel data that are there, null for compressed; `end` is where the dataset goes on. */
export type ReadPixels = { bytes: number | null; end: number } & Pick<DrawingFacts, 'longer' | 'bitsAbove' | 'frames'>;

/** Looks through pixel data for what the elements before it do not say, or say wrongly. */
export async function readPixels(
  source: DatasetSource,
  at: { offset: number; length: number },
  fields: ReadFields,
  transferSyntaxUid: string,
): Promise<ReadPixels> {
  const form = sampleForm(fields, transferSyntaxUid);
  const numberOfFrames = fields.numberOfFrames ?? 1;
  if (at.length === ENCAPSULATED) {
    let bitsAbove: boolean | null = null;
    const onRleFrame = (frame: Uint8Array): void => {
      if (form) bitsAbove ||= rleHasBitsAbove(frame, form);
    };
    const { frames, end } = await readFrames(source, at.offset, { transferSyntaxUid, numberOfFrames }, onRleFrame);
    return { bytes: null, end, longer: false, bitsAbove, frames };
  }
  const end = at.offset + at.length;
  const there = { start: at.offset, end: Math.min(end, source.length) };
  const frameSamples = (fields.rows ?? 0) * (fields.columns ?? 0) * (fields.samplesPerPixel ?? 0);
  const neededBytes = frameSamples * ((fields.bitsAllocated ?? 0) / 8) * numberOfFrames;
  const behind = { start: Math.min(there.end, at.offset + neededBytes), end: there.end };
  return {
    bytes: Math.max(0, there.end - there.start),
    end,
    longer: await isFound(source, behind, (bytes) => bytes.some((byte) => byte !== 0)),
    bitsAbove: form ? await isFound(source, there, (bytes) => hasBitsAbove(bytes, form)) : null,
    frames: null,
  };
}

/** Of a grey picture with samples of whole bytes that leave bits unused; undefined for every other, which has no bits to look at. */
function sampleForm(fields: ReadFields, transferSyntaxUid: string): SampleForm | undefined {
  const { bitsAllocated, bitsStored, pixelRepresentation, samplesPerPixel } = fields;
  if (samplesPerPixel !== 1 || (bitsAllocated !== 8 && bitsAllocated !== 16)) return undefined;
  if (bitsStored === null || bitsStored < 1 || bitsStored >= bitsAllocated) return undefined;
  const isLittleEndian = transferSyntaxUid !== BIG_ENDIAN_SYNTAX;
  return { bitsAllocated, bitsStored, isSigned: pixelRepresentation === 1, isLittleEndian };
}

async function isFound(
  source: DatasetSource,
  range: { start: number; end: number },
  test: (bytes: Uint8Array) => boolean,
): Promise<boolean> {
  for (let at = range.start; at < range.end; at += SCAN_BYTES) {
    const bytes = await source.read(at, Math.min(range.end, at + SCAN_BYTES));
    // What can't be read is not known to be right.
    if (bytes === undefined || test(bytes)) return true;
  }
  return false;
}
