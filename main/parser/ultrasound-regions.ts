import type { UltrasoundRegion } from '../../shared/imaging/ultrasound-regions.ts';
import { ULTRASOUND_REGIONS_MAX } from '../../shared/imaging/ultrasound-regions.ts';
import { type Encoding, sequenceItems, walkElements } from './walk-elements.ts';

/** Sequence of Ultrasound Regions (PS3.6). */
export const ultrasoundRegionsTag = 0x00186011;

const unsigned32 = { minX: 0x00186018, minY: 0x0018601a, maxX: 0x0018601c, maxY: 0x0018601e } as const;
const unsigned16 = { unitsX: 0x00186024, unitsY: 0x00186026 } as const;
const doubles = { deltaX: 0x0018602c, deltaY: 0x0018602e } as const;
const wanted = new Set<number>([unsigned32, unsigned16, doubles].flatMap((fields) => Object.values(fields)));

/** The regions of a sequence's raw value; one that is broken or lacks a field is left out, and none of a broken sequence. */
export function readUltrasoundRegions(sequence: Uint8Array, encoding: Encoding): UltrasoundRegion[] {
  const regions: UltrasoundRegion[] = [];
  for (const item of sequenceItems(sequence, encoding).slice(0, ULTRASOUND_REGIONS_MAX)) {
    const values = new Map<number, DataView>();
    walkElements(
      item,
      encoding,
      (tag) => wanted.has(tag),
      ({ tag, bytes }) => values.set(tag, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    );
    const region = regionOf(values, encoding.isLittleEndian);
    if (region) regions.push(region);
  }
  return regions;
}

function regionOf(values: ReadonlyMap<number, DataView>, isLittleEndian: boolean): UltrasoundRegion | undefined {
  const read = (tag: number, bytes: number, get: (view: DataView) => number): number => {
    const view = values.get(tag);
    return view?.byteLength === bytes ? get(view) : Number.NaN;
  };
  const long = (tag: number): number => read(tag, 4, (view) => view.getUint32(0, isLittleEndian));
  const short = (tag: number): number => read(tag, 2, (view) => view.getUint16(0, isLittleEndian));
  const double = (tag: number): number => read(tag, 8, (view) => view.getFloat64(0, isLittleEndian));
  const region = {
    minX: long(unsigned32.minX),
    minY: long(unsigned32.minY),
    maxX: long(unsigned32.maxX),
    maxY: long(unsigned32.maxY),
    unitsX: short(unsigned16.unitsX),
    unitsY: short(unsigned16.unitsY),
    deltaX: double(doubles.deltaX),
    deltaY: double(doubles.deltaY),
  };
  return Object.values(region).every(Number.isFinite) ? region : undefined;
}
