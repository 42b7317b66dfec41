import { type InstanceHeader } from '../../shared/imaging/instance-header.ts';
import { parsePersonName } from '../../shared/imaging/pn.ts';
import { decodeText, parseCharacterSet } from '../dicom/dataset/character-set.ts';
import { decimalsOf, shortOf } from './number-values.ts';

/** Top-level elements that a header is made of (PS3.6). */
const fields = {
  specificCharacterSet: 0x00080005,
  sopClassUid: 0x00080016,
  sopInstanceUid: 0x00080018,
  studyDate: 0x00080020,
  seriesDate: 0x00080021,
  studyTime: 0x00080030,
  seriesTime: 0x00080031,
  accessionNumber: 0x00080050,
  modality: 0x00080060,
  manufacturer: 0x00080070,
  stationName: 0x00081010,
  studyDescription: 0x00081030,
  seriesDescription: 0x0008103e,
  patientName: 0x00100010,
  patientId: 0x00100020,
  patientBirthDate: 0x00100030,
  patientSex: 0x00100040,
  bodyPart: 0x00180015,
  frameTimeMs: 0x00181063,
  imagerPixelSpacing: 0x00181164,
  viewPosition: 0x00185101,
  studyInstanceUid: 0x0020000d,
  seriesInstanceUid: 0x0020000e,
  studyId: 0x00200010,
  seriesNumber: 0x00200011,
  instanceNumber: 0x00200013,
  imagePosition: 0x00200032,
  imageOrientation: 0x00200037,
  laterality: 0x00200060,
  imageLaterality: 0x00200062,
  samplesPerPixel: 0x00280002,
  photometricInterpretation: 0x00280004,
  planarConfiguration: 0x00280006,
  numberOfFrames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  pixelSpacing: 0x00280030,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  pixelRepresentation: 0x00280103,
  windowCenter: 0x00281050,
  windowWidth: 0x00281051,
  lossyCompressed: 0x00282110,
  documentMimeType: 0x00420012,
} as const;

const wanted = new Set<number>(Object.values(fields));
const textMax = 1024;

export function isHeaderTag(tag: number): boolean {
  return wanted.has(tag);
}

/** What the elements before the pixel data say; the pixel data itself is the caller's. */
export type ReadFields = Omit<InstanceHeader, 'hasPixelData' | 'pixelDataBytes' | 'drawing'>;

/**
 * Makes a header of raw values by tag. Texts are decoded here, in the object's own character set; a value of a wrong form counts as
 * absent (`drawing-fields.ts` says so where it matters for drawing).
 */
export function headerFromValues(values: ReadonlyMap<number, Uint8Array>, isLittleEndian: boolean): ReadFields {
  let shortened = false;
  const ascii = (tag: number): string => Buffer.from(values.get(tag) ?? []).toString('latin1');
  const keep = (text: string): string => {
    const plain = text.replace(/^[\s\0]+|[\s\0]+$/g, '');
    if (plain.length > textMax) shortened = true;
    return plain.slice(0, textMax);
  };
  const { set } = parseCharacterSet(ascii(fields.specificCharacterSet));
  const text = (tag: number): string => keep(decodeText(values.get(tag) ?? new Uint8Array(), set, 'text'));
  const code = (tag: number): string => keep(ascii(tag));
  const short = (tag: number): number | null => {
    const value = shortOf(values.get(tag), isLittleEndian);
    return value === 'malformed' ? null : value;
  };
  const decimals = (tag: number): number[] => {
    const numbers = decimalsOf(values.get(tag));
    return numbers === 'malformed' ? [] : numbers;
  };
  const whole = (tag: number): number | null => {
    const number = decimals(tag)[0];
    return number !== undefined && Number.isSafeInteger(number) ? number : null;
  };
  const frames = whole(fields.numberOfFrames);
  const name = parsePersonName(
    decodeText(values.get(fields.patientName) ?? new Uint8Array(), set, 'name').split('\\')[0] ?? '',
  );

  const header: ReadFields = {
    specificCharacterSet: code(fields.specificCharacterSet),
    sopClassUid: code(fields.sopClassUid),
    sopInstanceUid: code(fields.sopInstanceUid),
    studyInstanceUid: code(fields.studyInstanceUid),
    seriesInstanceUid: code(fields.seriesInstanceUid),
    accessionNumber: text(fields.accessionNumber),
    modality: code(fields.modality),
    patientId: text(fields.patientId),
    patientName: {
      alphabetic: keep(name.alphabetic),
      ideographic: keep(name.ideographic),
      phonetic: keep(name.phonetic),
    },
    patientBirthDate: code(fields.patientBirthDate),
    patientSex: code(fields.patientSex),
    studyDate: code(fields.studyDate),
    studyTime: code(fields.studyTime),
    studyDescription: text(fields.studyDescription),
    studyId: text(fields.studyId),
    seriesDate: code(fields.seriesDate),
    seriesTime: code(fields.seriesTime),
    seriesDescription: text(fields.seriesDescription),
    seriesNumber: whole(fields.seriesNumber),
    instanceNumber: whole(fields.instanceNumber),
    manufacturer: text(fields.manufacturer),
    stationName: text(fields.stationName),
    bodyPart: code(fields.bodyPart),
    laterality: code(fields.imageLaterality) || code(fields.laterality),
    viewPosition: code(fields.viewPosition),
    rows: short(fields.rows),
    columns: short(fields.columns),
    numberOfFrames: frames !== null && frames >= 0 ? frames : null,
    frameTimeMs: decimals(fields.frameTimeMs)[0] ?? null,
    bitsAllocated: short(fields.bitsAllocated),
    bitsStored: short(fields.bitsStored),
    pixelRepresentation: short(fields.pixelRepresentation),
    samplesPerPixel: short(fields.samplesPerPixel),
    planarConfiguration: short(fields.planarConfiguration),
    photometricInterpretation: code(fields.photometricInterpretation),
    pixelSpacing: decimals(fields.pixelSpacing),
    imagerPixelSpacing: decimals(fields.imagerPixelSpacing),
    imagePosition: decimals(fields.imagePosition),
    imageOrientation: decimals(fields.imageOrientation),
    windowCenter: decimals(fields.windowCenter),
    windowWidth: decimals(fields.windowWidth),
    lossyCompressed: code(fields.lossyCompressed) === '01',
    documentMimeType: code(fields.documentMimeType),
    shortened: false,
  };
  return { ...header, shortened };
}
