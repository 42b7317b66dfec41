import { describe, expect, test } from 'vitest';
import { nodeBytesAsText } from './injected-scripts.ts';
import { createFrameJoiner, cutFrames } from './message-frames.ts';
import { createWireCodec } from './wire-codec.ts';

const codec = createWireCodec(nodeBytesAsText);
const across = (value: unknown): unknown => codec.decode(codec.encode(value));

describe('wire codec', () => {
  test('values come back as structured clone gives them', () => {
    const value = {
      date: new Date(1),
      re: /a\/b/giu,
      view: new Uint16Array([1, 65535]),
      buffer: new Uint8Array([9]).buffer,
      set: new Set([new Map([['k', undefined]])]),
      list: [undefined, null, -0, Number.NaN, -Infinity, 3n, '', 'é\u2028\ud800'],
      tagLike: ['u', ['@', 0], ['o', []]],
    };
    expect(across(value)).toEqual(structuredClone(value));
    expect(across(Buffer.from('abc'))).toEqual(new Uint8Array([97, 98, 99]));
  });

  test('part of a larger buffer carries its own bytes alone', () => {
    const whole = new Uint8Array([1, 2, 3, 4]);
    expect(across(whole.subarray(1, 3))).toEqual(new Uint8Array([2, 3]));
  });

  test('prototypes, accessors and functions do not cross', () => {
    class Secret {
      shown = 1;
      hidden(): number {
        return 2;
      }
    }
    expect(Object.getPrototypeOf(across(new Secret()))).toBe(Object.prototype);
    for (const bad of [() => 1, { deep: [Symbol('x')] }, new WeakMap()]) {
      expect(() => codec.encode(bad)).toThrow('An object could not be cloned.');
    }
  });

  test('text is ASCII, so it may be cut anywhere', () => {
    expect(codec.encode('患者 \u{1F9B4}')).toMatch(/^[\u0020-\u007e]+$/);
  });

  test('nonsense throws', () => {
    for (const text of ['', '{', '["zz"]', '["constructor"]', '["toString"]'])
      expect(() => codec.decode(text)).toThrow();
  });
});

describe('message frames', () => {
  test('a text comes back from its frames', () => {
    const joiner = createFrameJoiner(2, 10);
    for (const text of ['', 'a', 'x'.repeat(10), 'y:1:2:'.repeat(7)]) {
      const results = cutFrames(7, text, 5).map((frame) => joiner.join(frame));
      expect(results.at(-1)).toBe(text);
      expect(results.slice(0, -1).every((result) => result === undefined)).toBe(true);
    }
  });

  test('nonsense, gaps, too many frames and too many open messages throw', () => {
    const joiner = createFrameJoiner(2, 10);
    for (const frame of ['', 'abc', '1:2:3', '1:1:2:late', '1:0:11:x']) expect(() => joiner.join(frame)).toThrow();
    joiner.join('1:0:2:a');
    joiner.join('2:0:2:a');
    expect(() => joiner.join('3:0:2:a')).toThrow('Too many open messages');
  });
});
