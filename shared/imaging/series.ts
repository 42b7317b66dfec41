/** How the objects of a study stand in its series, and what their numbering says of objects that never came. */
import type { Drawable } from './drawable.ts';
import { drawable } from './drawable.ts';
import type { InstanceHeader } from './instance-header.ts';
import type { Instance } from './schema.ts';

/** Verdict of a tile: as `drawable`, and `header_not_read` while the object was not parsed or could not be. */
export type TileVerdict = Drawable | { drawable: false; reason: 'header_not_read' };

/** What a viewport needs of a header; who the patient is comes from the record, never from the object. */
export type ImageFacts = Pick<
  InstanceHeader,
  | 'instanceNumber'
  | 'rows'
  | 'columns'
  | 'numberOfFrames'
  | 'frameTimeMs'
  | 'photometricInterpretation'
  | 'pixelSpacing'
  | 'imagerPixelSpacing'
  | 'ultrasoundRegions'
  | 'imagePosition'
  | 'imageOrientation'
  | 'windowCenter'
  | 'windowWidth'
  | 'lossyCompressed'
  | 'laterality'
  | 'viewPosition'
  | 'documentMimeType'
> & {
  /** Planes of graphics that the object has and the viewer does not draw. */
  overlays: number;
};

export type ShownInstance = {
  id: string;
  sopClassUid: string;
  transferSyntaxUid: string;
  bytes: number;
  receivedAtUtc: string;
  duplicate: boolean;
  header: ImageFacts | null;
  verdict: TileVerdict;
};

export type ShownSeries = {
  /** Empty for objects whose header was not read. */
  seriesInstanceUid: string;
  number: number | null;
  description: string;
  modality: string;
  bodyPart: string;
  instances: ShownInstance[];
  /** Instance numbers between the first and the last that are not here; null where the numbers say nothing. */
  missingNumbers: number[] | null;
};

const MAX_MISSING = 500;

function factsOf(header: InstanceHeader): ImageFacts {
  return {
    instanceNumber: header.instanceNumber,
    rows: header.rows,
    columns: header.columns,
    numberOfFrames: header.numberOfFrames,
    frameTimeMs: header.frameTimeMs,
    photometricInterpretation: header.photometricInterpretation,
    pixelSpacing: header.pixelSpacing,
    imagerPixelSpacing: header.imagerPixelSpacing,
    ...(header.ultrasoundRegions && { ultrasoundRegions: header.ultrasoundRegions }),
    imagePosition: header.imagePosition,
    imageOrientation: header.imageOrientation,
    windowCenter: header.windowCenter,
    windowWidth: header.windowWidth,
    lossyCompressed: header.lossyCompressed,
    laterality: header.laterality,
    viewPosition: header.viewPosition,
    documentMimeType: header.documentMimeType,
    overlays: header.drawing?.overlays ?? 0,
  };
}

function shown(instance: Instance): ShownInstance {
  const { header } = instance;
  return {
    id: instance.id,
    sopClassUid: instance.sopClassUid,
    transferSyntaxUid: instance.transferSyntaxUid,
    bytes: instance.datasetBytes,
    receivedAtUtc: instance.receivedAtUtc,
    duplicate: instance.duplicateOf !== null,
    header: header ? factsOf(header) : null,
    verdict: header ? drawable(header, instance.transferSyntaxUid) : { drawable: false, reason: 'header_not_read' },
  };
}

/**
 * Numbers that are missing between the lowest (at most 1) and the highest of a series. Null where numbers are absent, repeated
 * or so far apart that they are no count (a series of three numbered 1, 1001, 2001).
 */
export function missingInstanceNumbers(numbers: readonly (number | null)[]): number[] | null {
  const known = numbers.filter((one) => one !== null).toSorted((a, b) => a - b);
  if (known.length !== numbers.length || new Set(known).size !== known.length) return null;
  const first = Math.min(1, known[0] ?? 1);
  const last = known.at(-1) ?? 0;
  const missing = last - first + 1 - known.length;
  if ((missing > 0 && missing >= known.length) || missing > MAX_MISSING) return null;
  const here = new Set(known);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at).filter((one) => !here.has(one));
}

const byNumber = (a: ShownInstance, b: ShownInstance): number =>
  (a.header?.instanceNumber ?? Number.MAX_SAFE_INTEGER) - (b.header?.instanceNumber ?? Number.MAX_SAFE_INTEGER) ||
  a.receivedAtUtc.localeCompare(b.receivedAtUtc) ||
  a.id.localeCompare(b.id);

/** The series of a study by series number, each with its objects by instance number; unread objects stand last. */
export function seriesOf(instances: readonly Instance[]): ShownSeries[] {
  const groups = Map.groupBy(instances, (one) => one.header?.seriesInstanceUid ?? '');
  const series = [...groups].map(([seriesInstanceUid, members]): ShownSeries => {
    const header = members.find((one) => one.header)?.header;
    const objects = members.map(shown).toSorted(byNumber);
    // An object that came twice with other bytes is marked, not counted.
    const counted = objects.filter((one) => !one.duplicate).map((one) => one.header?.instanceNumber ?? null);
    return {
      seriesInstanceUid,
      number: header?.seriesNumber ?? null,
      description: header?.seriesDescription ?? '',
      modality: header?.modality ?? '',
      bodyPart: header?.bodyPart ?? '',
      instances: objects,
      missingNumbers: header ? missingInstanceNumbers(counted) : null,
    };
  });
  const order = (one: ShownSeries): number => (one.seriesInstanceUid ? (one.number ?? 1e9) : 2e9);
  return series.toSorted((a, b) => order(a) - order(b) || a.seriesInstanceUid.localeCompare(b.seriesInstanceUid));
}
