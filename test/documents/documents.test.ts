import { afterAll, describe, expect, test } from 'vitest';
import { createDocumentMaker } from '../../main/documents/document-maker.ts';
import type { DocumentLanguage } from '../../shared/documents/labels/labels.ts';
import type { DocumentKind } from '../../shared/documents/templates.ts';
import { pdfFonts, pdfPageCount, pdfText } from './pdf-tools.ts';
import * as samples from './samples.ts';

const maker = createDocumentMaker();
afterAll(() => maker.close());

async function made(
  kind: DocumentKind,
  data: unknown,
  lang: DocumentLanguage = 'en',
): Promise<{ bytes: Uint8Array; sha256: string; text: string }> {
  const result = await maker.make(kind, data, lang);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { ...result, text: pdfText(result.bytes) };
}
const containsAll = (text: string, parts: readonly string[]): string[] => parts.filter((part) => !text.includes(part));

test('a report says who, what, when, by whom, with addenda and page numbers', async () => {
  const { text, bytes } = await made('report', samples.report);
  const wanted = [
    'Klinik Kemang',
    'Jl. Kemang Raya 8',
    '+62 21 555 0188',
    'Mohammed Al-Ali',
    'K-003982',
    '12 Feb 1964',
    '62 years',
    'CT head, plain',
    '21 Nov 2026 13:48 WIB',
    'K2-000871',
    'Dr Budi Santoso',
    'Clinical question',
    'Technique',
    'Findings',
    'Impression',
    '46.0 mm (2:27) long',
    '18 ± 6 HU',
    '2:25 Brain',
    'Dr Made Aryana, Sp.Rad',
    'SIP 446/2024',
    'Finalized 21 Nov 2026 14:05 WIB',
    'Addendum',
    'Dr Sari Wulandari',
    '22 Nov 2026 01:20 WIB',
    'Page 1 of 2',
    'Page 2 of 2',
    'K2-000148',
    'Final',
  ];
  expect(containsAll(text, wanted)).toEqual([]);
  expect(text).toContain('محمد العلي');
  expect(pdfPageCount(bytes)).toBe(2);
});

test('a preliminary report says so and is not finalized', async () => {
  const { text } = await made(
    'report',
    { ...samples.report, head: { ...samples.report.head, status: 'preliminary' }, finalizedAtUtc: undefined },
    'id',
  );
  expect(containsAll(text, ['Sementara: belum ditandatangani', 'Belum disahkan', 'Halaman 1 dari 2'])).toEqual([]);
});

test('an invoice of 60 lines keeps its header row on every page and its sums at the end', async () => {
  const { text, bytes } = await made('invoice', samples.longInvoice(60));
  expect(pdfPageCount(bytes)).toBe(3);
  const pages = text.split('\f').slice(0, 3);
  expect(pages.every((page) => page.includes('Amount (IDR)'))).toBe(true);
  expect(containsAll(text, ['Fisioterapi sesi 1', 'Fisioterapi sesi 60', 'Rp 15.001.770', 'Page 3 of 3'])).toEqual([]);
});

test('a receipt names taxes, rounding, methods, change and refunds, in both languages', async () => {
  const { text, bytes } = await made('receipt', samples.receipt, 'id');
  const wanted = [
    'Kuitansi / Receipt',
    'K2-000148',
    'CT perut polos',
    'CT belly, plain',
    'PPN 11 % ditambahkan / added',
    '5.500',
    'setengah ke atas',
    'Rp 500',
    'Rp 2.165.500',
    'Debit BCA ··4417',
    '−1.500.000',
    'kembali / change 34.500',
    'K2-000149',
    'USB tidak terbaca',
    'Rp 0',
  ];
  expect(containsAll(text, wanted)).toEqual([]);
  expect(pdfPageCount(bytes)).toBeLessThanOrEqual(2);
});

test('day close, day list and downtime pack hold what the desk needs', async () => {
  const close = await made('dayClose', samples.dayClose, 'id');
  expect(
    containsAll(close.text, [
      'Tutup hari',
      'Rp 4.570.000',
      'Rp 4.565.000',
      '−Rp 5.000',
      'Rp 11.865.000',
      'Dewi Kusuma',
      '21 Nov 2026 18:05 WIB',
    ]),
  ).toEqual([]);
  const list = await made('dayList', samples.dayList);
  expect(list.text.indexOf('08:00–08:20')).toBeLessThan(list.text.indexOf('09:00–09:30'));
  const pack = await made('downtimePack', samples.downtimePack);
  expect(
    containsAll(pack.text, [
      'Today: Saturday 21 Nov 2026',
      'Tomorrow: Sunday 22 Nov 2026',
      '+62 812 5550 101',
      'Contrast media, Aspirin',
      'none known',
      'not asked',
      'not known on this station',
      '07:10 WIB',
    ]),
  ).toEqual([]);
});

test('the same input gives the same bytes, another thread too; another input other bytes', async () => {
  const other = createDocumentMaker();
  const first = await made('report', samples.report);
  const second = await other.make('report', samples.report, 'en');
  await other.close();
  expect(second).toMatchObject({ ok: true, sha256: first.sha256 });
  const changed = await made('report', { ...samples.report, patient: samples.mononym });
  expect(changed.sha256).not.toBe(first.sha256);
  const file = Buffer.from(first.bytes).toString('latin1');
  expect(file.includes('<xmp:CreateDate>2026-11-21T07:32:00Z')).toBe(true);
});

describe('names', () => {
  test.each([
    ['mononym', samples.mononym, 'Suharto', 'NotoSans-Bold'],
    ['Japanese', samples.japanesePatient, '山田 花子', 'NotoSansJP-Bold'],
    ['Korean with Han', samples.koreanPatient, '이민준 (李敏俊)', 'NotoSansKR-Bold'],
    ['Cyrillic', samples.cyrillicPatient, 'Иван Сергеевич Петров', 'NotoSans-Bold'],
    ['Arabic', samples.arabicPatient, 'محمد العلي', 'IBMPlexSansArabic-Bold'],
    [
      'very long',
      samples.longNamePatient,
      'bin Raden Ngabehi Poerbatjaraka Notonagoro Djojodiningrat',
      'NotoSans-Bold',
    ],
  ])('%s comes back whole, in a font that draws it', async (_, patient, name, font) => {
    const { text, bytes } = await made('receipt', { ...samples.receipt, patient, paper: 'A4' });
    expect(text).toContain(name);
    expect(pdfFonts(bytes)).toContain(font);
  });
});

test('a character without a glyph stops the print and is named with its place', async () => {
  const result = await maker.make(
    'invoice',
    { ...samples.invoice, patient: { ...samples.latinPatient, officialName: 'Ana 😀 ไทย' } },
    'en',
  );
  expect(result).toMatchObject({ ok: false, code: 'missing_glyphs' });
  if (!result.ok && result.code === 'missing_glyphs') {
    expect(result.missing).toContainEqual({ codePoint: 'U+1F600', block: 'patient' });
    expect(result.missing).toContainEqual({ codePoint: 'U+0E44', block: 'patient' });
  }
});

test('what is no picture, and what looks like a path or address, is never opened', async () => {
  const bytes = new TextEncoder().encode('http://127.0.0.1:9/x.png');
  const result = await maker.make('report', { ...samples.report, images: [{ bytes, caption: '' }] }, 'en');
  expect(result).toEqual({ ok: false, code: 'bad_image', blocks: ['images'] });
});

test('a picture broken after its first bytes fails with a code', async () => {
  const bytes = samples.gradientPng(8, 8).slice(0, 20);
  expect(await maker.make('report', { ...samples.report, images: [{ bytes, caption: '' }] }, 'en')).toMatchObject({
    ok: false,
  });
  expect(await maker.make('dayList', samples.dayList, 'en')).toMatchObject({ ok: true });
});

test('bad input is refused by place, without its value', async () => {
  const result = await maker.make(
    'report',
    { ...samples.report, patient: { ...samples.arabicPatient, recordNumber: '' } },
    'en',
  );
  expect(result).toEqual({
    ok: false,
    code: 'bad_input',
    problems: [{ at: 'patient.recordNumber', why: 'too_small' }],
  });
});

test('over the time limit the thread ends and the next document gets a fresh one; closed means closed', async () => {
  const hasty = createDocumentMaker({ timeLimitMs: 1 });
  expect(await hasty.make('report', samples.report, 'en')).toEqual({ ok: false, code: 'timed_out' });
  const waiting = [hasty.make('report', samples.report, 'en'), hasty.make('dayList', samples.dayList, 'en')];
  await hasty.close();
  expect((await Promise.all(waiting)).every((result) => !result.ok)).toBe(true);
  expect(await hasty.make('dayList', samples.dayList, 'en')).toEqual({ ok: false, code: 'closed' });
});
