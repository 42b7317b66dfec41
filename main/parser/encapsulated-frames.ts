import type { DrawingFacts, Stream } from '../../shared/imaging/drawing-facts.ts';
import type { DatasetSource } from './dataset-source.ts';
import { readJpeg } from './read-jpeg.ts';
import { readJpeg2000 } from './read-jpeg2000.ts';
import { readRle } from './read-rle.ts';

type Range = { start: number; end: number };
/**
 * `holdsEnd`: near its end is the end marker that JPEG, JPEG-LS and JPEG 2000 share. `isEndOfFrame`: there is nothing behind that marker but
 * at most one byte that makes the length even; by this rule the viewer tells frames apart. `stream`: what its first bytes say of a frame, null
 * where they do not yet.
 */
type Fragment = Range & { holdsEnd: boolean; isEndOfFrame: boolean; stream: Stream | null };
export type Frames = NonNullable<DrawingFacts['frames']>;
/** `end` is where the dataset goes on after the pixel data; its length where it does not end as it should. */
export type EncapsulatedPixels = { frames: Frames; end: number };

const RLE_SYNTAX = '1.2.840.10008.1.2.5';
/** So much of a fragment is looked at for what its frame says of itself, then so much of the frame; of RLE all of it. */
const FIRST_BYTES = 2048;
const STREAM_HEADER_BYTES = 65_536;
const RLE_FRAME_BYTES_MAX = 64 * 1024 * 1024;
/** Some scanners fill fragments up to a length that they like, with whatever they had there. */
const FILL_BYTES = 16;
const SEARCH_BYTES = 1024 * 1024;
const delimiter = Buffer.from('feffdde0', 'hex');
const endMarker = Buffer.from('ffd9', 'hex');

/**
 * Reads what every frame of encapsulated pixel data says of itself (PS3.5 A.4). Frames are told apart as the viewer does it: by the offset
 * table, else one fragment a frame, else by the end marker at the end of a fragment.
 * @param offset where the first item begins
 * @param onRleFrame is given each whole frame in RLE
 */
export async function readFrames(
  source: DatasetSource,
  offset: number,
  about: { transferSyntaxUid: string; numberOfFrames: number },
  onRleFrame: (frame: Uint8Array) => void,
): Promise<EncapsulatedPixels> {
  const { items, end, isEnded } = await readItems(source, offset);
  const [table, ...fragments] = items;
  const isRle = about.transferSyntaxUid === RLE_SYNTAX;
  const frames = table && (await tellApart(source, table, fragments, about.numberOfFrames, isRle));
  const none: Frames = { toldApart: false, stream: null, alike: false, whole: false, delimiterInside: false };
  if (frames === undefined) return { frames: none, end };

  const streams: (Stream | null)[] = [];
  let delimiterInside = false;
  for (const frame of frames) {
    const bytes = isRle ? await readRanges(source, frame, RLE_FRAME_BYTES_MAX) : undefined;
    if (bytes) onRleFrame(bytes);
    const stream = bytes
      ? readRle(bytes)
      : (frame[0]?.stream ?? readStream(await readRanges(source, frame, STREAM_HEADER_BYTES)));
    // Other kinds of stream are not known to suffer from it.
    if (stream?.kind === 'jpeg2000') delimiterInside ||= await holdsDelimiter(source, frame);
    streams.push(stream);
  }
  const [first = null] = streams;
  const said = JSON.stringify(first);
  const areWhole = isRle || frames.every((frame) => frame.at(-1)?.holdsEnd === true);
  return {
    end,
    frames: {
      toldApart: true,
      stream: first,
      alike: streams.every((one) => JSON.stringify(one) === said),
      whole: areWhole && isEnded,
      delimiterInside,
    },
  };
}

const readStream = (bytes: Uint8Array): Stream | null => readJpeg2000(bytes) ?? readJpeg(bytes);

/** The items, as far as they lie inside the dataset. */
async function readItems(
  source: DatasetSource,
  offset: number,
): Promise<{ items: Fragment[]; end: number; isEnded: boolean }> {
  const items: Fragment[] = [];
  for (let at = offset; ; ) {
    const head = await source.read(at, at + 8);
    // The end of the dataset ends the items too: nothing of them is missing.
    if (head === undefined || head.length < 8) return { items, end: source.length, isEnded: at === source.length };
    const view = new DataView(head.buffer, head.byteOffset);
    const tag = view.getUint16(0, true) * 65_536 + view.getUint16(2, true);
    const item = { start: at + 8, end: at + 8 + view.getUint32(4, true) };
    if (tag === 0xfffee0dd) return { items, end: at + 8, isEnded: true };
    if (tag !== 0xfffee000 || item.end > source.length) return { items, end: source.length, isEnded: false };
    const first = await source.read(item.start, Math.min(item.end, item.start + FIRST_BYTES));
    const stream = first ? readStream(first) : null;
    const tail = Buffer.from((await source.read(Math.max(item.start, item.end - FILL_BYTES), item.end)) ?? []);
    const isEndOfFrame = tail.subarray(-3).includes(endMarker);
    items.push({ ...item, stream, holdsEnd: tail.includes(endMarker), isEndOfFrame });
    at = item.end;
  }
}

/** The fragments of each frame; undefined where table, fragments and number of frames do not go together. */
async function tellApart(
  source: DatasetSource,
  table: Range,
  fragments: readonly Fragment[],
  numberOfFrames: number,
  isRle: boolean,
): Promise<Fragment[][] | undefined> {
  const first = fragments[0];
  if (first === undefined) return undefined;
  let starts: number[] = [];
  if (table.end > table.start) {
    const bytes = await source.read(table.start, table.end);
    if (bytes === undefined || bytes.length % 4 !== 0) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const offsets = Array.from({ length: bytes.length / 4 }, (_, at) => view.getUint32(at * 4, true));
    // An offset counts from the first fragment's item, eight bytes before its value.
    const places = new Map(fragments.map((one, at) => [one.start - first.start, at]));
    starts = offsets.map((offset) => places.get(offset) ?? -1);
    const isInOrder = starts.every((start, at) => start >= 0 && start > (starts[at - 1] ?? -1));
    if (!isInOrder || starts[0] !== 0) return undefined;
  } else if (fragments.length === numberOfFrames) starts = fragments.map((_, at) => at);
  else if (!isRle) starts = fragments.flatMap((_, at) => (at === 0 || fragments[at - 1]?.isEndOfFrame ? [at] : []));
  return starts.length === numberOfFrames
    ? starts.map((start, at) => fragments.slice(start, starts[at + 1] ?? fragments.length))
    : undefined;
}

async function readRanges(source: DatasetSource, ranges: readonly Range[], bytesMax: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let left = bytesMax;
  for (const { start, end } of ranges) {
    const part = left > 0 ? await source.read(start, Math.min(end, start + left)) : undefined;
    if (part === undefined) break;
    parts.push(part);
    left -= part.length;
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

async function holdsDelimiter(source: DatasetSource, ranges: readonly Range[]): Promise<boolean> {
  for (const { start, end } of ranges)
    for (let at = start; at < end; at += SEARCH_BYTES) {
      // Parts overlap, so that none is cut in two.
      const bytes = await source.read(at, Math.min(end, at + SEARCH_BYTES + delimiter.length - 1));
      if (bytes === undefined || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(delimiter))
        return true;
    }
  return false;
}
