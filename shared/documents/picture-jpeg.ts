/** The largest picture of a report, in bytes and along a side. */
export const PICTURE_BYTES_MAX = 1_500_000;
export const PICTURE_SIDE_MAX = 2_048;

const startOfScan = 0xda;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xc2;
/** Tables, frame, restart interval and application segments: what a canvas writes (ISO/IEC 10918-1, table B.1). */
const isSegment = (marker: number): boolean =>
  isFrame(marker) || [0xc4, 0xdb, 0xdd].includes(marker) || (marker >= 0xe0 && marker <= 0xef);

/**
 * Whether bytes are one whole JPEG as a canvas makes it: a frame of 8 bits with one or three components and sides of at most
 * 2048 pixels, then its scans up to the end marker, within 1.5 MB. The layout of a PDF fails on anything else.
 */
export function isPictureJpeg(bytes: Uint8Array): boolean {
  if (bytes.length < 64 || bytes.length > PICTURE_BYTES_MAX) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0xffd8 || view.getUint16(bytes.length - 2) !== 0xffd9) return false;
  let hasFrame = false;
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return false;
    if (marker === startOfScan) return hasFrame;
    const length = view.getUint16(at + 2);
    if (!isSegment(marker) || length < 2) return false;
    if (isFrame(marker)) {
      if (at + 10 > bytes.length) return false;
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const isPlain = view.getUint8(at + 4) === 8 && [1, 3].includes(view.getUint8(at + 9));
      const fits = height > 0 && width > 0 && Math.max(height, width) <= PICTURE_SIDE_MAX;
      if (hasFrame || !isPlain || !fits) return false;
      hasFrame = true;
    }
    at += 2 + length;
  }
  return false;
}
