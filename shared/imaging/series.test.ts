import { expect, test } from 'vitest';
import { measureLength } from './length.ts';
import { missingInstanceNumbers } from './series.ts';

test('gaps in the numbering are images that never came; numbers that are no count say nothing', () => {
  expect(missingInstanceNumbers([1, 2, 4, 5])).toEqual([3]);
  expect(missingInstanceNumbers([3, 2, 4])).toEqual([1]);
  expect(missingInstanceNumbers([0, 1, 2])).toEqual([]);
  expect(missingInstanceNumbers([2])).toBe(null);
  expect(missingInstanceNumbers([1, 1001, 2001])).toBe(null);
  expect(missingInstanceNumbers([1, null])).toBe(null);
  expect(missingInstanceNumbers([1, 1, 2])).toBe(null);
});

test('a length takes the row spacing for y, the detector where the patient is not said, and pixels where nothing is', () => {
  const line = [
    { x: 0, y: 0 },
    { x: 30, y: 40 },
  ] as const;
  const of = (pixelSpacing: number[], imagerPixelSpacing: number[] = []) =>
    measureLength({ pixelSpacing, imagerPixelSpacing }, ...line);
  expect(of([0.5, 0.5])).toEqual({ lengthPx: 50, lengthTenthsMm: 250, scale: 'patient' });
  expect(of([1, 0])).toMatchObject({ lengthTenthsMm: null, scale: 'none' });
  expect(of([2, 1]).lengthTenthsMm).toBe(Math.round(10 * Math.hypot(30, 80)));
  expect(of([], [0.1, 0.1])).toMatchObject({ lengthTenthsMm: 50, scale: 'detector' });
});
