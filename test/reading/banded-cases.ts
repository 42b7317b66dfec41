/** What may be drawn, each with one attribute out of the ordinary, and what is right for it. */
import type { BandedFile, Elements } from './banded-file.ts';

export type BandedCase = BandedFile & {
  name: string;
  /** Centre and width of the window; the picture's own range where the file has none. */
  window?: readonly [number, number];
  slope?: number;
  intercept?: number;
  /** How high a pixel is for its width. */
  aspect?: number;
  /** Black and white change places. */
  isInverted?: boolean;
  /** A tool of DCMTK that writes the file anew, with its options. */
  encode?: readonly [string, ...string[]];
};

/** The grey of a stored value by PS3.3 C.11.1.1 and C.11.2.1.2.1. */
export function greyOf(
  stored: number,
  { window = [128, 256], slope = 1, intercept = 0, isInverted }: BandedCase,
): number[] {
  const value = stored * slope + intercept;
  const [center, width] = window;
  const from = center - 0.5;
  const share =
    value <= from - (width - 1) / 2 ? 0 : value > from + (width - 1) / 2 ? 1 : (value - from) / (width - 1) + 0.5;
  const grey = 255 * (isInverted ? 1 - share : share);
  return [grey, grey, grey];
}

const BANDS = 16;
const ramp = (from: number, to: number): number[] =>
  Array.from({ length: BANDS }, (_, at) => Math.round(from + ((to - from) * at) / (BANDS - 1)));
const windowed = (center: number | string, width: number | string): Elements => ({
  '00281050DS': center,
  '00281051DS': width,
});
const rescaled = (slope: number, intercept: number): Elements => ({ '00281052DS': intercept, '00281053DS': slope });
const signed: Elements = { '00280103US': 1 };
const sixteen: Elements = { '00280101US': 16, '00280102US': 15 };
const inverse: Elements = { '00280004CS': 'MONOCHROME1' };
const colours = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 0],
  [0, 255, 255],
  [255, 0, 255],
  [10, 20, 30],
  [200, 100, 50],
  [0, 0, 0],
  [255, 255, 255],
  [128, 128, 128],
  [99, 98, 97],
];
const full = { values: ramp(0, 4095), window: [2048, 4096] as const };
const fullElements = windowed(2048, 4096);
const signedFull = {
  values: ramp(-2048, 2047),
  window: [0, 4096] as const,
  elements: { ...windowed(0, 4096), ...signed },
};

export const bandedCases: readonly BandedCase[] = [
  { name: '12 bits', ...full, elements: fullElements },
  {
    name: '16 bits',
    values: ramp(0, 65_535),
    window: [32_768, 65_536],
    elements: { ...windowed(32_768, 65_536), ...sixteen },
  },
  { name: 'signed, 12 bits', ...signedFull },
  {
    name: 'signed, 16 bits',
    values: ramp(-32_768, 32_767),
    window: [0, 65_536],
    elements: { ...windowed(0, 65_536), ...signed, ...sixteen },
  },
  {
    name: 'signed, all values within a byte',
    values: ramp(-128, 127),
    window: [0, 256],
    elements: { ...windowed(0, 256), ...signed, ...sixteen },
  },
  {
    name: 'signed, 8 bits stored in 16',
    values: ramp(-128, 127),
    window: [0, 256],
    elements: { ...windowed(0, 256), ...signed, '00280101US': 8, '00280102US': 7 },
  },
  { name: '8 bits', bits: 8, values: ramp(0, 255), window: [100, 100], elements: windowed(100, 100) },
  {
    name: '7 bits',
    bits: 8,
    values: ramp(0, 127),
    window: [64, 128],
    elements: { ...windowed(64, 128), '00280101US': 7, '00280102US': 6 },
  },
  { name: 'no window, 8 bits', bits: 8, values: ramp(50, 100), window: [75.5, 51] },
  { name: 'no window, 12 bits', values: ramp(100, 3000), window: [1550.5, 2901] },
  { name: 'width 1', values: ramp(2041, 2056), window: [2048, 1], elements: windowed(2048, 1) },
  { name: 'width 1 between two values', values: ramp(2041, 2056), window: [2048.5, 1], elements: windowed(2048.5, 1) },
  { name: 'width 2', values: ramp(2041, 2056), window: [2048, 2], elements: windowed(2048, 2) },
  { name: 'width 1.5', values: ramp(2041, 2056), window: [2048, 1.5], elements: windowed(2048, 1.5) },
  {
    name: 'a window in fractions',
    values: ramp(0, 2047),
    window: [-670.805, 2061.635],
    intercept: -1024,
    elements: { ...windowed('-670.805', '2061.635'), ...rescaled(1, -1024) },
  },
  { name: 'a window in exponents', ...full, elements: windowed('2048.', '4.096E3') },
  {
    name: 'two windows: the first',
    values: ramp(0, 2047),
    window: [600, 500],
    elements: windowed('600\\1000', '500\\2000'),
  },
  { name: 'all values equal, no window', values: ramp(7, 7), window: [7.5, 1] },
  {
    name: 'slope 2',
    values: ramp(0, 4095),
    window: [3000, 8000],
    slope: 2,
    intercept: -1000,
    elements: { ...windowed(3000, 8000), ...rescaled(2, -1000) },
  },
  {
    name: 'slope 100',
    values: ramp(0, 4095),
    window: [150_000, 400_000],
    slope: 100,
    intercept: -50_000,
    elements: { ...windowed(150_000, 400_000), ...rescaled(100, -50_000) },
  },
  {
    name: 'slope 4000',
    values: ramp(0, 4095),
    window: [8_000_000, 16_000_000],
    slope: 4000,
    elements: { ...windowed(8_000_000, 16_000_000), ...rescaled(4000, 0) },
  },
  { name: 'MONOCHROME1', ...full, isInverted: true, elements: { ...fullElements, ...inverse } },
  {
    name: 'MONOCHROME1 with its shape',
    ...full,
    isInverted: true,
    elements: { ...fullElements, ...inverse, '20500020CS': 'INVERSE' },
  },
  {
    name: 'MONOCHROME2 with its shape',
    ...full,
    elements: { ...fullElements, '20500020CS': 'IDENTITY', '00281056CS': 'LINEAR' },
  },
  {
    name: 'padding below the window',
    values: [0, ...ramp(1100, 3000).slice(1)],
    window: [2000, 2000],
    elements: { ...windowed(2000, 2000), '00280120US': 0, '00280121US': 30 },
  },
  { name: 'colours', bits: 8, values: colours },
  { name: 'colours with a window, which is not theirs', bits: 8, values: colours, elements: windowed(50, 20) },
  { name: 'RLE', ...full, elements: fullElements, encode: ['dcmcrle'] },
  { name: 'RLE, signed', ...signedFull, encode: ['dcmcrle'] },
  { name: 'RLE, colours', bits: 8, values: colours, encode: ['dcmcrle'] },
  { name: 'JPEG-LS', ...full, elements: fullElements, encode: ['dcmcjpls'] },
  { name: 'JPEG-LS, signed', ...signedFull, encode: ['dcmcjpls'] },
  {
    name: 'JPEG-LS, 8 bits stored in 16',
    values: ramp(0, 255),
    window: [128, 256],
    elements: { ...windowed(128, 256), '00280101US': 8, '00280102US': 7 },
    encode: ['dcmcjpls'],
  },
  { name: 'JPEG-LS near lossless', ...full, elements: fullElements, encode: ['dcmcjpls', '+en'] },
  { name: 'JPEG-LS, colours by line', bits: 8, values: colours, encode: ['dcmcjpls', '+il'] },
  { name: 'JPEG-LS, colours by sample', bits: 8, values: colours, encode: ['dcmcjpls', '+is'] },
  { name: 'JPEG lossless', ...full, elements: fullElements, encode: ['dcmcjpeg', '+e1'] },
  { name: 'JPEG lossless, signed', ...signedFull, encode: ['dcmcjpeg', '+e1', '+tl'] },
  {
    name: 'JPEG lossless, 8 bits',
    bits: 8,
    values: ramp(0, 255),
    elements: windowed(128, 256),
    encode: ['dcmcjpeg', '+e1'],
  },
  { name: 'numbers between blanks', ...full, elements: windowed(' 2048 ', '  4096 ') },
  {
    name: 'numbers filled up by zeros',
    ...full,
    elements: { '00281050DS': Buffer.from('2048'), '00281051DS': Buffer.from('4096\0\0') },
  },
  { name: 'pixels half as high as wide', ...full, elements: { ...fullElements, '00280030DS': '0.5\\1' }, aspect: 0.5 },
  { name: 'pixels twice as high as wide', ...full, elements: { ...fullElements, '00280030DS': '0.8\\0.4' }, aspect: 2 },
];
