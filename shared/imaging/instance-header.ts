import { z } from 'zod';
import { drawingFactsSchema } from './drawing-facts.ts';
import { ULTRASOUND_REGIONS_MAX, ultrasoundRegionSchema } from './ultrasound-regions.ts';

const text = z.string().max(1024);
const numbers = z.array(z.number()).max(16);
const whole = z.number().int().nonnegative().nullable();

/** Of headers read before decision 0025: what the first frame's stream says of itself. `drawing` has it for every frame. */
const codestreamSchema = z.strictObject({
  kind: z.enum(['jpeg', 'jpeg2000']),
  /** Bits of a sample. */
  precision: z.number().int().nullable(),
  components: z.number().int().nullable(),
  /** JPEG 2000: sign flag of the first component (SIZ marker, Ssiz). */
  signed: z.boolean().nullable(),
  /** True when components have unlike sampling. */
  subsampled: z.boolean().nullable(),
  /** JPEG: colour transform of the Adobe marker (0 none, 1 YCbCr); null without the marker. */
  adobeTransform: z.number().int().nullable(),
  /** JPEG 2000: bytes of a DICOM sequence delimiter inside, which decoders stumble over; null where not searched to the end. */
  delimiterInside: z.boolean().nullable(),
});

/**
 * What is read of a received object. Texts are empty where the object says nothing, numbers null, lists empty. Dates `YYYYMMDD`,
 * times as sent. All from outside: sizes are limited, nothing else is promised.
 */
export const instanceHeaderSchema = z.strictObject({
  specificCharacterSet: text,
  sopClassUid: text,
  sopInstanceUid: text,
  studyInstanceUid: text,
  seriesInstanceUid: text,
  accessionNumber: text,
  modality: text,
  patientId: text,
  patientName: z.strictObject({ alphabetic: text, ideographic: text, phonetic: text }),
  patientBirthDate: text,
  patientSex: text,
  studyDate: text,
  studyTime: text,
  studyDescription: text,
  studyId: text,
  seriesDate: text,
  seriesTime: text,
  seriesDescription: text,
  seriesNumber: z.number().int().nullable(),
  instanceNumber: z.number().int().nullable(),
  manufacturer: text,
  stationName: text,
  bodyPart: text,
  laterality: text,
  viewPosition: text,
  rows: whole,
  columns: whole,
  numberOfFrames: whole,
  frameTimeMs: z.number().nullable(),
  bitsAllocated: whole,
  bitsStored: whole,
  pixelRepresentation: whole,
  samplesPerPixel: whole,
  planarConfiguration: whole,
  photometricInterpretation: text,
  /** Millimetres between rows, between columns (PS3.3 10.7.1.3). */
  pixelSpacing: numbers,
  imagerPixelSpacing: numbers,
  /** Calibrated regions of an ultrasound image; absent where the object has none. */
  ultrasoundRegions: z.array(ultrasoundRegionSchema).max(ULTRASOUND_REGIONS_MAX).optional(),
  imagePosition: numbers,
  imageOrientation: numbers,
  windowCenter: numbers,
  windowWidth: numbers,
  /** True when the object says that it was once compressed with loss, (0028,2110). */
  lossyCompressed: z.boolean(),
  hasPixelData: z.boolean(),
  /** Bytes of uncompressed pixel data that are really there; null for compressed or none. */
  pixelDataBytes: whole,
  codestream: codestreamSchema.nullable().optional(),
  /** Absent in headers read before decision 0025: nothing is known then, and nothing is drawn. */
  drawing: drawingFactsSchema.optional(),
  /** MIME type of an encapsulated document (0042,0012), empty if there is none. */
  documentMimeType: text,
  /** A text was longer than we keep and was shortened. */
  shortened: z.boolean(),
});

export type InstanceHeader = z.infer<typeof instanceHeaderSchema>;
