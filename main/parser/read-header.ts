import { createInflateRaw } from 'node:zlib';
import type { InstanceHeader } from '../../shared/imaging/instance-header.ts';
import type { UltrasoundRegion } from '../../shared/imaging/ultrasound-regions.ts';
import { ULTRASOUND_REGIONS_MAX } from '../../shared/imaging/ultrasound-regions.ts';
import { buffered, type DatasetSource } from './dataset-source.ts';
import { drawingFields, isDrawingTag, type ReadElements } from './drawing-fields.ts';
import { headerFromValues, isHeaderTag } from './header-fields.ts';
import { readPixels } from './read-pixels.ts';
import { readUltrasoundRegions, ultrasoundRegionsTag } from './ultrasound-regions.ts';
import { type Encoding, type RawElement, walkElements } from './walk-elements.ts';

const firstWindowBytes = 262_144;
/** One element (a nested sequence, say) that needs more than this before the pixel data is not waited for. */
const windowBytesMax = 64 * 1024 * 1024;
const inflatedBytesMax = 64 * 1024 * 1024;
const deflatedSyntax = '1.2.840.10008.1.2.1.99';
const bigEndianSyntax = '1.2.840.10008.1.2.2';
const implicitSyntax = '1.2.840.10008.1.2';
const pixelDataTag = 0x7fe00010;

const isWanted = (tag: number): boolean => tag === ultrasoundRegionsTag || isHeaderTag(tag) || isDrawingTag(tag);

/**
 * Reads the header of one object, in any transfer syntax: the elements by as many ranges as it needs, never by what a length claims, and
 * of the pixel data what tells whether it is as they say. Undefined when it is not a dataset of that syntax, is broken before the pixel
 * data, or says nothing that we know.
 */
export async function readHeader(
  source: DatasetSource,
  transferSyntaxUid: string,
): Promise<InstanceHeader | undefined> {
  const whole = transferSyntaxUid === deflatedSyntax ? await inflated(source) : source;
  if (whole === undefined) return undefined;
  const plain = buffered(whole);
  const encoding: Encoding = {
    isExplicit: transferSyntaxUid !== implicitSyntax,
    isLittleEndian: transferSyntaxUid !== bigEndianSyntax,
  };
  const { elements, regions, onElement } = collector();
  const found = await walkSource(plain, 0, encoding, onElement);
  if (found === 'broken' || elements.values.size === 0) return undefined;
  const fields = headerFromValues(elements.values, encoding.isLittleEndian);
  const pixels = found && (await readPixels(plain, found, fields, transferSyntaxUid));
  // Elements may stand behind the pixel data, against the order of tags: a viewer reads them, and we would have to begin anew.
  const markUnsure = ({ tag }: { tag: number }): unknown => elements.unsure.add(tag);
  const behind = pixels && (await walkSource(plain, pixels.end, encoding, markUnsure));
  if (behind && behind !== 'broken') markUnsure(behind);
  // Pixels of another kind (floating point) are no picture that the elements describe.
  if (found && found.tag !== pixelDataTag) markUnsure(found);
  return {
    ...fields,
    hasPixelData: found !== undefined && found.length > 0,
    pixelDataBytes: pixels?.bytes ?? null,
    drawing: {
      ...drawingFields(elements, encoding.isLittleEndian),
      longer: pixels?.longer ?? false,
      bitsAbove: pixels?.bitsAbove ?? null,
      frames: pixels?.frames ?? null,
    },
    ...(regions.length > 0 && { ultrasoundRegions: regions.slice(0, ULTRASOUND_REGIONS_MAX) }),
  };
}

/** Keeps what is handed out, the first of each element; what comes twice or too long is noted. */
function collector() {
  const regions: UltrasoundRegion[] = [];
  const values = new Map<number, Uint8Array>();
  const unsure = new Set<number>();
  const onElement = ({ tag, bytes, content, isKept }: RawElement): void => {
    if (!isKept || values.has(tag)) unsure.add(tag);
    if (!isKept) return;
    if (tag === ultrasoundRegionsTag && !values.has(tag)) regions.push(...readUltrasoundRegions(bytes, content));
    if (!values.has(tag)) values.set(tag, bytes);
  };
  return { elements: { values, unsure } satisfies ReadElements, regions, onElement };
}

type PixelDataAt = { tag: number; offset: number; length: number };

async function walkSource(
  source: DatasetSource,
  start: number,
  encoding: Encoding,
  onElement: (element: RawElement) => void,
): Promise<PixelDataAt | 'broken' | undefined> {
  let offset = start;
  let windowBytes = firstWindowBytes;
  while (offset < source.length) {
    const window = await source.read(offset, Math.min(source.length, offset + windowBytes));
    if (window === undefined) return 'broken';
    const walk = walkElements(window, encoding, isWanted, onElement);
    if (walk.reached === 'broken') return 'broken';
    if (walk.reached === 'pixel_data') return { tag: walk.tag, offset: offset + walk.valueOffset, length: walk.length };
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
