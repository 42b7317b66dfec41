import { expect, test } from 'vitest';
import { isPictureJpeg, PICTURE_BYTES_MAX } from '../../shared/documents/picture-jpeg.ts';
import { tinyJpeg } from '../world/tiny-jpeg.ts';

const frameAt = (bytes: Uint8Array): number => Buffer.from(bytes).indexOf(Buffer.from([0xff, 0xc0]));
const changed = (at: (bytes: Uint8Array) => number, value: number): Uint8Array => {
  const bytes = tinyJpeg();
  bytes[at(bytes)] = value;
  return bytes;
};

test('a whole JPEG as a canvas makes it is taken, nothing else', () => {
  expect(isPictureJpeg(tinyJpeg())).toBe(true);
  expect(isPictureJpeg(new Uint8Array())).toBe(false);
  expect(isPictureJpeg(Buffer.from(`%PDF-1.7${' '.repeat(200)}`))).toBe(false);
  expect(isPictureJpeg(Buffer.concat([tinyJpeg(), new Uint8Array(PICTURE_BYTES_MAX)]))).toBe(false);
  expect(isPictureJpeg(Buffer.concat([tinyJpeg(), Buffer.from('<script>')]))).toBe(false);
});

test('12 bits, four components, a side of nothing or of 60,000 pixels: refused', () => {
  expect(isPictureJpeg(changed((bytes) => frameAt(bytes) + 4, 12))).toBe(false);
  expect(isPictureJpeg(changed((bytes) => frameAt(bytes) + 9, 4))).toBe(false);
  expect(isPictureJpeg(changed((bytes) => frameAt(bytes) + 6, 0))).toBe(false);
  expect(isPictureJpeg(changed((bytes) => frameAt(bytes) + 5, 0xea))).toBe(false);
});

test('cut anywhere it is none, and no length leads out of it', () => {
  const whole = tinyJpeg();
  for (let at = 0; at < whole.length; at += 1) expect(isPictureJpeg(whole.subarray(0, at))).toBe(false);
  for (let at = 0; at < whole.length; at += 1) {
    const bytes = tinyJpeg();
    bytes[at] = 0xff;
    expect(typeof isPictureJpeg(bytes)).toBe('boolean');
  }
});
