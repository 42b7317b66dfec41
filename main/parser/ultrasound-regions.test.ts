import { expect, test } from 'vitest';
import { readUltrasoundRegions } from './ultrasound-regions.ts';

const region = { minX: 184, minY: 75, maxX: 799, maxY: 554, unitsX: 3, unitsY: 3, deltaX: 0.00616, deltaY: -0.00616 };
type Form = { isExplicit: boolean; isLittleEndian: boolean };
const forms: Form[] = [
  { isExplicit: true, isLittleEndian: true },
  { isExplicit: false, isLittleEndian: true },
  { isExplicit: true, isLittleEndian: false },
];

function numberBytes(value: number, vr: string, little: boolean): Buffer {
  const bytes = Buffer.alloc(vr === 'FD' ? 8 : vr === 'UL' ? 4 : 2);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (vr === 'FD') view.setFloat64(0, value, little);
  else if (vr === 'UL') view.setUint32(0, value, little);
  else view.setUint16(0, value, little);
  return bytes;
}

function tagBytes(tag: number, little: boolean): Buffer {
  return Buffer.concat([numberBytes(tag >>> 16, 'US', little), numberBytes(tag & 0xffff, 'US', little)]);
}

function element(tag: number, vr: string, value: number, { isExplicit, isLittleEndian }: Form): Buffer {
  const bytes = numberBytes(value, vr, isLittleEndian);
  const head = isExplicit
    ? [Buffer.from(vr), numberBytes(bytes.length, 'US', isLittleEndian)]
    : [numberBytes(bytes.length, 'UL', isLittleEndian)];
  return Buffer.concat([tagBytes(tag, isLittleEndian), ...head, bytes]);
}

function item(form: Form, isOpen: boolean, of: Partial<typeof region> = region): Buffer {
  const fields: Array<[number, string, number | undefined]> = [
    [0x00186012, 'US', 1],
    [0x00186018, 'UL', of.minX],
    [0x0018601a, 'UL', of.minY],
    [0x0018601c, 'UL', of.maxX],
    [0x0018601e, 'UL', of.maxY],
    [0x00186024, 'US', of.unitsX],
    [0x00186026, 'US', of.unitsY],
    [0x0018602c, 'FD', of.deltaX],
    [0x0018602e, 'FD', of.deltaY],
  ];
  const content = Buffer.concat(
    fields.flatMap(([tag, vr, value]) => (value === undefined ? [] : [element(tag, vr, value, form)])),
  );
  const little = form.isLittleEndian;
  const start = tagBytes(0xfffee000, little);
  if (!isOpen) return Buffer.concat([start, numberBytes(content.length, 'UL', little), content]);
  const end = Buffer.concat([tagBytes(0xfffee00d, little), numberBytes(0, 'UL', little)]);
  return Buffer.concat([start, numberBytes(0xffffffff, 'UL', little), content, end]);
}

test.each(forms)('items of either length are read: %o', (form) => {
  const other = { ...region, minX: 0, maxX: 10 };
  const end = Buffer.concat([tagBytes(0xfffee0dd, form.isLittleEndian), numberBytes(0, 'UL', form.isLittleEndian)]);
  const sequence = Buffer.concat([item(form, true), item(form, false, other), end]);
  expect(readUltrasoundRegions(sequence, form)).toEqual([region, other]);
});

test('a region that lacks a field or is no number is left out; a broken or cut sequence gives none', () => {
  const form = { isExplicit: true, isLittleEndian: true };
  const { deltaY: _left, ...lacking } = region;
  const odd = item(form, false, { ...region, deltaX: Number.NaN });
  expect(readUltrasoundRegions(Buffer.concat([item(form, false, lacking), odd, item(form, true)]), form)).toEqual([
    region,
  ]);
  const whole = Buffer.concat([item(form, true), item(form, false)]);
  for (let at = 0; at < whole.length; at += 1) {
    const found = readUltrasoundRegions(whole.subarray(0, at), form);
    expect(found.length).toBeLessThanOrEqual(1);
  }
  expect(readUltrasoundRegions(Buffer.from('no items at all'), form)).toEqual([]);
});
