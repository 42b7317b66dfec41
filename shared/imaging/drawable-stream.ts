import type { Stream } from './drawing-facts.ts';
import type { InstanceHeader } from './instance-header.ts';
import type { NotDrawableReason } from './not-drawable-reason.ts';

/** What a transfer syntax says its compressed frames are (PS3.5 A.4). */
export type StreamForm =
  | { kind: 'jpeg'; process: number; predictor: number }
  | { kind: 'jpegls'; lossless: boolean }
  | { kind: 'jpeg2000'; lossless: boolean }
  | { kind: 'rle' };

/** Interleaved by line and by sample are proven for colour; component after component is drawn wrong. */
const provenInterleaves = [1, 2];

/** Why the compressed frames of an object are not drawn; undefined where each is what syntax and header say. */
export function streamProblem(header: InstanceHeader, form: StreamForm): NotDrawableReason | undefined {
  const frames = header.drawing?.frames;
  if (!frames?.toldApart) return 'frames_unclear';
  const { stream } = frames;
  if (stream === null) return 'stream_unknown';
  if (!frames.alike || stream.kind !== form.kind) return 'stream_differs';
  if (!frames.whole) return 'pixel_data_cut';
  if (frames.delimiterInside) return 'delimiter_inside_stream';
  if (!hasSize(header, stream)) return 'stream_differs';
  if (stream.kind === 'rle') return undefined;
  const isColour = header.samplesPerPixel !== 1;
  if (stream.kind === 'jpegls' && form.kind === 'jpegls') {
    if (form.lossless && stream.near !== 0) return 'stream_differs';
    const isProven = provenInterleaves.includes(stream.interleave) && !stream.colourTransform;
    return isColour && !isProven ? 'colour_not_proven' : undefined;
  }
  if (stream.kind === 'jpeg2000' && form.kind === 'jpeg2000') {
    if (stream.highThroughput || (form.lossless && !stream.reversible)) return 'stream_differs';
    // The decoder goes by the stream's sign, the viewer by the header's: unlike signs give 0..65535 for −2000..1896.
    if (stream.signed !== (header.pixelRepresentation === 1)) return 'sign_differs';
    if (stream.subsampled) return 'stream_subsampled';
    if (isColour && header.photometricInterpretation === 'YBR_RCT' && !stream.colourTransform)
      return 'colour_not_proven';
    return undefined;
  }
  if (stream.kind === 'jpeg' && form.kind === 'jpeg') return jpegProblem(header, stream, form);
  return 'stream_differs';
}

function hasSize(
  { rows, columns, bitsAllocated, bitsStored, samplesPerPixel }: InstanceHeader,
  stream: Stream,
): boolean {
  const [stored, allocated] = [bitsStored ?? 0, bitsAllocated ?? 0];
  if (stream.kind === 'rle')
    return (
      stream.segments === (samplesPerPixel ?? 0) * (allocated / 8) &&
      stream.segmentBytes === (rows ?? 0) * (columns ?? 0)
    );
  // JPEG 2000's precision is Bits Stored (PS3.5 8.2.4). Encoders of the others also write whole cells, stored bits and all above them.
  const isWholeCell = stream.kind !== 'jpeg2000' && stream.precision > stored && stream.precision <= allocated;
  return (
    stream.rows === rows &&
    stream.columns === columns &&
    stream.components === samplesPerPixel &&
    (stream.precision === stored || isWholeCell)
  );
}

function jpegProblem(
  { photometricInterpretation, samplesPerPixel }: InstanceHeader,
  stream: Extract<Stream, { kind: 'jpeg' }>,
  form: Extract<StreamForm, { kind: 'jpeg' }>,
): NotDrawableReason | undefined {
  if (stream.process !== form.process || stream.predictor !== form.predictor || stream.pointTransform !== 0)
    return 'stream_differs';
  if (stream.cameraMarks) return 'camera_marks';
  if (samplesPerPixel === 1) return undefined;
  // Decoders take three components for YCbCr unless marks or names say otherwise: the header has to agree with them.
  const isTakenForRgb =
    !stream.jfif && (stream.adobeTransform === 0 || (stream.adobeTransform === null && stream.namedRgb));
  const isRgb = photometricInterpretation === 'RGB';
  // Without an Adobe mark, names alone are not proven.
  if (isRgb !== isTakenForRgb || (isRgb && stream.adobeTransform === null)) return 'colour_not_proven';
  // An Adobe mark of no transform beside a JFIF mark: decoders differ.
  return !isRgb && stream.adobeTransform === 0 ? 'colour_not_proven' : undefined;
}
