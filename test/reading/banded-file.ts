/** Small DICOM files made by the tests: vertical bands of known stored values, one attribute out of the ordinary in each. */
import { part10Header } from '../../main/dicom/part10.ts';
import { element, words } from '../world/dicom-elements.ts';

export const BAND_COLUMNS = 16;
export const BAND_ROWS = 192;

type Value = number | string | Uint8Array;
/** `ggggeeee` and VR, to its value: a word for US, text for the rest. */
export type Elements = Readonly<Record<string, Value>>;

export type BandedFile = {
  /** Stored value of each band; three values a pixel for a colour picture. */
  values: readonly (number | readonly number[])[];
  bits?: 8 | 16;
  elements?: Elements;
};

function encode(name: string, value: Value): Buffer {
  const [tag, vr] = [name.slice(0, 8), name.slice(8)];
  if (value instanceof Uint8Array) return element(tag, vr, value);
  if (vr === 'US') return words(tag, Number(value));
  const text = String(value);
  return element(tag, vr, Buffer.from(text.length % 2 === 0 ? text : `${text}${vr === 'UI' ? '\0' : ' '}`, 'latin1'));
}

/** The dataset in Explicit VR Little Endian, elements in order. */
export function bandedDataset(file: BandedFile, serial: number): Buffer {
  const bits = file.bits ?? 16;
  const samples = typeof file.values[0] === 'object' ? 3 : 1;
  const row = file.values.flatMap((value) => {
    const pixel = typeof value === 'object' ? [...value] : [value];
    return Array.from({ length: BAND_COLUMNS }, () => pixel).flat();
  });
  const pixels = Buffer.alloc(row.length * BAND_ROWS * (bits / 8));
  for (let y = 0; y < BAND_ROWS; y++)
    for (const [x, value] of row.entries())
      if (bits === 16) pixels.writeUInt16LE(value & 0xffff, (y * row.length + x) * 2);
      else pixels[y * row.length + x] = value & 0xff;
  const all: Elements = {
    '00080016UI': '1.2.840.10008.5.1.4.1.1.7',
    '00080018UI': `1.2.826.0.1.3680043.9999.1.${serial}`,
    '00080060CS': 'OT',
    '0020000dUI': '1.2.826.0.1.3680043.9999.2',
    '0020000eUI': `1.2.826.0.1.3680043.9999.3.${serial}`,
    '00200011IS': serial,
    '00200013IS': 1,
    '00280002US': samples,
    '00280004CS': samples === 3 ? 'RGB' : 'MONOCHROME2',
    ...(samples === 3 && { '00280006US': 0 }),
    '00280010US': BAND_ROWS,
    '00280011US': file.values.length * BAND_COLUMNS,
    '00280100US': bits,
    '00280101US': bits === 16 ? 12 : 8,
    '00280102US': bits === 16 ? 11 : 7,
    '00280103US': 0,
    ...file.elements,
    [bits === 16 ? '7fe00010OW' : '7fe00010OB']: pixels,
  };
  const inOrder = Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat(inOrder.map(([name, value]) => encode(name, value)));
}

/** The file as it would lie on a disc. */
export function bandedFile(file: BandedFile, serial: number): Buffer {
  const header = part10Header({
    sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
    sopInstanceUid: `1.2.826.0.1.3680043.9999.1.${serial}`,
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    callingAeTitle: 'TEST',
  });
  return Buffer.concat([header, bandedDataset(file, serial)]);
}
