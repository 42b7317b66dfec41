import { expect, it } from 'vitest';
import { part10Header } from './part10.ts';

it('makes a preamble and a file meta group of even lengths', () => {
  const header = part10Header({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    sopInstanceUid: '1.2.34',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    callingAeTitle: 'CT1',
  });
  expect(header.subarray(0, 132)).toEqual(Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]));
  const groupBytes = header.readUInt32LE(140);
  expect(groupBytes % 2).toBe(0);
  expect(header.length).toBe(144 + groupBytes);
});
