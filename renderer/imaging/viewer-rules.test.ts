import { expect, test } from 'vitest';
import { readContentRange } from './fetch-object.ts';
import { createStackLoader, outwardFrom } from './load-order.ts';
import { edgeLetters, sliceLocationMm } from './orientation.ts';
import { draggedWindow, rangeOf, windowOf } from './window-level.ts';

test('W 400 L 40 is −160 to 239, and reads back as 400', () => {
  expect(rangeOf({ width: 400, level: 40 })).toEqual({ lower: -160, upper: 239 });
  expect(windowOf({ lower: -160, upper: 239 })).toEqual({ width: 400, level: 40 });
  const narrowest = rangeOf({ width: 1, level: 2048 });
  expect(narrowest.lower).toBe(2047.5);
  expect(narrowest.upper).toBeGreaterThan(2047.5);
  expect(narrowest.upper).toBeLessThan(2048);
  expect(draggedWindow({ width: 2, level: 0 }, -1000, 0).width).toBe(1);
});

test('letters of the edges: an axial slice, a sagittal one, and one that does not say', () => {
  expect(edgeLetters([1, 0, 0, 0, 1, 0])).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' });
  expect(edgeLetters([0, 1, 0, 0, 0, -1])).toEqual({ left: 'A', right: 'P', top: 'H', bottom: 'F' });
  expect(edgeLetters([])).toBe(undefined);
  expect(sliceLocationMm([0, 0, 12.5], [1, 0, 0, 0, 1, 0])).toBe(12.5);
});

test('a range is believed only when it is whole', () => {
  expect(readContentRange('bytes 0-99/1000')).toEqual({ start: 0, end: 100, total: 1000 });
  for (const bad of ['bytes 0-99/*', 'bytes 9-3/10', 'bytes 0-10/10', '', null])
    expect(readContentRange(bad)).toBe(undefined);
});

test('a stack loads outward, four at a time, from where the reader looks', async () => {
  expect(outwardFrom(2, 5)).toEqual([2, 3, 1, 4, 0]);
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  const loader = createStackLoader({
    count: 20,
    load: (index) => {
      asked.push(index);
      return new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    },
  });
  loader.show(10);
  expect(asked).toEqual([10, 11, 9, 12]);
  loader.show(2);
  waiting[0]?.();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(asked).toEqual([10, 11, 9, 12, 2]);
  loader.stop();
});
