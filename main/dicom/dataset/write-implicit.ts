import { type ImplicitDataset, type ImplicitElement, itemTag } from './implicit-dataset.ts';
import { knownTag } from './tags.ts';

/**
 * Writes a dataset in Implicit VR Little Endian (PS3.5 7.1.3): elements by rising tag, explicit lengths everywhere, odd values
 * padded (UI and OB by NUL, everything else by a blank). Value bytes must be encoded already.
 */
export function writeImplicit(dataset: ImplicitDataset): Uint8Array {
  const elements = [...dataset.values()].toSorted((a, b) => a.tag - b.tag);
  return joinBytes(elements.map(writeElement));
}

function writeElement(element: ImplicitElement): Uint8Array {
  const value =
    'items' in element ? joinBytes(element.items.map(writeItem)) : padToEven(element.bytes, knownTag(element.tag)?.vr);
  return joinBytes([header(element.tag, value.length), value]);
}

function writeItem(item: ImplicitDataset): Uint8Array {
  const bytes = writeImplicit(item);
  return joinBytes([header(itemTag, bytes.length), bytes]);
}

function padToEven(bytes: Uint8Array, vr: string | undefined): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  return joinBytes([bytes, Uint8Array.of(vr === 'UI' || vr === 'OB' ? 0 : 0x20)]);
}

function header(tag: number, length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(tag / 65_536), true);
  view.setUint16(2, tag % 65_536, true);
  view.setUint32(4, length, true);
  return bytes;
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
