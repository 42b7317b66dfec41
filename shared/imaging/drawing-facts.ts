import { z } from 'zod';

const text = z.string().max(1024);
const numbers = z.array(z.number()).max(16);
const whole = z.int().nonnegative();
const size = { rows: whole, columns: whole, precision: whole, components: whole };

/** What a compressed frame says of itself, by its own standard; the names are ours. */
export const streamSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('jpeg'),
    ...size,
    /** Marker of the frame header (ITU-T T.81 B.2.2): 0xC0 baseline, 0xC3 lossless. */
    process: whole,
    /** Selection value and point transform of the first scan; lossless alone gives them this meaning. */
    predictor: whole,
    pointTransform: whole,
    /** Components have unlike sampling. */
    subsampled: z.boolean(),
    /** Colour transform of the Adobe marker (0 none, 1 YCbCr); null without the marker. */
    adobeTransform: whole.nullable(),
    /** A JFIF marker, which makes decoders take three components for YCbCr. */
    jfif: z.boolean(),
    /** The components are named R, G and B, which makes decoders take them for colours where no marker says otherwise. */
    namedRgb: z.boolean(),
    /** Marks that a browser acts on and DICOM does not know: a camera's orientation (Exif) or a colour profile. */
    cameraMarks: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('jpegls'),
    ...size,
    /** Largest error of a sample; 0 is lossless. */
    near: whole,
    /** 0 component after component, 1 by line, 2 by sample. */
    interleave: whole,
    /** A colour transform that is no part of the standard (HP's). */
    colourTransform: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('jpeg2000'),
    ...size,
    signed: z.boolean(),
    subsampled: z.boolean(),
    /** Components are transformed together, so that three of them are colours only after decoding. */
    colourTransform: z.boolean(),
    reversible: z.boolean(),
    /** Part 15 (HTJ2K), which has transfer syntaxes of its own. */
    highThroughput: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('rle'),
    segments: whole,
    /** Bytes that each segment unpacks to; null where they differ or a segment is broken. */
    segmentBytes: whole.nullable(),
  }),
]);
export type Stream = z.infer<typeof streamSchema>;

/** Tables that change grey values and that the viewer does not apply. */
export const lookupTables = ['modality', 'voi', 'presentation', 'palette'] as const;

/**
 * What decides how stored values become grey and where pixels lie, as far as the object says it. Texts are empty where the object says
 * nothing, numbers null, lists empty.
 */
export const drawingFactsSchema = z.strictObject({
  highBit: whole.nullable(),
  rescaleSlope: z.number().nullable(),
  rescaleIntercept: z.number().nullable(),
  voiLutFunction: text,
  presentationLutShape: text,
  tables: z.array(z.enum(lookupTables)).max(lookupTables.length),
  /** Stored values that are no picture, from one to the other (PS3.3 C.7.5.1.1.2). */
  padding: z.strictObject({ from: z.int(), to: z.int() }).nullable(),
  pixelAspectRatio: numbers,
  nominalPixelSpacing: numbers,
  /** The object keeps scale and place of its frames in functional groups (enhanced objects). */
  functionalGroups: z.boolean(),
  /** Planes of graphics over the picture (groups 60xx). */
  overlays: whole,
  /** One of the elements that decide this is there twice, too long or in a form that can't be read. */
  unreadable: z.boolean(),
  /** Uncompressed pixel data goes on after the last frame, with something other than zeros. */
  longer: z.boolean(),
  /** Bits above the high bit that are set and are not the sign's; null where they were not looked for. */
  bitsAbove: z.boolean().nullable(),
  /** The compressed frames; null for uncompressed pixel data or none. */
  frames: z
    .strictObject({
      /** It is clear which bytes belong to which frame, and there are as many frames as the header says. */
      toldApart: z.boolean(),
      /** What the first says of itself; null where it says nothing that we know. */
      stream: streamSchema.nullable(),
      /** All others say the same. */
      alike: z.boolean(),
      /** Each ends as its kind of stream ends. */
      whole: z.boolean(),
      /** Bytes of a DICOM sequence delimiter inside one, which decoders stumble over. */
      delimiterInside: z.boolean(),
    })
    .nullable(),
});
export type DrawingFacts = z.infer<typeof drawingFactsSchema>;
