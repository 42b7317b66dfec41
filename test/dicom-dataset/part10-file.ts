import { readFileSync } from 'node:fs';

/** A DICOM file taken apart: its syntax and the dataset as a scanner would send it. Without meta group it is all dataset. */
export function readPart10(path: string): { transferSyntaxUid: string; dataset: Buffer } {
  const bytes = readFileSync(path);
  let at = bytes.toString('latin1', 128, 132) === 'DICM' ? 132 : 0;
  let transferSyntaxUid = '1.2.840.10008.1.2';
  while (at + 8 <= bytes.length && bytes.readUInt16LE(at) === 2) {
    const isLong = ['OB', 'UN'].includes(bytes.toString('latin1', at + 4, at + 6));
    const length = isLong ? bytes.readUInt32LE(at + 8) : bytes.readUInt16LE(at + 6);
    const value = at + (isLong ? 12 : 8);
    if (bytes.readUInt16LE(at + 2) === 0x10) {
      transferSyntaxUid = bytes.toString('latin1', value, value + length).replace(/[\0 ]+$/, '');
    }
    at = value + length;
  }
  return { transferSyntaxUid, dataset: bytes.subarray(at) };
}
