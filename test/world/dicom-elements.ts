/** Elements in Explicit VR Little Endian, for tests that make their own datasets. */

const longForms = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

/** One element, `ggggeeee`; `claimed` overrides its length. */
export function element(tag: string, vr: string, value: Uint8Array | string, claimed?: number): Buffer {
  const bytes = Buffer.from(typeof value === 'string' ? value : value);
  const isLong = longForms.has(vr);
  const head = Buffer.alloc(isLong ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.write(vr, 4, 'latin1');
  if (isLong) head.writeUInt32LE(claimed ?? bytes.length, 8);
  else head.writeUInt16LE(claimed ?? bytes.length, 6);
  return Buffer.concat([head, bytes]);
}

/** One element of words. */
export function words(tag: string, ...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16LE(value & 0xffff, at * 2);
  return element(tag, 'US', bytes);
}

/** Encapsulated pixel data: an offset table, then one item for each fragment (PS3.5 A.4). */
export function encapsulated(fragments: readonly Uint8Array[], offsets: readonly number[] = []): Buffer {
  const table = Buffer.alloc(offsets.length * 4);
  for (const [at, offset] of offsets.entries()) table.writeUInt32LE(offset, at * 4);
  return Buffer.concat([
    element('7fe00010', 'OB', '', 0xffffffff),
    ...[table, ...fragments].flatMap((bytes) => [itemHead(0xe000, bytes.length), bytes]),
    itemHead(0xe0dd, 0),
  ]);
}

function itemHead(tag: number, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(0xfffe, 0);
  head.writeUInt16LE(tag, 2);
  head.writeUInt32LE(length, 4);
  return head;
}
