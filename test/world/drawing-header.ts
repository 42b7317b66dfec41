import { drawable } from '../../shared/imaging/drawable.ts';
import type { DrawingFacts, Stream } from '../../shared/imaging/drawing-facts.ts';
import type { InstanceHeader } from '../../shared/imaging/instance-header.ts';
import { blankHeader } from './blank-header.ts';

export type Change = Partial<Omit<InstanceHeader, 'drawing'>> & { drawing?: Partial<DrawingFacts> };

export const facts: DrawingFacts = {
  highBit: 11,
  rescaleSlope: 1,
  rescaleIntercept: -1024,
  voiLutFunction: '',
  presentationLutShape: '',
  tables: [],
  padding: null,
  pixelAspectRatio: [],
  nominalPixelSpacing: [],
  functionalGroups: false,
  overlays: 0,
  unreadable: false,
  longer: false,
  bitsAbove: false,
  frames: null,
};
/** A CT slice of 12 bits with a window, of which everything is known. */
export const header = blankHeader({
  modality: 'CT',
  rows: 512,
  columns: 512,
  bitsAllocated: 16,
  bitsStored: 12,
  pixelRepresentation: 0,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  windowCenter: [40],
  windowWidth: [400],
  hasPixelData: true,
  pixelDataBytes: 524_288,
});
/** What is said of that slice with a change, in the transfer syntax that ends so. */
export const verdict = (syntax: string, { drawing, ...change }: Change): string => {
  const result = drawable({ ...header, ...change, drawing: { ...facts, ...drawing } }, `1.2.840.10008.1.2${syntax}`);
  return result.drawable ? 'drawn' : result.reason;
};

export const eight: Change = { bitsAllocated: 8, bitsStored: 8, drawing: { highBit: 7 } };
export const rgb: Change = {
  samplesPerPixel: 3,
  photometricInterpretation: 'RGB',
  bitsAllocated: 8,
  bitsStored: 8,
  planarConfiguration: 0,
  pixelDataBytes: 786_432,
  drawing: { highBit: 7, rescaleSlope: null, rescaleIntercept: null },
};
const size = { rows: 512, columns: 512, precision: 12, components: 1 };
export const j2k = {
  kind: 'jpeg2000',
  ...size,
  signed: false,
  subsampled: false,
  colourTransform: false,
  reversible: true,
  highThroughput: false,
} as const;
export const lossless = {
  kind: 'jpeg',
  ...size,
  process: 0xc3,
  predictor: 1,
  pointTransform: 0,
  subsampled: false,
  adobeTransform: null,
  jfif: false,
  namedRgb: false,
  cameraMarks: false,
} as const;
export const baseline = {
  ...lossless,
  process: 0xc0,
  predictor: 0,
  precision: 8,
  components: 3,
  subsampled: true,
} as const;
export const jpegLs = { kind: 'jpegls', ...size, near: 0, interleave: 0, colourTransform: false } as const;
export const colourLs = { ...jpegLs, precision: 8, components: 3, interleave: 1 } as const;
export const rle = { kind: 'rle', segments: 2, segmentBytes: 262_144 } as const;
type Frames = NonNullable<DrawingFacts['frames']>;
const frames = (stream: Stream | null, more: Partial<Frames> = {}): Frames => ({
  toldApart: true,
  stream,
  alike: true,
  whole: true,
  delimiterInside: false,
  ...more,
});
/** `base` in frames that say this of themselves. */
export const of = (stream: Stream | null, base: Change = {}, more: Partial<Frames> = {}): Change => ({
  ...base,
  pixelDataBytes: null,
  drawing: { bitsAbove: null, ...base.drawing, frames: frames(stream, more) },
});
export const ofRle = (change: { segments?: number; segmentBytes?: number | null }): Change => ({
  ...of({ ...rle, ...change }),
  drawing: { frames: frames({ ...rle, ...change }) },
});
export const ybr = { ...rgb, photometricInterpretation: 'YBR_FULL_422' };
