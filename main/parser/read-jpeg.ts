import type { Stream } from '../../shared/imaging/drawing-facts.ts';

type FrameHeader = { marker: number; precision: number; rows: number; columns: number; components: Uint8Array };

const JPEG_LS_FRAME = 0xf7;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** SOF0 to SOF15 (ITU-T T.81 B.1.1.3) without the three markers of other meaning among them, and JPEG-LS's own (T.87 C.1.1). */
const isFrameHeader = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === JPEG_LS_FRAME;

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/**
 * What a JPEG or JPEG-LS stream says of itself, from its first bytes up to the first scan; null where it is neither, or is cut or broken
 * before that scan.
 */
export function readJpeg(bytes: Uint8Array): Stream | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marks = { adobeTransform: null as number | null, jfif: false, cameraMarks: false, hpTransform: false };
  let frame: FrameHeader | undefined;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (marker === END_OF_IMAGE || length < 2 || segment.length < length - 2) return null;
    if (marker === START_OF_SCAN) return frame === undefined ? null : streamOf(frame, segment, marks);
    if (isFrameHeader(marker)) {
      if (frame !== undefined || segment.length < 6) return null;
      frame = frameHeader(marker, segment);
    }
    if (marker === 0xe0 && latin(segment.subarray(0, 4)) === 'JFIF') marks.jfif = true;
    if (marker === 0xe1 && latin(segment.subarray(0, 4)) === 'Exif') marks.cameraMarks = true;
    if (marker === 0xe2 && latin(segment.subarray(0, 11)) === 'ICC_PROFILE') marks.cameraMarks = true;
    if (marker === 0xe8 && latin(segment.subarray(0, 4)) === 'mrfx') marks.hpTransform = segment[4] !== 0;
    if (marker === 0xee && segment.length >= 12 && latin(segment.subarray(0, 5)) === 'Adobe')
      marks.adobeTransform = segment[11] ?? null;
    at += 2 + length;
  }
  return null;
}

function frameHeader(marker: number, segment: Uint8Array): FrameHeader {
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const components = segment.subarray(6, 6 + 3 * view.getUint8(5));
  return { marker, precision: view.getUint8(0), rows: view.getUint16(1), columns: view.getUint16(3), components };
}

function streamOf(
  { marker, components, ...size }: FrameHeader,
  scan: Uint8Array,
  marks: { adobeTransform: number | null; jfif: boolean; cameraMarks: boolean; hpTransform: boolean },
): Stream {
  const count = Math.floor(components.length / 3);
  // After the components of the scan: its first parameter, its second, and the two halves of the last byte.
  const [first = 0, second = 0, last = 0] = scan.subarray(1 + 2 * (scan[0] ?? 0));
  if (marker === JPEG_LS_FRAME) {
    const colourTransform = marks.hpTransform;
    return { kind: 'jpegls', ...size, components: count, near: first, interleave: second, colourTransform };
  }
  const each = Array.from({ length: count }, (_, at) => components.subarray(at * 3, at * 3 + 3));
  return {
    kind: 'jpeg',
    ...size,
    components: count,
    process: marker,
    predictor: first,
    pointTransform: last & 0x0f,
    subsampled: each.some((one) => one[1] !== each[0]?.[1]),
    adobeTransform: marks.adobeTransform,
    jfif: marks.jfif,
    namedRgb: latin(Uint8Array.from(each, (one) => one[0] ?? 0)) === 'RGB',
    cameraMarks: marks.cameraMarks,
  };
}
