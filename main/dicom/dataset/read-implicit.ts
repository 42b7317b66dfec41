import { fail, ok, type Result } from '../../../shared/kernel/result.ts';
import { type ImplicitDataset, itemEndTag, itemTag, sequenceEndTag, undefinedLength } from './implicit-dataset.ts';
import { knownTag } from './tags.ts';

export type DatasetProblem =
  | 'dataset_too_long'
  | 'dataset_too_deep'
  | 'dataset_too_many_elements'
  | 'dataset_length_outside_parent'
  | 'dataset_element_repeated'
  | 'dataset_delimiter_misplaced';

const bytesMax = 65_536;
const depthMax = 8;
const elementsMax = 2000;

/** Thrown inside this file only, so that the recursion stays readable; `readImplicit` turns it into a value. */
class Broken extends Error {
  readonly code: DatasetProblem;
  constructor(code: DatasetProblem) {
    super(code);
    this.code = code;
  }
}

type Cursor = { view: DataView; at: number; elements: number };

/**
 * Reads a query or command dataset in Implicit VR Little Endian (PS3.5 7.1.3, 7.5): at most 64 KB, 2,000 elements, 8 levels, each
 * length inside its parent. Sequences and items may have undefined lengths; group lengths are left out. The values are views into
 * the bytes given. Anything broken fails as a whole: half a query would match everybody.
 */
export function readImplicit(bytes: Uint8Array): Result<ImplicitDataset, DatasetProblem> {
  if (bytes.length > bytesMax) return fail('dataset_too_long');
  const cursor: Cursor = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0, elements: 0 };
  try {
    return ok(readElements(cursor, bytes.length, 1, false));
  } catch (error) {
    if (error instanceof Broken) return fail(error.code);
    throw error;
  }
}

function readHeader(cursor: Cursor, end: number): { tag: number; length: number } {
  if (cursor.at + 8 > end) throw new Broken('dataset_length_outside_parent');
  cursor.elements += 1;
  if (cursor.elements > elementsMax) throw new Broken('dataset_too_many_elements');
  const group = cursor.view.getUint16(cursor.at, true);
  const element = cursor.view.getUint16(cursor.at + 2, true);
  const length = cursor.view.getUint32(cursor.at + 4, true);
  cursor.at += 8;
  if (length !== undefinedLength && cursor.at + length > end) throw new Broken('dataset_length_outside_parent');
  return { tag: group * 65_536 + element, length };
}

/** What is delimited ends with its delimiter only. */
function isAtEnd(cursor: Cursor, end: number, isDelimited: boolean): boolean {
  return !isDelimited && cursor.at >= end;
}

/** Reads up to `end`, or to the item's delimiter if `isDelimited`. */
function readElements(cursor: Cursor, end: number, depth: number, isDelimited: boolean): ImplicitDataset {
  if (depth > depthMax) throw new Broken('dataset_too_deep');
  const dataset: ImplicitDataset = new Map();
  while (!isAtEnd(cursor, end, isDelimited)) {
    const { tag, length } = readHeader(cursor, end);
    if (tag === itemEndTag && isDelimited) return dataset;
    if (tag >= 0xfffe0000) throw new Broken('dataset_delimiter_misplaced');
    if (dataset.has(tag)) throw new Broken('dataset_element_repeated');
    if (length === undefinedLength || knownTag(tag)?.vr === 'SQ') {
      dataset.set(tag, { tag, items: readItems(cursor, end, length, depth) });
      continue;
    }
    const start = cursor.view.byteOffset + cursor.at;
    cursor.at += length;
    if (tag % 65_536 !== 0) dataset.set(tag, { tag, bytes: new Uint8Array(cursor.view.buffer, start, length) });
  }
  return dataset;
}

function readItems(cursor: Cursor, parentEnd: number, length: number, depth: number): ImplicitDataset[] {
  const isDelimited = length === undefinedLength;
  const end = isDelimited ? parentEnd : cursor.at + length;
  const items: ImplicitDataset[] = [];
  while (!isAtEnd(cursor, end, isDelimited)) {
    const header = readHeader(cursor, end);
    if (header.tag === sequenceEndTag && isDelimited) return items;
    if (header.tag !== itemTag) throw new Broken('dataset_delimiter_misplaced');
    const isItemDelimited = header.length === undefinedLength;
    items.push(readElements(cursor, isItemDelimited ? end : cursor.at + header.length, depth + 1, isItemDelimited));
  }
  return items;
}
