import type { ImageFacts } from './series.ts';
import { regionSpacing } from './ultrasound-regions.ts';

export type ImagePoint = { x: number; y: number };

/** `patient`: true millimetres. `detector`: as large as on the detector of a projection, so a little larger than the body's. */
export type LengthScale = 'patient' | 'detector' | 'none';
export type Length = { lengthPx: number; lengthTenthsMm: number | null; scale: LengthScale };

type Spacing = { rowMm: number; columnMm: number; scale: LengthScale } | undefined;

type ScaleFacts = Pick<ImageFacts, 'pixelSpacing' | 'imagerPixelSpacing' | 'ultrasoundRegions'>;

/**
 * Spacing along a line. Where an image has calibrated regions (ultrasound, PS3.3 C.8.5.5) they alone count; else Pixel Spacing
 * (0028,0030), else Imager Pixel Spacing (0018,1164) (PS3.3 10.7.1).
 */
function spacingOf(facts: ScaleFacts, from: ImagePoint, to: ImagePoint): Spacing {
  if (facts.ultrasoundRegions && facts.ultrasoundRegions.length > 0) {
    const inside = regionSpacing(facts.ultrasoundRegions, from, to);
    return inside && { ...inside, scale: 'patient' };
  }
  const candidates = [
    { scale: 'patient', values: facts.pixelSpacing },
    { scale: 'detector', values: facts.imagerPixelSpacing },
  ] as const;
  for (const { scale, values } of candidates) {
    const [rowMm = 0, columnMm = 0] = values;
    if (rowMm > 0 && columnMm > 0 && Number.isFinite(rowMm + columnMm)) return { rowMm, columnMm, scale };
  }
  return undefined;
}

/** The length of a line between two points in image pixels; in millimetres only where the image says how large a pixel is. */
export function measureLength(facts: ScaleFacts, from: ImagePoint, to: ImagePoint): Length {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const lengthPx = Math.hypot(dx, dy);
  const spacing = spacingOf(facts, from, to);
  if (!spacing) return { lengthPx, lengthTenthsMm: null, scale: 'none' };
  // The first value of a spacing is the distance between rows, so it belongs to y.
  const mm = Math.hypot(dx * spacing.columnMm, dy * spacing.rowMm);
  return { lengthPx, lengthTenthsMm: Math.round(mm * 10), scale: spacing.scale };
}
