import type { DrawingFacts } from './drawing-facts.ts';
import type { InstanceHeader } from './instance-header.ts';
import type { NotDrawableReason } from './not-drawable-reason.ts';

/** Values are kept as 32-bit floating point where they exceed 16 bits: whole numbers up to here are exact. */
const EXACT_MAX = 2 ** 24;

/**
 * Why the stored values of an image are not drawn as grey (PS3.3 C.11.1, C.11.2); undefined where they are proven to be: a whole, positive
 * rescale and a linear window, or none of them. Proven by `test/reading/grey-values.test.ts`.
 */
export function valuesProblem(header: InstanceHeader, facts: DrawingFacts): NotDrawableReason | undefined {
  // The viewer turns activity into uptake, and dose by a scale of its own.
  if (header.modality === 'PT' || header.modality === 'RTDOSE') return 'quantity_not_proven';
  return tableProblem(header, facts) ?? rescaleProblem(header, facts) ?? windowProblem(header, facts);
}

function tableProblem(
  { photometricInterpretation, samplesPerPixel }: InstanceHeader,
  { tables, voiLutFunction, presentationLutShape }: DrawingFacts,
): NotDrawableReason | undefined {
  if (tables.includes('modality')) return 'modality_lut';
  if (tables.includes('voi')) return 'voi_lut';
  if (tables.includes('presentation')) return 'presentation_lut';
  if (samplesPerPixel !== 1) return undefined;
  if (tables.includes('palette')) return 'colour_not_proven';
  if (voiLutFunction !== '' && voiLutFunction !== 'LINEAR') return 'voi_lut_function';
  // The shape repeats what MONOCHROME1 and MONOCHROME2 say (C.8.11.3.1.2); one that contradicts leaves open which is black.
  const shape = photometricInterpretation === 'MONOCHROME1' ? 'INVERSE' : 'IDENTITY';
  return presentationLutShape === '' || presentationLutShape === shape ? undefined : 'presentation_lut';
}

function rescaleProblem(
  { bitsStored, samplesPerPixel }: InstanceHeader,
  { rescaleSlope, rescaleIntercept }: DrawingFacts,
): NotDrawableReason | undefined {
  if (rescaleSlope === null && rescaleIntercept === null) return undefined;
  if (rescaleSlope === null || rescaleIntercept === null) return 'rescale_incomplete';
  if (rescaleSlope <= 0) return 'rescale_negative';
  // On the processor's path the picture is black, on the graphics card's fractions are lost where both ends happen to be whole.
  if (!Number.isInteger(rescaleSlope) || !Number.isInteger(rescaleIntercept)) return 'rescale_fractional';
  const largest = rescaleSlope * 2 ** (bitsStored ?? 0) + Math.abs(rescaleIntercept);
  if (largest > EXACT_MAX) return 'rescale_too_large';
  return samplesPerPixel !== 1 && (rescaleSlope !== 1 || rescaleIntercept !== 0) ? 'colour_not_proven' : undefined;
}

/** The first window is drawn; the picture's own range where there is none. Colours are drawn as they are. */
function windowProblem(header: InstanceHeader, facts: DrawingFacts): NotDrawableReason | undefined {
  if (header.samplesPerPixel !== 1) return undefined;
  const [width] = header.windowWidth;
  const [center] = header.windowCenter;
  if (header.windowWidth.length !== header.windowCenter.length) return 'window_unusable';
  // C.11.2.1.2.1: the width of a linear window is at least 1.
  if (width !== undefined && width < 1) return 'window_unusable';
  if (facts.padding === null) return undefined;
  if (width === undefined || center === undefined) return 'padding_bright';
  const ends = [facts.padding.from, facts.padding.to].map(
    (stored) => stored * (facts.rescaleSlope ?? 1) + (facts.rescaleIntercept ?? 0),
  );
  const [lower, upper] = [center - 0.5 - (width - 1) / 2, center - 0.5 + (width - 1) / 2];
  const isBlack =
    header.photometricInterpretation === 'MONOCHROME1' ? Math.min(...ends) > upper : Math.max(...ends) <= lower;
  return isBlack ? undefined : 'padding_bright';
}
