import { describe, expect, it } from 'vitest';
import { drawable } from './drawable.ts';
import type { CodestreamFacts, InstanceHeader } from './instance-header.ts';

const header: InstanceHeader = {
  specificCharacterSet: '',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  sopInstanceUid: '1.2.3',
  studyInstanceUid: '1.2',
  seriesInstanceUid: '1.2.1',
  accessionNumber: '',
  modality: 'CT',
  patientId: '',
  patientName: { alphabetic: '', ideographic: '', phonetic: '' },
  patientBirthDate: '',
  patientSex: '',
  studyDate: '',
  studyTime: '',
  studyDescription: '',
  studyId: '',
  seriesDate: '',
  seriesTime: '',
  seriesDescription: '',
  seriesNumber: 1,
  instanceNumber: 1,
  manufacturer: '',
  stationName: '',
  bodyPart: '',
  laterality: '',
  viewPosition: '',
  rows: 512,
  columns: 512,
  numberOfFrames: null,
  frameTimeMs: null,
  bitsAllocated: 16,
  bitsStored: 12,
  pixelRepresentation: 1,
  samplesPerPixel: 1,
  planarConfiguration: null,
  photometricInterpretation: 'MONOCHROME2',
  pixelSpacing: [],
  imagerPixelSpacing: [],
  imagePosition: [],
  imageOrientation: [],
  windowCenter: [],
  windowWidth: [],
  lossyCompressed: false,
  hasPixelData: true,
  codestream: null,
  documentMimeType: '',
  shortened: false,
};
const rgb = {
  samplesPerPixel: 3,
  photometricInterpretation: 'RGB',
  bitsAllocated: 8,
  bitsStored: 8,
  pixelRepresentation: 0,
  planarConfiguration: 0,
};
const ybr = { ...rgb, photometricInterpretation: 'YBR_FULL_422' };
const j2k: CodestreamFacts = {
  kind: 'jpeg2000',
  precision: 12,
  components: 1,
  signed: true,
  subsampled: false,
  adobeTransform: null,
  delimiterInside: false,
};
const jpeg: CodestreamFacts = {
  kind: 'jpeg',
  precision: 8,
  components: 3,
  signed: null,
  subsampled: true,
  adobeTransform: null,
  delimiterInside: null,
};
const verdict = (syntax: string, change: Partial<InstanceHeader> = {}): string => {
  const result = drawable({ ...header, ...change }, `1.2.840.10008.1.2${syntax}`);
  return result.drawable ? 'drawn' : result.reason;
};

describe('drawable', () => {
  it.each<[string, Partial<InstanceHeader>]>([
    ['', {}],
    ['.1', rgb],
    ['.2', {}],
    ['.5', {}],
    ['.5', rgb],
    ['.4.80', {}],
    ['.4.81', rgb],
    ['.4.70', { photometricInterpretation: 'MONOCHROME1' }],
    ['.4.90', { codestream: j2k }],
    ['.4.91', { ...rgb, photometricInterpretation: 'YBR_RCT', codestream: { ...j2k, components: 3, signed: false } }],
    ['.4.50', { ...ybr, codestream: jpeg, numberOfFrames: 60 }],
    ['.4.50', { ...rgb, codestream: { ...jpeg, adobeTransform: 0 } }],
  ])('draws %s', (syntax, change) => expect(verdict(syntax, change)).toBe('drawn'));

  it.each<[string, Partial<InstanceHeader>, string]>([
    ['.1', { hasPixelData: false }, 'no_pixel_data'],
    ['.1', { rows: null }, 'header_incomplete'],
    ['.1', { bitsStored: 20 }, 'header_incomplete'],
    ['.4.51', { codestream: jpeg }, 'transfer_syntax_not_proven'],
    ['.4.57', {}, 'transfer_syntax_not_proven'],
    ['.4.201', {}, 'transfer_syntax_not_proven'],
    ['.1.99', {}, 'transfer_syntax_not_proven'],
    ['.1', { bitsAllocated: 32 }, 'bits_not_proven'],
    ['.1', { bitsAllocated: 1, bitsStored: 1 }, 'bits_not_proven'],
    ['.2', { bitsAllocated: 8, bitsStored: 8 }, 'bits_not_proven'],
    ['.5', { ...rgb, bitsAllocated: 16 }, 'bits_not_proven'],
    ['.1', { photometricInterpretation: 'PALETTE COLOR' }, 'colour_not_proven'],
    ['.1', ybr, 'colour_not_proven'],
    ['.1', { ...rgb, planarConfiguration: 1 }, 'colour_not_proven'],
    ['.4.70', rgb, 'colour_not_proven'],
    ['.4.90', {}, 'sign_unknown'],
    ['.4.90', { codestream: { ...j2k, signed: false } }, 'sign_differs'],
    ['.4.91', { pixelRepresentation: 0, codestream: j2k }, 'sign_differs'],
    ['.4.91', { codestream: { ...j2k, delimiterInside: true } }, 'delimiter_inside_stream'],
    ['.4.90', { codestream: { ...j2k, subsampled: true } }, 'stream_subsampled'],
    ['.4.50', ybr, 'stream_unknown'],
    ['.4.50', { ...ybr, codestream: { ...jpeg, precision: 12 } }, 'stream_differs'],
    ['.4.50', { ...rgb, codestream: jpeg }, 'colour_not_proven'],
    ['.4.50', { ...ybr, codestream: { ...jpeg, adobeTransform: 0 } }, 'colour_not_proven'],
  ])('does not draw %s %j: %s', (syntax, change, reason) => expect(verdict(syntax, change)).toBe(reason));
});
