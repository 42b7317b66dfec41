import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCommand, encodeResponse } from './command-set.ts';

const request = {
  commandField: 1,
  messageId: 7,
  messageIdBeingRespondedTo: 0,
  affectedSopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  affectedSopInstanceUid: '1.2.3',
  hasDataset: true,
};

describe('command sets', () => {
  it('answer the request they belong to', () => {
    const response = encodeResponse(request, 0xa700);
    expect(response.readUInt32LE(8)).toBe(response.length - 12);
    expect(decodeCommand(response)).toEqual({
      ok: true,
      value: { ...request, commandField: 0x8001, messageId: 0, messageIdBeingRespondedTo: 7, hasDataset: false },
    });
    expect(response.includes(Buffer.from([0, 0, 0, 9, 2, 0, 0, 0, 0x00, 0xa7]))).toBe(true);
  });

  it('refuse any cut, another group, and an element given twice', () => {
    const response = encodeResponse(request, 0);
    for (let length = 1; length < response.length; length += 1) {
      const decoded = decodeCommand(response.subarray(0, length));
      // A cut between elements leaves a shorter command: then the required ones may be missing.
      if (decoded.ok) expect(length).toBeGreaterThan(40);
    }
    expect(decodeCommand(Buffer.from([8, 0, 0, 1, 0, 0, 0, 0])).ok).toBe(false);
    expect(decodeCommand(Buffer.concat([response, response])).ok).toBe(false);
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        decodeCommand(Buffer.from(bytes));
        decodeCommand(Buffer.concat([encodeResponse(request, 0), bytes]));
      }),
      { seed: 4, numRuns: 1000 },
    );
  });
});
