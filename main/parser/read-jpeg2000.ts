import type { Stream } from '../../shared/imaging/drawing-facts.ts';

const SIZE = 0xff51;
const CODING_STYLE = 0xff52;
const START_OF_TILE = 0xff90;
/** Rsiz: the stream needs Part 15 (ITU-T T.814 A.2). */
const HIGH_THROUGHPUT = 0x4000;

type Size = { rows: number; columns: number; precision: number; components: number; signed: boolean };

/**
 * What a bare JPEG 2000 code stream says of itself in its main header (ITU-T T.800 A.5.1, A.6.1). Null where it is none, is wrapped in a
 * file format (DICOM allows none, PS3.5 A.4.4), is cut, or has components of unlike depth or sign.
 */
export function readJpeg2000(bytes: Uint8Array): Stream | null {
  if (bytes.length < 4) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0xff4fff51) return null;
  let size: (Size & { subsampled: boolean; highThroughput: boolean }) | undefined;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (marker === START_OF_TILE || length < 2 || segment.length < length - 2) return null;
    if (marker === SIZE) size = readSize(segment);
    if (marker === SIZE && size === undefined) return null;
    if (marker === CODING_STYLE) {
      if (size === undefined || segment.length < 10) return null;
      return { kind: 'jpeg2000', ...size, colourTransform: segment[4] !== 0, reversible: segment[9] === 1 };
    }
    at += 2 + length;
  }
  return null;
}

function readSize(segment: Uint8Array): (Size & { subsampled: boolean; highThroughput: boolean }) | undefined {
  if (segment.length < 39) return undefined;
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  const components = view.getUint16(34);
  if (components === 0 || components > 16 || segment.length < 36 + components * 3) return undefined;
  const each = Array.from({ length: components }, (_, at) => segment.subarray(36 + at * 3, 39 + at * 3));
  const depth = each[0]?.[0] ?? 0;
  const [columns, rows] = [view.getUint32(2) - view.getUint32(10), view.getUint32(6) - view.getUint32(14)];
  if (each.some(([own]) => own !== depth) || columns <= 0 || rows <= 0) return undefined;
  return {
    columns,
    rows,
    precision: (depth & 0x7f) + 1,
    components,
    signed: (depth & 0x80) !== 0,
    subsampled: each.some(([, x, y]) => x !== 1 || y !== 1),
    highThroughput: (view.getUint16(0) & HIGH_THROUGHPUT) !== 0,
  };
}
