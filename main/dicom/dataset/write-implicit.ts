import { type ImplicitDataset, type ImplicitElement, itemTag } from './implicit-dataset.ts';
import { knownTag } from './tags.ts';

const headerBytes = 8;

/**
 * Writes a dataset in Implicit VR Little Endian (PS3.5 7.1.3): elements by rising tag, explicit lengths everywhere, odd values
 * padded (UI and OB by NUL, everything else by a blank). Value bytes must be encoded already.
 */
export function writeImplicit(dataset: ImplicitDataset): Uint8Array {
  const bytes = new Uint8Array(datasetLength(dataset));
  writeDataset({ bytes, view: new DataView(bytes.buffer) }, 0, dataset);
  return bytes;
}

function datasetLength(dataset: ImplicitDataset): number {
  let length = 0;
  for (const element of dataset.values()) length += headerBytes + valueLength(element);
  return length;
}

function valueLength(element: ImplicitElement): number {
  if ('bytes' in element) return element.bytes.length + (element.bytes.length % 2);
  let length = 0;
  for (const item of element.items) length += headerBytes + datasetLength(item);
  return length;
}

type Target = { bytes: Uint8Array; view: DataView };

function writeHeader(target: Target, at: number, tag: number, length: number): number {
  target.view.setUint16(at, Math.floor(tag / 65_536), true);
  target.view.setUint16(at + 2, tag % 65_536, true);
  target.view.setUint32(at + 4, length, true);
  return at + headerBytes;
}

function writeDataset(target: Target, start: number, dataset: ImplicitDataset): number {
  let at = start;
  for (const element of [...dataset.values()].sort((a, b) => a.tag - b.tag)) {
    const length = valueLength(element);
    at = writeHeader(target, at, element.tag, length);
    if ('bytes' in element) {
      target.bytes.set(element.bytes, at);
      if (length > element.bytes.length) target.bytes[at + length - 1] = paddingOf(element.tag);
      at += length;
      continue;
    }
    for (const item of element.items) {
      at = writeHeader(target, at, itemTag, datasetLength(item));
      at = writeDataset(target, at, item);
    }
  }
  return at;
}

function paddingOf(tag: number): number {
  const vr = knownTag(tag)?.vr;
  return vr === 'UI' || vr === 'OB' ? 0 : 0x20;
}
