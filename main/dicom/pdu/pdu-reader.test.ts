import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAssociateRequest } from './associate-request.ts';
import { createPduReader, type PduHandlers } from './pdu-reader.ts';
import { encodeAbort, encodeData, encodeItem, encodePdu, encodeReleaseReply } from './pdu-write.ts';

type Seen = { pdus: { type: number; body: Buffer }[]; datasets: Buffer[]; commands: Buffer[] };

/** A reader that gathers whole messages; `admit` takes what a door would in an association. */
function gatherer(overrides: Partial<PduHandlers> = {}) {
  const seen: Seen = { pdus: [], datasets: [], commands: [] };
  let parts: Buffer[] = [];
  const reader = createPduReader({
    admit: (_type, length) => (length > 70_000 ? 'too long' : undefined),
    onPdu: (type, body) => void seen.pdus.push({ type, body: Buffer.from(body) }),
    onFragmentStart: () => undefined,
    onFragmentBytes: (bytes) => void parts.push(Buffer.from(bytes)),
    onFragmentEnd: ({ isLast, isCommand }) => {
      if (!isLast) return undefined;
      (isCommand ? seen.commands : seen.datasets).push(Buffer.concat(parts));
      parts = [];
      return undefined;
    },
    isHeld: () => false,
    ...overrides,
  });
  return { reader, seen };
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const associateBody = Buffer.concat([
  Buffer.from([0, 1, 0, 0]),
  ascii('PRAXIS'.padEnd(16)),
  ascii('CT1'.padEnd(16)),
  Buffer.alloc(32),
  encodeItem(0x10, ascii('1.2.840.10008.3.1.1.1')),
  encodeItem(
    0x20,
    Buffer.from([1, 0, 0, 0]),
    encodeItem(0x30, ascii('1.2.840.10008.1.1')),
    encodeItem(0x40, ascii('1.2.840.10008.1.2')),
  ),
  encodeItem(0x50, encodeItem(0x51, Buffer.from([0, 0, 0x40, 0])), encodeItem(0x53, Buffer.from([0, 5, 0, 5]))),
]);

describe('reading PDUs', () => {
  it('gives back what was written, however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 5 }),
        fc.integer({ min: 8, max: 2000 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 20 }),
        (datasets, maxPduBytes, cuts) => {
          const stream = Buffer.concat([
            ...datasets.flatMap((bytes) => [
              encodeData(1, 'command', ascii('c'), maxPduBytes),
              encodeData(1, 'dataset', bytes, maxPduBytes),
            ]),
            encodeReleaseReply(),
            encodeAbort(2, 1),
          ]);
          const { reader, seen } = gatherer();
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const piece = stream.subarray(at, at + (cuts[turn % cuts.length] ?? 1));
            expect(reader.read(piece)).toEqual({ consumed: piece.length });
            at += piece.length;
          }
          expect(seen.datasets).toEqual(datasets.map((bytes) => Buffer.from(bytes)));
          expect(seen.pdus.map(({ type }) => type)).toEqual([6, 7]);
          expect(reader.isMidPdu()).toBe(false);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('never takes more than there is, ends or refuses, on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 7 }), (noise, type) => {
        const bytes = Buffer.from([type, 0, 0, 0, noise.length >> 8, noise.length & 255, ...noise]);
        const { reader, seen } = gatherer();
        const { consumed } = reader.read(bytes);
        expect(consumed).toBeLessThanOrEqual(bytes.length);
        const taken = [...seen.datasets, ...seen.commands].reduce((sum, { length }) => sum + length, 0);
        expect(taken).toBeLessThanOrEqual(noise.length);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('refuses by the header alone, before the body', () => {
    const { reader } = gatherer();
    expect(reader.read(Buffer.from([1, 0, 0x7f, 0xff, 0xff, 0xff, 1, 2, 3]))).toEqual({
      consumed: 6,
      problem: 'too long',
    });
  });

  it.each([
    ['a fragment longer than its PDU', [0, 0, 0, 9, 1, 3, 0, 0]],
    ['a fragment shorter than its own header', [0, 0, 0, 1, 1, 3]],
    ['bytes left over after the last fragment', [0, 0, 0, 2, 1, 2, 9, 9]],
    ['no fragment at all', [0, 0]],
  ])('refuses %s', (_name, body) => {
    expect(gatherer().reader.read(encodePdu(4, Buffer.from(body))).problem).toBeDefined();
  });

  it('stops where it is held and goes on from there', () => {
    let isHeld = false;
    const { reader, seen } = gatherer({
      isHeld: () => isHeld,
      onPdu: (type, body) => {
        seen.pdus.push({ type, body });
        isHeld = true;
        return undefined;
      },
    });
    const stream = Buffer.concat([encodeReleaseReply(), encodeReleaseReply()]);
    expect(reader.read(stream)).toEqual({ consumed: 10 });
    isHeld = false;
    expect(reader.read(stream.subarray(10))).toEqual({ consumed: 10 });
    expect(seen.pdus).toHaveLength(2);
  });
});

describe('writing P-DATA', () => {
  it('never passes the largest PDU and cuts at even places', () => {
    for (const maxPduBytes of [8, 9, 1024, 16_383]) {
      const stream = encodeData(1, 'dataset', Buffer.alloc(2001), maxPduBytes);
      for (let at = 0; at < stream.length; at += 6 + stream.readUInt32BE(at + 2)) {
        const length = stream.readUInt32BE(at + 2);
        expect(length).toBeLessThanOrEqual(maxPduBytes);
        const isLast = at + 6 + length === stream.length;
        expect(isLast || length % 2 === 0).toBe(true);
      }
    }
    expect(() => encodeData(1, 'dataset', Buffer.alloc(4), 7)).toThrow(RangeError);
  });
});

describe('reading an association request', () => {
  it('takes what PS3.8 9.3.2 defines', () => {
    expect(decodeAssociateRequest(associateBody)).toMatchObject({
      ok: true,
      value: {
        calledAeTitle: 'PRAXIS',
        callingAeTitle: 'CT1',
        maxPduBytes: 16_384,
        asksForAsyncOperations: true,
        contexts: [{ contextId: 1, abstractSyntaxUid: '1.2.840.10008.1.1', transferSyntaxUids: ['1.2.840.10008.1.2'] }],
      },
    });
  });

  it('answers any mutation with a value or a reason, never with a throw or a broken context', () => {
    const mutation = fc.array(fc.tuple(fc.nat(associateBody.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(mutation, fc.nat(associateBody.length), (changes, cut) => {
        const mutated = Buffer.from(
          associateBody.subarray(0, cut < 40 ? associateBody.length - cut : associateBody.length),
        );
        for (const [at, value] of changes) if (at < mutated.length) mutated[at] = value;
        const decoded = decodeAssociateRequest(mutated);
        if (!decoded.ok) return;
        for (const { contextId, abstractSyntaxUid } of decoded.value.contexts) {
          expect(contextId % 2).toBe(1);
          expect(abstractSyntaxUid).toMatch(/^[0-9.]{1,64}$/);
        }
      }),
      { seed: 3, numRuns: 3000 },
    );
  });

  it.each([
    ['even context id', [2, 0, 0, 0]],
    ['context without syntaxes', [3, 0, 0, 0]],
    ['item cut off', [3, 0, 0, 0, 0x30, 0, 0]],
    ['item longer than the context', [3, 0, 0, 0, 0x30, 0, 0, 9, 1]],
  ])('refuses: %s', (_name, context) => {
    expect(decodeAssociateRequest(Buffer.concat([associateBody, encodeItem(0x20, Buffer.from(context))])).ok).toBe(
      false,
    );
  });

  it('refuses a context id given twice and more than 128 contexts', () => {
    const context = (id: number): Buffer =>
      encodeItem(
        0x20,
        Buffer.from([id, 0, 0, 0]),
        encodeItem(0x30, ascii('1.2')),
        encodeItem(0x40, ascii('1.2.840.10008.1.2')),
      );
    expect(decodeAssociateRequest(Buffer.concat([associateBody, context(1)])).ok).toBe(false);
    const many = Array.from({ length: 127 }, (_, index) => context(3 + 2 * index));
    expect(decodeAssociateRequest(Buffer.concat([associateBody, ...many])).ok).toBe(true);
    expect(decodeAssociateRequest(Buffer.concat([associateBody, ...many, context(255)])).ok).toBe(false);
  });
});
