import type { Types } from '@cornerstonejs/core';
import { ObjectProblem } from './fetch-object.ts';
import { rangeOf, windowOf } from './window-level.ts';

type Decoded = Pick<
  Types.IImage,
  'color' | 'imageFrame' | 'maxPixelValue' | 'slope' | 'intercept' | 'windowWidth' | 'windowCenter'
>;

/**
 * Holds a decoded grey picture against its header: no unsigned value is larger than the bits stored allow. Encoders may write whole cells,
 * whose bits above the stored ones can hide an overlay; that is seen only here. Throws `ObjectProblem`.
 */
export function checkDecoded({ color, imageFrame, maxPixelValue, slope, intercept }: Decoded): void {
  const { bitsStored, pixelRepresentation } = imageFrame ?? {};
  if (color || pixelRepresentation !== 0) return;
  if (bitsStored === undefined || maxPixelValue > (2 ** bitsStored - 1) * slope + intercept)
    throw new ObjectProblem('not-as-said');
}

/** Gives a picture's own window a range that is not empty: by the first one it sees, the graphics card's path draws for good. */
export function openWindow(image: Decoded): void {
  const { windowWidth: width, windowCenter: level } = image;
  if (typeof width !== 'number' || typeof level !== 'number') return;
  const open = windowOf(rangeOf({ width, level }));
  image.windowWidth = open.width;
  image.windowCenter = open.level;
}
