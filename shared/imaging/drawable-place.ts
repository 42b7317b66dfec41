import type { DrawingFacts } from './drawing-facts.ts';
import type { InstanceHeader } from './instance-header.ts';
import type { NotDrawableReason } from './not-drawable-reason.ts';

/** Scanners write directions with few digits. */
const DIRECTION_TOLERANCE = 0.01;
/** A picture is in proportion where its two spacings differ by no more; lengths are promised to half a percent. */
const ASPECT_TOLERANCE = 0.005;

/** Why an image is not drawn for its shape or place; undefined where it is in proportion and says no impossible place. */
export function placeProblem(header: InstanceHeader, facts: DrawingFacts): NotDrawableReason | undefined {
  const spacings = [header.pixelSpacing, header.imagerPixelSpacing, facts.nominalPixelSpacing].filter(isSaid);
  if (!spacings.every(isPair)) return 'spacing_unusable';
  if (isSaid(facts.pixelAspectRatio) && !(isPair(facts.pixelAspectRatio) && aspectOf(facts.pixelAspectRatio) === 1))
    return 'pixel_aspect';
  // Pixel Spacing is drawn by; what the viewer does not draw by has to say that pixels are as high as wide, or the same.
  const drawn = isSaid(header.pixelSpacing) ? aspectOf(header.pixelSpacing) : 1;
  const others = isSaid(facts.pixelAspectRatio) ? [...spacings, facts.pixelAspectRatio] : spacings;
  if (others.some((one) => Math.abs(aspectOf(one) / drawn - 1) > ASPECT_TOLERANCE)) return 'pixel_aspect';
  const { imageOrientation, imagePosition } = header;
  if (isSaid(imageOrientation) && !isOrthonormal(imageOrientation)) return 'orientation_unusable';
  return isSaid(imagePosition) && imagePosition.length !== 3 ? 'orientation_unusable' : undefined;
}

const isSaid = (values: readonly number[]): boolean => values.length > 0;
const isPair = (values: readonly number[]): boolean => values.length === 2 && values.every((one) => one > 0);
const aspectOf = ([first = 1, second = 1]: readonly number[]): number => first / second;

/** Two directions of length 1 at right angles (PS3.3 C.7.6.2.1.1). */
function isOrthonormal(values: readonly number[]): boolean {
  if (values.length !== 6) return false;
  const [row, column] = [values.slice(0, 3), values.slice(3)];
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, one, axis) => sum + one * (b[axis] ?? 0), 0);
  return (
    Math.abs(product(row, row) - 1) <= DIRECTION_TOLERANCE &&
    Math.abs(product(column, column) - 1) <= DIRECTION_TOLERANCE &&
    Math.abs(product(row, column)) <= DIRECTION_TOLERANCE
  );
}
