import type { Stream } from '../../shared/imaging/drawing-facts.ts';
import { bitsToHold, type SampleForm } from './scan-samples.ts';

const HEADER_BYTES = 64;
const SEGMENTS_MAX = 15;

/** The segments of a frame by the offsets in its header (PS3.5 G.5); undefined where they are not in order inside the frame. */
function segmentsOf(frame: Uint8Array): Uint8Array[] | undefined {
  if (frame.length < HEADER_BYTES) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const count = view.getUint32(0, true);
  if (count === 0 || count > SEGMENTS_MAX) return undefined;
  const starts = Array.from({ length: count }, (_, at) => view.getUint32(4 + at * 4, true));
  const ends = [...starts.slice(1), frame.length];
  const isInOrder = starts.every((start, at) => start >= HEADER_BYTES && start < (ends[at] ?? 0));
  if (!isInOrder || starts[0] !== HEADER_BYTES || (ends[count - 2] ?? 0) > frame.length) return undefined;
  return starts.map((start, at) => frame.subarray(start, ends[at]));
}

/**
 * Goes through a segment without unpacking it (PackBits, PS3.5 G.3.1) and answers how many bytes it makes; undefined where a run is cut. A
 * single zero at the end only makes the length even.
 * @param onBytes is given where in the segment each value stands that it makes, from and to
 */
function measure(segment: Uint8Array, onBytes?: (from: number, to: number) => void): number | undefined {
  let made = 0;
  for (let at = 0; at < segment.length; ) {
    const control = segment[at] ?? 0;
    at += 1;
    if (control === 0x80) continue;
    if (control === 0 && at === segment.length) break;
    const bytes = control < 0x80 ? control + 1 : 1;
    if (at + bytes > segment.length) return undefined;
    onBytes?.(at, at + bytes);
    at += bytes;
    made += control < 0x80 ? bytes : 257 - control;
  }
  return made;
}

/** What a frame in RLE says of itself: how many segments, and how many bytes each of them makes. */
export function readRle(frame: Uint8Array): Stream | null {
  const segments = segmentsOf(frame);
  if (segments === undefined) return null;
  const made = segments.map((one) => measure(one));
  const isAlike = made.every((one) => one === made[0]);
  return { kind: 'rle', segments: segments.length, segmentBytes: isAlike ? (made[0] ?? null) : null };
}

/**
 * As `hasBitsAbove`, of a grey frame in RLE, whose segments are the bytes of its samples, the highest first (PS3.5 G.2). Also true where it
 * can't be seen: in a broken frame, and where sign and copies lie in two segments.
 */
export function rleHasBitsAbove(frame: Uint8Array, form: SampleForm): boolean {
  const segments = segmentsOf(frame);
  if (segments === undefined || segments.length * 8 !== form.bitsAllocated) return true;
  const mask = bitsToHold(form);
  if (form.isSigned && segments.length === 2 && (mask & 0xff) !== 0) return true;
  return segments.some((segment, at) => {
    const held = (mask >> (8 * (segments.length - 1 - at))) & 0xff;
    let isFound = false;
    const made = measure(segment, (from, to) => {
      for (let one = from; one < to; one++) {
        const bits = (segment[one] ?? 0) & held;
        isFound ||= bits !== 0 && !(form.isSigned && bits === held);
      }
    });
    return isFound || made === undefined;
  });
}
