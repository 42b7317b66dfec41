import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { createGlyphCoverage, type FontPaths } from './glyphs.ts';
import { orderPieces, type Piece } from './line-order.ts';
import { paragraphRuns } from './runs.ts';
import { bidi, openSync } from './vendor.ts';

const { resolve } = createRequire(import.meta.url);
const face = (folder: string, name: string) => {
  const path = (style: string): string => resolve(`@expo-google-fonts/${folder}/${style}/${name}_${style}.ttf`);
  return { regular: path('400Regular'), bold: path('700Bold') };
};
const fonts: FontPaths = {
  latin: face('noto-sans', 'NotoSans'),
  arabic: face('ibm-plex-sans-arabic', 'IBMPlexSansArabic'),
  japanese: face('noto-sans-jp', 'NotoSansJP'),
  korean: face('noto-sans-kr', 'NotoSansKR'),
};
const coverage = createGlyphCoverage(fonts);
const arabicFont = openSync(fonts.arabic.regular);

/** What fontkit's own shaping does with the order of a drawn word, asked of fontkit itself. */
function drawn(piece: Piece): string {
  const characters = Array.from(piece.text);
  return (arabicFont.layout(piece.text).direction === 'rtl' ? characters.reverse() : characters).join('');
}

/** One line through runs, pdfmake-like word cuts, and our order; as a reader sees it from left to right. */
function visual(text: string, direction?: 'ltr' | 'rtl'): string {
  const { runs } = paragraphRuns([{ text }], { coverage, ...(direction && { direction }) });
  const pieces = runs.flatMap(({ text: run, ...place }) =>
    (run.match(/\S+\s*|\s+/g) ?? []).map(
      (word): Piece => ({ text: word, width: 1, x: 0, trailingCut: 0, ...place, font: { font: arabicFont } }),
    ),
  );
  return orderPieces(pieces).map(drawn).join('');
}

/** UAX 9 as bidi-js has it, without the controls. */
function expected(text: string, direction?: 'ltr' | 'rtl'): string {
  const trimmed = text.replace(/[\s\u2066-\u2069\u200e\u200f]+$/u, '');
  const full = bidi.getReorderedString(trimmed, bidi.getEmbeddingLevels(trimmed, direction));
  return full.replace(/[\u2066-\u2069\u200e\u200f]/g, '');
}

const PARTS = [
  'محمد',
  'العلي',
  'ليلى',
  'Aspirin',
  'mg',
  'Петров',
  '山田',
  '이민준',
  '12',
  '3.5',
  '2026-11-21',
  '14:32',
  '50%',
  '١٤',
  '٣٫٥',
  '۱۴',
  '(',
  ')',
  '[',
  ']',
  '،',
  '؟',
  '.',
  ',',
  ':',
  '-',
  '/',
  '+62',
  '«',
  '»',
  '<',
  '≥',
  '\u2068محمد\u2069',
  '\u2068Lee (12)\u2069',
];

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

test('2,000 seeded mixes come out in the order of UAX 9', () => {
  const random = seeded(20_261_121);
  const directions = [undefined, 'ltr', 'rtl'] as const;
  let rightToLeft = 0;
  for (let round = 0; round < 2_000; round++) {
    const length = 1 + Math.floor(random() * 9);
    let text = '';
    for (let part = 0; part < length; part++) {
      const glue = random();
      text += (PARTS[Math.floor(random() * PARTS.length)] ?? '') + (glue < 0.6 ? ' ' : glue < 0.65 ? '  ' : '');
    }
    const direction = directions[Math.floor(random() * 3)];
    const want = expected(text, direction);
    const seen = visual(text, direction).trimEnd();
    if (seen !== want.trimEnd()) expect({ text, direction, seen }).toEqual({ text, direction, seen: want.trimEnd() });
    if (want !== text.trimEnd()) rightToLeft++;
  }
  expect(rightToLeft).toBeGreaterThan(800);
});

test.each([
  ['digits keep their order in a dose', 'Dose ١٤ mg', 'Dose ١٤ mg'],
  ['digits alone', '١٤', '١٤'],
  ['a decimal', '٣٫٥', '٣٫٥'],
  ['an isolated name keeps the number on its side', 'Name: \u2068محمد\u2069 (12)', 'Name: دمحم (12)'],
  ['a bare name pulls it over, as UAX 9 says', 'Name: محمد (12)', 'Name: (12) دمحم'],
  ['brackets in Arabic are mirrored', 'محمد (مرتين)', '(نيترم) دمحم'],
])('%s', (_, text, seen) => {
  expect(visual(text)).toBe(seen);
});
