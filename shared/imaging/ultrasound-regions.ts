import { z } from 'zod';

/**
 * One calibrated region of an ultrasound image (PS3.3 C.8.5.5): its bounds in pixels, the last ones included, what the two
 * directions measure (3: centimetres) and how much of it one pixel is, signed.
 */
export const ultrasoundRegionSchema = z.strictObject({
  minX: z.int().nonnegative(),
  minY: z.int().nonnegative(),
  maxX: z.int().nonnegative(),
  maxY: z.int().nonnegative(),
  unitsX: z.int().nonnegative(),
  unitsY: z.int().nonnegative(),
  deltaX: z.number(),
  deltaY: z.number(),
});
export type UltrasoundRegion = z.infer<typeof ultrasoundRegionSchema>;

/** So many regions of one object are kept; scanners send up to four. */
export const ULTRASOUND_REGIONS_MAX = 32;

const CENTIMETRES = 3;
const MM_PER_CM = 10;

type Point = { x: number; y: number };

/**
 * Millimetres of a pixel for a line that lies wholly in one region that measures centimetres both ways. Undefined across
 * regions, outside of them, in a Doppler or time trace, and where regions over the same place disagree. Points count from the
 * image's corner, so that pixel 0 reaches from 0 to 1.
 */
export function regionSpacing(
  regions: readonly UltrasoundRegion[],
  from: Point,
  to: Point,
): { rowMm: number; columnMm: number } | undefined {
  const around = regions.filter((region) => measuresLength(region) && holds(region, from) && holds(region, to));
  const [first, ...others] = around;
  if (!first || others.some((one) => !sameScale(one, first))) return undefined;
  return { rowMm: Math.abs(first.deltaY) * MM_PER_CM, columnMm: Math.abs(first.deltaX) * MM_PER_CM };
}

const measuresLength = (region: UltrasoundRegion): boolean =>
  region.unitsX === CENTIMETRES && region.unitsY === CENTIMETRES && region.deltaX !== 0 && region.deltaY !== 0;

const holds = (region: UltrasoundRegion, { x, y }: Point): boolean =>
  x >= region.minX && x <= region.maxX + 1 && y >= region.minY && y <= region.maxY + 1;

const sameScale = (a: UltrasoundRegion, b: UltrasoundRegion): boolean =>
  Math.abs(a.deltaX) === Math.abs(b.deltaX) && Math.abs(a.deltaY) === Math.abs(b.deltaY);
