import type { InstanceHeader } from './instance-header.ts';

/** Why an image is not drawn; the tile says it and offers the file. */
export type NotDrawableReason =
  | 'no_pixel_data'
  | 'header_incomplete'
  | 'pixel_data_cut'
  | 'transfer_syntax_not_proven'
  | 'bits_not_proven'
  | 'colour_not_proven'
  | 'sign_unknown'
  | 'sign_differs'
  | 'stream_unknown'
  | 'stream_differs'
  | 'stream_subsampled'
  | 'delimiter_inside_stream';

export type Drawable = { drawable: true } | { drawable: false; reason: NotDrawableReason };

type ProvenForm = {
  family: 'native' | 'rle' | 'jpegls' | 'jpeg2000' | 'jpegBaseline' | 'jpegLossless';
  /** Bits allocated that were proven, for grey and for colour pictures. */
  greyBits: readonly number[];
  colourBits: readonly number[];
  colours: readonly string[];
};

const native: ProvenForm = { family: 'native', greyBits: [8, 16], colourBits: [8], colours: ['RGB'] };
const jpegLs: ProvenForm = { family: 'jpegls', greyBits: [8, 16], colourBits: [8], colours: ['RGB'] };
const jpeg2000: ProvenForm = { family: 'jpeg2000', greyBits: [8, 16], colourBits: [8], colours: ['RGB', 'YBR_RCT'] };

/**
 * The forms that decode right, by transfer syntax UID: the rows of the viewer's decoding trial (reference/viewer-ui.md A6) that are
 * marked correct, and its ultrasound row. What is not here was wrong, failed or was not compared: 12-bit JPEG (…4.51), deflated, 1 and 32 bit,
 * palette, uncompressed YBR, colour over 8 bits, other lossless JPEG, HTJ2K. A row is added with a proof, never by hope.
 */
const provenForms: Record<string, ProvenForm> = {
  '1.2.840.10008.1.2': native,
  '1.2.840.10008.1.2.1': native,
  '1.2.840.10008.1.2.2': { family: 'native', greyBits: [16], colourBits: [], colours: [] },
  '1.2.840.10008.1.2.5': { family: 'rle', greyBits: [8, 16], colourBits: [8], colours: ['RGB'] },
  '1.2.840.10008.1.2.4.80': jpegLs,
  '1.2.840.10008.1.2.4.81': jpegLs,
  '1.2.840.10008.1.2.4.90': jpeg2000,
  '1.2.840.10008.1.2.4.91': jpeg2000,
  '1.2.840.10008.1.2.4.70': { family: 'jpegLossless', greyBits: [8, 16], colourBits: [], colours: [] },
  '1.2.840.10008.1.2.4.50': {
    family: 'jpegBaseline',
    greyBits: [],
    colourBits: [8],
    colours: ['YBR_FULL', 'YBR_FULL_422', 'RGB'],
  },
};

const no = (reason: NotDrawableReason): Drawable => ({ drawable: false, reason });

/**
 * Whether an image may be drawn: only where its form is proven to decode right; everything unknown is not drawn.
 * @param transferSyntaxUid the syntax the object was received in
 */
export function drawable(header: InstanceHeader, transferSyntaxUid: string): Drawable {
  if (!header.hasPixelData) return no('no_pixel_data');
  const form = provenForms[transferSyntaxUid];
  if (form === undefined) return no('transfer_syntax_not_proven');
  const { rows, columns, bitsAllocated, bitsStored, samplesPerPixel, pixelRepresentation } = header;
  if (!rows || !columns || !bitsAllocated || !bitsStored || !samplesPerPixel || pixelRepresentation === null) {
    return no('header_incomplete');
  }
  if (bitsStored > bitsAllocated || pixelRepresentation > 1 || header.numberOfFrames === 0)
    return no('header_incomplete');

  const photometric = header.photometricInterpretation;
  const isGrey = samplesPerPixel === 1 && (photometric === 'MONOCHROME1' || photometric === 'MONOCHROME2');
  if (!isGrey && (samplesPerPixel !== 3 || !form.colours.includes(photometric))) return no('colour_not_proven');
  if (!(isGrey ? form.greyBits : form.colourBits).includes(bitsAllocated)) {
    // A syntax that was proven for colour alone says so, whatever the bits.
    return no(isGrey && form.greyBits.length === 0 ? 'colour_not_proven' : 'bits_not_proven');
  }
  if (form.family === 'native') {
    if (!isGrey && header.planarConfiguration !== 0) return no('colour_not_proven');
    const neededBytes = rows * columns * samplesPerPixel * (bitsAllocated / 8) * (header.numberOfFrames ?? 1);
    if ((header.pixelDataBytes ?? 0) < neededBytes) return no('pixel_data_cut');
  }
  if (form.family === 'jpeg2000') return jpeg2000Drawable(header);
  if (form.family === 'jpegBaseline') return jpegDrawable(header);
  return { drawable: true };
}

/** The decoder goes by the stream's sign, the viewer by the header's: unlike signs give 0..65535 for −2000..1896. */
function jpeg2000Drawable({ codestream, pixelRepresentation, samplesPerPixel }: InstanceHeader): Drawable {
  if (codestream?.kind !== 'jpeg2000' || codestream.signed === null) return no('sign_unknown');
  if (codestream.signed !== (pixelRepresentation === 1)) return no('sign_differs');
  if (codestream.components !== samplesPerPixel) return no('stream_differs');
  if (codestream.subsampled !== false) return no('stream_subsampled');
  if (codestream.delimiterInside === true) return no('delimiter_inside_stream');
  return { drawable: true };
}

/** Decoders take three components for YCbCr unless an Adobe marker says otherwise: header and marker have to agree. */
function jpegDrawable({ codestream, photometricInterpretation, samplesPerPixel }: InstanceHeader): Drawable {
  if (codestream?.kind !== 'jpeg' || codestream.precision === null) return no('stream_unknown');
  if (codestream.precision !== 8 || codestream.components !== samplesPerPixel) return no('stream_differs');
  const isRgb = photometricInterpretation === 'RGB';
  if (isRgb ? codestream.adobeTransform !== 0 : codestream.adobeTransform === 0) return no('colour_not_proven');
  return { drawable: true };
}
