import { expect, test } from 'vitest';
import { measureLength } from './length.ts';
import type { UltrasoundRegion } from './ultrasound-regions.ts';

const region = (more: Partial<UltrasoundRegion> = {}): UltrasoundRegion => ({
  minX: 100,
  minY: 50,
  maxX: 299,
  maxY: 249,
  unitsX: 3,
  unitsY: 3,
  deltaX: 0.02,
  deltaY: -0.04,
  ...more,
});
const length = (
  regions: UltrasoundRegion[],
  from: [number, number],
  to: [number, number],
  pixelSpacing: number[] = [],
) =>
  measureLength(
    { pixelSpacing, imagerPixelSpacing: [], ultrasoundRegions: regions },
    { x: from[0], y: from[1] },
    { x: to[0], y: to[1] },
  );

test('inside one region a length is in millimetres, each direction by its own size of a pixel, whatever its sign', () => {
  expect(length([region()], [110, 60], [160, 60])).toMatchObject({ lengthTenthsMm: 100, scale: 'patient' });
  expect(length([region()], [110, 60], [110, 110])).toMatchObject({ lengthTenthsMm: 200 });
  expect(length([region()], [110, 60], [140, 80]).lengthTenthsMm).toBe(Math.round(10 * Math.hypot(6, 8)));
});

test('the last pixels belong to the region, the next one does not', () => {
  expect(length([region()], [100, 50], [300, 250]).lengthTenthsMm).not.toBeNull();
  expect(length([region()], [99.9, 50], [200, 50]).lengthTenthsMm).toBeNull();
  expect(length([region()], [100, 50], [300.1, 250]).lengthTenthsMm).toBeNull();
});

test('across two regions, outside of them and in a trace of time or speed there are only pixels', () => {
  const beside = region({ minX: 300, maxX: 499 });
  expect(length([region(), beside], [290, 60], [310, 60])).toEqual({
    lengthPx: 20,
    lengthTenthsMm: null,
    scale: 'none',
  });
  expect(length([region(), beside], [310, 60], [360, 60]).lengthTenthsMm).toBe(100);
  expect(length([region()], [10, 10], [20, 10]).lengthTenthsMm).toBeNull();
  expect(length([region({ unitsX: 4 })], [110, 60], [160, 60]).lengthTenthsMm).toBeNull();
  expect(length([region({ deltaX: 0 })], [110, 60], [160, 60]).lengthTenthsMm).toBeNull();
});

test('regions over one another must agree; one that measures no length takes nothing away', () => {
  expect(length([region(), region({ unitsX: 0, unitsY: 0 })], [110, 60], [160, 60]).lengthTenthsMm).toBe(100);
  expect(length([region(), region({ deltaX: -0.02 })], [110, 60], [160, 60]).lengthTenthsMm).toBe(100);
  expect(length([region(), region({ deltaX: 0.03 })], [110, 60], [160, 60]).lengthTenthsMm).toBeNull();
});

test('where regions are, a spacing of the whole image does not count outside of them', () => {
  expect(length([region()], [10, 10], [20, 10], [0.5, 0.5]).lengthTenthsMm).toBeNull();
  expect(length([], [10, 10], [20, 10], [0.5, 0.5]).lengthTenthsMm).toBe(50);
});
