import { expect, test } from 'vitest';
import { documentFonts } from '../../main/documents/fonts.ts';
import { createDocumentRenderer } from '../../shared/documents/layout/render.ts';
import type { DocumentNode } from '../../shared/documents/layout/definition.ts';
import { pdfText, pdfWords, type Word } from './pdf-tools.ts';

const renderer = createDocumentRenderer({ fonts: documentFonts() });
async function rendered(content: DocumentNode[]): Promise<Uint8Array> {
  const result = await renderer.render(
    { pageSize: 'A5', pageMargins: [30, 30, 30, 30], fontSize: 12, content },
    { title: 'order', createdAtUtc: '2026-11-21T00:00:00.000Z', lang: 'en' },
  );
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.bytes;
}
/** Words of a one-line document from left to right, as the ink stands. */
const leftToRight = (bytes: Uint8Array): string[] =>
  pdfWords(bytes)
    .toSorted((a: Word, b: Word) => a.xMin - b.xMin)
    .map((word) => word.text);

test.each([
  ['Name: \u2068محمد\u2069 (12) end', ['Name:', 'محمد', '(12)', 'end']],
  ['المريض محمد يوميا', ['يوميا', 'محمد', 'المريض']],
  ['الجرعة 100 ملغ Aspirin Forte يوميا', ['يوميا', 'Aspirin', 'Forte', 'ملغ', '100', 'الجرعة']],
  ['Dose: \u0661\u0664 mg, محمد', ['Dose:', '\u0661\u0664', 'mg,', 'محمد']],
  ['Иван 山田 이민준 Suharto', ['Иван', '山田', '이민준', 'Suharto']],
])('ink stands in the order of reading: %s', async (text, order) => {
  // poppler's boxes hold letters as drawn, from left to right: an Arabic word stands reversed.
  const drawn = order.map((word) =>
    /\p{L}/u.test(word) && /\p{Script=Arabic}/u.test(word) ? Array.from(word).reverse().join('') : word,
  );
  expect(leftToRight(await rendered([{ text }]))).toEqual(drawn);
});

test('a dose in Arabic-Indic digits is drawn as it was written', async () => {
  for (const dose of ['١٤', '٣٫٥', '۱۴']) {
    const drawn = await rendered([{ text: `Dose ${dose} mg` }]);
    const reversed = await rendered([{ text: `Dose ${Array.from(dose).reverse().join('')} mg` }]);
    expect(pdfText(drawn)).toContain(dose);
    expect(Buffer.from(drawn).equals(Buffer.from(reversed))).toBe(false);
  }
});

test('an Arabic paragraph over several lines begins on the right and keeps its lines in order', async () => {
  const words = Array.from({ length: 60 }, (_, index) => `كلمة${index}x`);
  const bytes = await rendered([{ text: words.join(' ') }]);
  const seen = pdfWords(bytes);
  const rows = Map.groupBy(seen, (word) => Math.round(word.yMin / 4));
  const right = Math.max(...seen.map((word) => word.xMax));
  expect(right).toBeGreaterThan(385);
  expect(right).toBeLessThan(391);
  expect(rows.size).toBeGreaterThan(3);
  const inOrder = [...rows.entries()]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([, row]) => row.toSorted((a, b) => b.xMax - a.xMax));
  const numbers = inOrder.flatMap((word) => /\d+/.exec(word.text)?.map(Number) ?? []);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(numbers).toHaveLength(60);
});

test('a name without spaces longer than the line breaks and stays on the page', async () => {
  const bytes = await rendered([
    { text: 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4) },
    { text: 'عبدالرحمن'.repeat(20) },
  ]);
  expect(pdfWords(bytes).every((word) => word.xMin >= 29 && word.xMax <= 392)).toBe(true);
});

test('a local path or an address slipped into a definition is not read', async () => {
  const node = { image: '/etc/hostname', fit: [10, 10] } as unknown as DocumentNode;
  await expect(rendered([node])).rejects.toThrow();
});
