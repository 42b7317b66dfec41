import { placeProblem } from './drawable-place.ts';
import { type StreamForm, streamProblem } from './drawable-stream.ts';
import { valuesProblem } from './drawable-values.ts';
import type { DrawingFacts } from './drawing-facts.ts';
import type { InstanceHeader } from './instance-header.ts';
import type { NotDrawableReason } from './not-drawable-reason.ts';

export type Drawable = { drawable: true } | { drawable: false; reason: NotDrawableReason };

type ProvenForm = {
  /** Null for uncompressed pixel data. */
  stream: StreamForm | null;
  /** Bits allocated that were proven, for grey and for colour pictures. */
  greyBits: readonly number[];
  colourBits: readonly number[];
  colours: readonly string[];
};

const greyAndRgb = { greyBits: [8, 16], colourBits: [8], colours: ['RGB'] };
const native: ProvenForm = { stream: null, ...greyAndRgb };
const jpeg2000 = { ...greyAndRgb, colours: ['RGB', 'YBR_RCT'] };

/**
 * The forms that decode right, by transfer syntax UID: the rows of the viewer's decoding trial (reference/viewer-ui.md A6) that are
 * marked correct, and its ultrasound row. What is not here was wrong, failed or was not compared: 12-bit JPEG (…4.51), deflated, 1 and 32 bit,
 * palette, uncompressed YBR, colour over 8 bits, other lossless JPEG, HTJ2K. A row is added with a proof, never by hope.
 */
const provenForms: Record<string, ProvenForm> = {
  '1.2.840.10008.1.2': native,
  '1.2.840.10008.1.2.1': native,
  '1.2.840.10008.1.2.2': { stream: null, greyBits: [16], colourBits: [], colours: [] },
  '1.2.840.10008.1.2.5': { stream: { kind: 'rle' }, ...greyAndRgb },
  '1.2.840.10008.1.2.4.80': { stream: { kind: 'jpegls', lossless: true }, ...greyAndRgb },
  '1.2.840.10008.1.2.4.81': { stream: { kind: 'jpegls', lossless: false }, ...greyAndRgb },
  '1.2.840.10008.1.2.4.90': { stream: { kind: 'jpeg2000', lossless: true }, ...jpeg2000 },
  '1.2.840.10008.1.2.4.91': { stream: { kind: 'jpeg2000', lossless: false }, ...jpeg2000 },
  '1.2.840.10008.1.2.4.70': {
    stream: { kind: 'jpeg', process: 0xc3, predictor: 1 },
    greyBits: [8, 16],
    colourBits: [],
    colours: [],
  },
  '1.2.840.10008.1.2.4.50': {
    stream: { kind: 'jpeg', process: 0xc0, predictor: 0 },
    greyBits: [],
    colourBits: [8],
    colours: ['YBR_FULL', 'YBR_FULL_422', 'RGB'],
  },
};

const no = (reason: NotDrawableReason): Drawable => ({ drawable: false, reason });

/**
 * Whether an image may be drawn: only where its form is proven to be drawn right on both paths of the viewer; everything unknown is not
 * drawn. Why each is refused, and what was measured: docs/decisions/0025-right-or-not-drawn.md.
 * @param transferSyntaxUid the syntax the object was received in
 */
export function drawable(header: InstanceHeader, transferSyntaxUid: string): Drawable {
  if (!header.hasPixelData) return no('no_pixel_data');
  const form = provenForms[transferSyntaxUid];
  if (form === undefined) return no('transfer_syntax_not_proven');
  const facts = header.drawing;
  if (facts === undefined) return no('read_before');
  const problem =
    formProblem(header, facts, form) ??
    (facts.functionalGroups ? 'functional_groups' : undefined) ??
    valuesProblem(header, facts) ??
    placeProblem(header, facts) ??
    (form.stream === null ? nativeProblem(header, facts) : streamProblem(header, form.stream)) ??
    bitsProblem(header, facts, form);
  return problem === undefined ? { drawable: true } : no(problem);
}

function formProblem(header: InstanceHeader, facts: DrawingFacts, form: ProvenForm): NotDrawableReason | undefined {
  const { rows, columns, bitsAllocated, bitsStored, samplesPerPixel, pixelRepresentation } = header;
  if (facts.unreadable) return 'value_unreadable';
  if (!rows || !columns || !bitsAllocated || !bitsStored || !samplesPerPixel || pixelRepresentation === null)
    return 'header_incomplete';
  if (bitsStored > bitsAllocated || pixelRepresentation > 1 || header.numberOfFrames === 0) return 'header_incomplete';

  const photometric = header.photometricInterpretation;
  const isGrey = samplesPerPixel === 1 && (photometric === 'MONOCHROME1' || photometric === 'MONOCHROME2');
  if (!isGrey && (samplesPerPixel !== 3 || !form.colours.includes(photometric))) return 'colour_not_proven';
  if (!(isGrey ? form.greyBits : form.colourBits).includes(bitsAllocated))
    // A syntax that was proven for colour alone says so, whatever the bits.
    return isGrey && form.greyBits.length === 0 ? 'colour_not_proven' : 'bits_not_proven';
  if (!isGrey && (header.planarConfiguration !== 0 || pixelRepresentation !== 0)) return 'colour_not_proven';
  return !isGrey && bitsStored !== 8 ? 'bits_not_proven' : undefined;
}

function nativeProblem(header: InstanceHeader, facts: DrawingFacts): NotDrawableReason | undefined {
  const { rows, columns, bitsAllocated, samplesPerPixel, numberOfFrames, pixelDataBytes } = header;
  const neededBytes =
    (rows ?? 0) * (columns ?? 0) * (samplesPerPixel ?? 0) * ((bitsAllocated ?? 0) / 8) * (numberOfFrames ?? 1);
  if ((pixelDataBytes ?? 0) < neededBytes) return 'pixel_data_cut';
  return facts.longer ? 'pixel_data_longer' : undefined;
}

function bitsProblem(header: InstanceHeader, facts: DrawingFacts, form: ProvenForm): NotDrawableReason | undefined {
  const { bitsAllocated, bitsStored, pixelRepresentation } = header;
  if (facts.highBit !== (bitsStored ?? 0) - 1) return 'high_bit';
  // Eight-bit decoders and the viewer forget the sign.
  const isOneByte = form.stream === null || form.stream.kind === 'rle' ? bitsAllocated === 8 : (bitsStored ?? 0) <= 8;
  if (pixelRepresentation === 1 && isOneByte) return 'sign_not_proven';
  // Of stored bytes and RLE it was looked for; of other streams the viewer looks when it has decoded them.
  const mayHold = (form.stream === null || form.stream.kind === 'rle') && header.samplesPerPixel === 1;
  return mayHold && bitsStored !== bitsAllocated && facts.bitsAbove !== false ? 'bits_above' : undefined;
}
