import type { DrawingFacts } from '../../shared/imaging/drawing-facts.ts';
import { decimalsOf, shortOf } from './number-values.ts';

/** Elements that a picture is drawn by (PS3.6), beside those of the header. */
const words = { highBit: 0x00280102, paddingValue: 0x00280120, paddingLimit: 0x00280121 } as const;
const decimals = {
  pixelAspectRatio: 0x00280034,
  nominalPixelSpacing: 0x00182010,
  rescaleIntercept: 0x00281052,
  rescaleSlope: 0x00281053,
} as const;
const codes = { voiLutFunction: 0x00281056, presentationLutShape: 0x20500020 } as const;
const sequences = { modality: 0x00283000, voi: 0x00283010, presentation: 0x20500010 } as const;
/** Descriptor and data, whole or in segments, of the red table. */
const palettes = [0x00281101, 0x00281201, 0x00281221];
const functionalGroups = [0x52009229, 0x52009230];
/** Floating point, double and whole numbers: there is one of them, and it stands last. */
const pixelData = [0x7fe00008, 0x7fe00009, 0x7fe00010];

/** Those of the header that a picture is drawn by: words, decimals and texts. */
const headerWords = [0x00280002, 0x00280006, 0x00280010, 0x00280011, 0x00280100, 0x00280101, 0x00280103];
const numberOfFrames = 0x00280008;
const single = [decimals.rescaleIntercept, decimals.rescaleSlope, numberOfFrames];
const headerDecimals = [numberOfFrames, 0x00181164, 0x00200032, 0x00200037, 0x00280030, 0x00281050, 0x00281051];
const headerCodes = [0x00080060, 0x00280004];
const pixelRepresentation = 0x00280103;

const decisiveWords = [...Object.values(words), ...headerWords];
const decisiveDecimals = [...Object.values(decimals), ...headerDecimals];
/** Of these it matters alone that they are there. */
const present = [...Object.values(sequences), ...palettes, ...functionalGroups];
const decisive = new Set<number>([
  ...decisiveWords,
  ...decisiveDecimals,
  ...Object.values(codes),
  ...headerCodes,
  ...present,
  ...pixelData,
]);

/** A sequence of undefined length that holds nothing still has its end marker. */
const emptySequenceBytes = 8;
const overlayRows = 0x0010;

/** Overlay groups are the even ones from 6000 to 601E (PS3.5 7.6). */
const isOverlay = (tag: number): boolean => tag >= 0x60000000 && tag < 0x60200000 && (tag & 0x10000) === 0;

export const isDrawingTag = (tag: number): boolean =>
  decisive.has(tag) || (isOverlay(tag) && (tag & 0xffff) === overlayRows);

/** What an object's elements say, read once: values by tag, and the tags that stand twice or whose value was too long to keep. */
export type ReadElements = {
  values: ReadonlyMap<number, Uint8Array>;
  unsure: ReadonlySet<number>;
};

type Fields = Omit<DrawingFacts, 'longer' | 'bitsAbove' | 'frames'>;

/** The facts by which a picture is drawn, as far as its elements say them; nothing is guessed for what can't be read. */
export function drawingFields({ values, unsure }: ReadElements, isLittleEndian: boolean): Fields {
  const word = (tag: number) => shortOf(values.get(tag), isLittleEndian);
  const list = (tag: number) => decimalsOf(values.get(tag));
  const ascii = (tag: number): string => Buffer.from(values.get(tag) ?? []).toString('latin1');
  const code = (tag: number): string => ascii(tag).trim().slice(0, 1024);
  const isThere = (tag: number, emptyBytes: number): boolean =>
    unsure.has(tag) || (values.get(tag)?.length ?? 0) > emptyBytes;
  const hasItems = (tag: number): boolean => isThere(tag, emptySequenceBytes);
  const known = <T>(value: T | 'malformed', instead: T): T => (value === 'malformed' ? instead : value);

  const frames = list(numberOfFrames);
  const isCount = frames !== 'malformed' && frames.every((one) => Number.isSafeInteger(one) && one >= 1);
  const unreadable =
    [...unsure].some((tag) => decisive.has(tag) && !present.includes(tag)) ||
    decisiveWords.some((tag) => word(tag) === 'malformed') ||
    decisiveDecimals.some((tag) => list(tag) === 'malformed') ||
    single.some((tag) => list(tag).length > 1) ||
    // The viewer compares these letter by letter: filled up by a zero byte instead of a blank, it takes them for another word.
    [...headerCodes, ...Object.values(codes)].some((tag) => /[^ -~]/.test(ascii(tag))) ||
    !isCount;

  const isSigned = word(pixelRepresentation) === 1;
  const stored = (value: number): number => (isSigned && value > 0x7fff ? value - 0x10000 : value);
  const paddingValue = known(word(words.paddingValue), null);
  const paddingLimit = known(word(words.paddingLimit), null) ?? paddingValue;
  return {
    highBit: known(word(words.highBit), null),
    rescaleSlope: known(list(decimals.rescaleSlope), [])[0] ?? null,
    rescaleIntercept: known(list(decimals.rescaleIntercept), [])[0] ?? null,
    voiLutFunction: code(codes.voiLutFunction),
    presentationLutShape: code(codes.presentationLutShape),
    tables: [
      ...(['modality', 'voi', 'presentation'] as const).filter((name) => hasItems(sequences[name])),
      ...(palettes.some((tag) => isThere(tag, 0)) ? (['palette'] as const) : []),
    ],
    padding:
      paddingValue === null || paddingLimit === null ? null : { from: stored(paddingValue), to: stored(paddingLimit) },
    pixelAspectRatio: known(list(decimals.pixelAspectRatio), []),
    nominalPixelSpacing: known(list(decimals.nominalPixelSpacing), []),
    functionalGroups: functionalGroups.some(hasItems),
    overlays: [...values.keys()].filter((tag) => isOverlay(tag) && (known(word(tag), null) ?? 0) > 0).length,
    unreadable,
  };
}
