import { expect, it } from 'vitest';
import { checkDecoded, openWindow } from './decoded-image.ts';

type Decoded = Parameters<typeof checkDecoded>[0];
const decoded = (maxPixelValue: number, more: Record<string, unknown> = {}): Decoded =>
  ({
    color: false,
    imageFrame: { bitsStored: 12, pixelRepresentation: 0 },
    maxPixelValue,
    slope: 2,
    intercept: -1000,
    windowWidth: 1,
    windowCenter: 40,
    ...more,
  }) as Decoded;

it('a decoded value that the bits stored do not allow is no picture', () => {
  expect(() => checkDecoded(decoded(4095 * 2 - 1000))).not.toThrow();
  expect(() => checkDecoded(decoded(4096 * 2 - 1000))).toThrow(expect.objectContaining({ problem: 'not-as-said' }));
  // What is signed is cut to its stored bits, colours have bytes of their own.
  expect(() => checkDecoded(decoded(9e9, { imageFrame: { bitsStored: 12, pixelRepresentation: 1 } }))).not.toThrow();
  expect(() => checkDecoded(decoded(9e9, { color: true }))).not.toThrow();
  expect(() => checkDecoded(decoded(1, { imageFrame: { pixelRepresentation: 0 } }))).toThrow();
});

it('a window of width 1 is opened a little, once', () => {
  const image = decoded(100);
  openWindow(image);
  const { windowWidth, windowCenter } = image;
  expect(windowWidth).toBeGreaterThan(1);
  expect(windowWidth).toBeLessThan(1.1);
  openWindow(image);
  expect(image).toMatchObject({ windowWidth, windowCenter });
  const usual = decoded(100, { windowWidth: 400 });
  openWindow(usual);
  expect(usual).toMatchObject({ windowWidth: 400, windowCenter: 40 });
});
