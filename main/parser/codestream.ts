import type { CodestreamFacts } from '../../shared/imaging/instance-header.ts';

/**
 * Reads what a compressed frame says of itself from its first bytes: JPEG's frame header and Adobe marker (ITU-T T.81 B.2), or
 * JPEG 2000's SIZ marker (ITU-T T.800 A.5.1), also inside a JP2 box. Null when it is neither.
 */
export function readCodestream(bytes: Uint8Array): CodestreamFacts | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes);
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).indexOf('ff4fff51', 'hex');
  return start < 0 ? null : readSiz(bytes.subarray(start + 4));
}

const blank = {
  precision: null,
  components: null,
  signed: null,
  subsampled: null,
  adobeTransform: null,
  delimiterInside: null,
};

function readSiz(bytes: Uint8Array): CodestreamFacts {
  const facts: CodestreamFacts = { kind: 'jpeg2000', ...blank };
  if (bytes.length < 41) return facts;
  const components = new DataView(bytes.buffer, bytes.byteOffset).getUint16(36);
  if (components === 0 || components > 16 || bytes.length < 38 + components * 3) return facts;
  const each = Array.from({ length: components }, (_, index) => bytes.subarray(38 + index * 3, 41 + index * 3));
  const size = bytes[38] ?? 0;
  // Unlike signs or depths of components: neither sign would be true.
  if (each.some(([own]) => own !== size)) return { ...facts, components };
  const subsampled = each.some(([, x, y]) => x !== 1 || y !== 1);
  return { ...facts, components, precision: (size & 0x7f) + 1, signed: (size & 0x80) !== 0, subsampled };
}

function readJpeg(bytes: Uint8Array): CodestreamFacts {
  const facts: CodestreamFacts = { kind: 'jpeg', ...blank };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xda || marker === 0xd9) break;
    const length = view.getUint16(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame && segment.length >= 6) {
      facts.precision = segment[0] ?? null;
      facts.components = segment[5] ?? null;
      const samplings = Array.from({ length: facts.components ?? 0 }, (_, index) => segment[7 + index * 3]);
      facts.subsampled = samplings.some((sampling) => sampling !== samplings[0]);
    }
    if (marker === 0xee && segment.length >= 12 && Buffer.from(segment.subarray(0, 5)).toString('latin1') === 'Adobe') {
      facts.adobeTransform = segment[11] ?? null;
    }
    at += 2 + Math.max(2, length);
  }
  return facts;
}
