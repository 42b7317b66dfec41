/** How a dataset is written (PS3.5 7.1, 7.3). */
export type Encoding = { isExplicit: boolean; isLittleEndian: boolean };

/**
 * `content` is how items inside are written, where the value is a sequence. A value that is too long to be kept is handed out without
 * bytes: it is there, and not read.
 */
export type RawElement = { tag: number; bytes: Uint8Array; content: Encoding; isKept: boolean };

export type Walk =
  /** The window ends here or is too short for the element at `offset`; go on from there with more bytes. */
  | { reached: 'window_end'; offset: number }
  /** Pixel data: `valueOffset` is where its value begins, `length` as written (0xFFFFFFFF: encapsulated). */
  | { reached: 'pixel_data'; tag: number; valueOffset: number; length: number }
  | { reached: 'broken' };

const undefinedLength = 0xffffffff;
const longForms = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const pixelDataTags = new Set([0x7fe00008, 0x7fe00009, 0x7fe00010]);
const depthMax = 64;
/** Longer values are passed over, and may lie beyond the window. */
const keptBytesMax = 65_536;

const itemStart = 0xfffee000;
const sequenceEnd = 0xfffee0dd;
/** An item's end marker: its tag and a length of zero. */
const delimiterBytes = 8;

class WindowEnd extends Error {}
class Broken extends Error {}

type Header = { tag: number; length: number; vr: string; valueAt: number };

/**
 * Walks over the top level of a dataset in a window of its bytes, handing out wanted values as they stand (a sequence as its
 * raw items). All else is passed over, undefined lengths included; nothing is allocated by what a length claims. Stops before
 * pixel data.
 * @param window bytes of the dataset from an element's start; `offset` results count from the window's start and may lie beyond it
 */
export function walkElements(
  window: Uint8Array,
  encoding: Encoding,
  isWanted: (tag: number) => boolean,
  onElement: (element: RawElement) => void,
): Walk {
  const view = new DataView(window.buffer, window.byteOffset, window.byteLength);
  let at = 0;
  try {
    while (at < window.length) {
      const header = readHeader(view, at, encoding);
      if (header.tag >= 0xfffe0000) return { reached: 'broken' };
      if (pixelDataTags.has(header.tag))
        return { reached: 'pixel_data', tag: header.tag, valueOffset: header.valueAt, length: header.length };
      const content = contentEncoding(header, encoding);
      const end =
        header.length === undefinedLength
          ? skipItems(view, header.valueAt, undefinedLength, content, 1)
          : header.valueAt + header.length;
      if (isWanted(header.tag)) {
        const isKept = end - header.valueAt <= keptBytesMax;
        if (isKept && end > window.length) return { reached: 'window_end', offset: at };
        const bytes = isKept ? window.slice(header.valueAt, end) : new Uint8Array();
        onElement({ tag: header.tag, bytes, content, isKept });
      }
      at = end;
    }
    return { reached: 'window_end', offset: at };
  } catch (error) {
    if (error instanceof WindowEnd) return { reached: 'window_end', offset: at };
    if (error instanceof Broken) return { reached: 'broken' };
    throw error;
  }
}

/** The items of a sequence's raw value, each as the bytes of its dataset; none where the sequence is broken or cut off. */
export function sequenceItems(sequence: Uint8Array, encoding: Encoding): Uint8Array[] {
  const view = new DataView(sequence.buffer, sequence.byteOffset, sequence.byteLength);
  const items: Uint8Array[] = [];
  try {
    for (let at = 0; at < sequence.length; ) {
      const item = readHeader(view, at, encoding);
      if (item.tag === sequenceEnd) return items;
      if (item.tag !== itemStart) return [];
      const isOpen = item.length === undefinedLength;
      at = isOpen ? skipItem(view, item.valueAt, encoding, 1) : item.valueAt + item.length;
      if (at > sequence.length) return [];
      items.push(sequence.subarray(item.valueAt, isOpen ? at - delimiterBytes : at));
    }
    return items;
  } catch (error) {
    if (error instanceof WindowEnd || error instanceof Broken) return [];
    throw error;
  }
}

/** Inside an element of unknown VR and undefined length everything is Implicit VR Little Endian (PS3.5 6.2.2). */
function contentEncoding(header: Header, encoding: Encoding): Encoding {
  return header.vr === 'UN' ? { isExplicit: false, isLittleEndian: true } : encoding;
}

function readHeader(view: DataView, at: number, encoding: Encoding): Header {
  const { isLittleEndian } = encoding;
  if (at + 8 > view.byteLength) throw new WindowEnd();
  const tag = view.getUint16(at, isLittleEndian) * 65_536 + view.getUint16(at + 2, isLittleEndian);
  if (!encoding.isExplicit || tag >= 0xfffe0000) {
    return { tag, vr: '', length: view.getUint32(at + 4, isLittleEndian), valueAt: at + 8 };
  }
  const vr = String.fromCharCode(view.getUint8(at + 4), view.getUint8(at + 5));
  if (!/^[A-Z?]{2}$/.test(vr)) throw new Broken();
  if (!longForms.has(vr)) return { tag, vr, length: view.getUint16(at + 6, isLittleEndian), valueAt: at + 8 };
  if (at + 12 > view.byteLength) throw new WindowEnd();
  return { tag, vr, length: view.getUint32(at + 8, isLittleEndian), valueAt: at + 12 };
}

/** Passes over the items of a sequence of undefined length; gives where the next element begins. */
function skipItems(view: DataView, start: number, length: number, encoding: Encoding, depth: number): number {
  if (depth > depthMax) throw new Broken();
  let at = start;
  for (;;) {
    if (length !== undefinedLength && at >= start + length) return at;
    const item = readHeader(view, at, encoding);
    at = item.valueAt;
    if (item.tag === sequenceEnd) return at;
    if (item.tag !== itemStart) throw new Broken();
    at = item.length === undefinedLength ? skipItem(view, at, encoding, depth) : at + item.length;
  }
}

function skipItem(view: DataView, start: number, encoding: Encoding, depth: number): number {
  let at = start;
  for (;;) {
    const header = readHeader(view, at, encoding);
    at = header.valueAt;
    if (header.tag === 0xfffee00d) return at;
    if (header.tag >= 0xfffe0000) throw new Broken();
    if (header.length === undefinedLength)
      at = skipItems(view, at, undefinedLength, contentEncoding(header, encoding), depth + 1);
    else at += header.length;
  }
}
