import { createInflateRaw } from 'node:zlib';
import type { CodestreamFacts, InstanceHeader } from '../../shared/imaging/instance-header.ts';
import type { UltrasoundRegion } from '../../shared/imaging/ultrasound-regions.ts';
import { ULTRASOUND_REGIONS_MAX } from '../../shared/imaging/ultrasound-regions.ts';
import { readCodestream } from './codestream.ts';
import { headerFromValues, isHeaderTag } from './header-fields.ts';
import { readUltrasoundRegions, ultrasoundRegionsTag } from './ultrasound-regions.ts';
import { type Encoding, type RawElement, walkElements } from './walk-elements.ts';

/** A dataset (without preamble and file meta group) that is read in ranges; short at its end, undefined when it cannot be read. */
export type DatasetSource = {
  length: number;
  read(start: number, end: number): Promise<Uint8Array | undefined>;
};

const firstWindowBytes = 262_144;
/** One element (a nested sequence, say) that needs more than this before the pixel data is not waited for. */
const windowBytesMax = 64 * 1024 * 1024;
const inflatedBytesMax = 64 * 1024 * 1024;
const deflatedSyntax = '1.2.840.10008.1.2.1.99';
const bigEndianSyntax = '1.2.840.10008.1.2.2';
const implicitSyntax = '1.2.840.10008.1.2';

const isWanted = (tag: number): boolean => tag === ultrasoundRegionsTag || isHeaderTag(tag);

/**
 * Reads the header of one object, in any transfer syntax, without its pixel data: as many ranges as it needs, never by what a
 * length claims. Undefined when it is not a dataset of that syntax, is broken before the pixel data, or says nothing that we know.
 */
export async function readHeader(
  source: DatasetSource,
  transferSyntaxUid: string,
): Promise<InstanceHeader | undefined> {
  const plain = transferSyntaxUid === deflatedSyntax ? await inflated(source) : source;
  if (plain === undefined) return undefined;
  const encoding: Encoding = {
    isExplicit: transferSyntaxUid !== implicitSyntax,
    isLittleEndian: transferSyntaxUid !== bigEndianSyntax,
  };
  const values = new Map<number, Uint8Array>();
  const regions: UltrasoundRegion[] = [];
  const pixels = await walkSource(plain, encoding, (element) => {
    if (element.tag === ultrasoundRegionsTag) regions.push(...readUltrasoundRegions(element.bytes, element.content));
    else if (!values.has(element.tag)) values.set(element.tag, element.bytes);
  });
  if (pixels === 'broken') return undefined;
  const header = headerFromValues(values, encoding.isLittleEndian);
  if (values.size === 0) return undefined;
  const isEncapsulated = pixels !== undefined && pixels.length === 0xffffffff;
  const codestream = isEncapsulated ? await readFirstFragment(plain, pixels.offset) : null;
  const isNative = pixels !== undefined && !isEncapsulated;
  const pixelDataBytes = isNative ? Math.max(0, Math.min(pixels.length, plain.length - pixels.offset)) : null;
  const hasPixelData = pixels !== undefined && pixels.length > 0;
  return {
    ...header,
    hasPixelData,
    pixelDataBytes,
    codestream,
    ...(regions.length > 0 && { ultrasoundRegions: regions.slice(0, ULTRASOUND_REGIONS_MAX) }),
  };
}

async function walkSource(
  source: DatasetSource,
  encoding: Encoding,
  onElement: (element: RawElement) => void,
): Promise<{ offset: number; length: number } | 'broken' | undefined> {
  let offset = 0;
  let windowBytes = firstWindowBytes;
  while (offset < source.length) {
    const window = await source.read(offset, Math.min(source.length, offset + windowBytes));
    if (window === undefined) return 'broken';
    const walk = walkElements(window, encoding, isWanted, onElement);
    if (walk.reached === 'broken') return 'broken';
    if (walk.reached === 'pixel_data') return { offset: offset + walk.valueOffset, length: walk.length };
    if (walk.offset > 0) {
      offset += walk.offset;
      windowBytes = firstWindowBytes;
    } else if (window.length < windowBytes || windowBytes >= windowBytesMax) {
      // Cut off inside an element: what was read so far counts, without pixels.
      return undefined;
    } else windowBytes *= 4;
  }
  return undefined;
}

/** First fragment after the offset table (PS3.5 A.4); encapsulated pixel data is always little endian. */
async function readFirstFragment(source: DatasetSource, offset: number): Promise<CodestreamFacts | null> {
  const table = await readItem(source, offset);
  const fragment = table === undefined ? undefined : await readItem(source, table.end);
  if (fragment === undefined) return null;
  const bytes = await source.read(fragment.start, Math.min(fragment.end, fragment.start + 65_536));
  const facts = bytes === undefined ? null : readCodestream(bytes);
  if (facts?.kind !== 'jpeg2000') return facts;
  return { ...facts, delimiterInside: await hasDelimiterInside(source, fragment) };
}

async function readItem(source: DatasetSource, offset: number): Promise<{ start: number; end: number } | undefined> {
  const bytes = await source.read(offset, offset + 8);
  if (bytes === undefined || bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint16(0, true) !== 0xfffe || view.getUint16(2, true) !== 0xe000) return undefined;
  return { start: offset + 8, end: offset + 8 + view.getUint32(4, true) };
}

/** The bytes of a sequence delimiter inside the first frame, looked for in at most 32 MB; null where it is longer. */
async function hasDelimiterInside(
  source: DatasetSource,
  fragment: { start: number; end: number },
): Promise<boolean | null> {
  const end = Math.min(fragment.end, source.length, fragment.start + 32 * 1024 * 1024);
  const bytes = await source.read(fragment.start, end);
  if (bytes === undefined) return null;
  const isFound = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('feffdde0', 'hex') >= 0;
  return isFound || end >= Math.min(fragment.end, source.length) ? isFound : null;
}

/** Inflates at most 64 MB of a deflated dataset, whatever it would grow to. */
async function inflated(source: DatasetSource): Promise<DatasetSource | undefined> {
  const inflate = createInflateRaw();
  const parts: Buffer[] = [];
  let length = 0;
  const whole = new Promise<boolean>((resolve) => {
    inflate.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length >= inflatedBytesMax) resolve(true);
    });
    inflate.on('end', () => resolve(true));
    inflate.on('error', () => resolve(length > 0));
  });
  const compressed = await source.read(0, Math.min(source.length, inflatedBytesMax));
  if (compressed === undefined) return undefined;
  inflate.end(compressed);
  const isReadable = await whole;
  inflate.destroy();
  if (!isReadable) return undefined;
  const bytes = Buffer.concat(parts);
  return {
    length: bytes.length,
    read: (start, end) => Promise.resolve(bytes.subarray(start, Math.min(end, bytes.length))),
  };
}
