import { expect, test } from 'vitest';
import type { GlyphCoverage } from './glyphs.ts';
import { paragraphRuns, splitParagraphs } from './runs.ts';

/** A coverage that draws everything but emoji in the font that was asked for. */
const coverage: GlyphCoverage = { familyFor: (codePoint, preferred) => (codePoint > 0x1f000 ? undefined : preferred) };
const fontsOf = (text: string, han?: 'korean' | 'japanese') =>
  paragraphRuns([{ text }], { coverage, ...(han && { han }) }).runs.map(({ text: run, font }) => [run, font]);

test('each script gets its font, Han the shape of its neighbours', () => {
  expect(fontsOf('Lee 이민준 (李)')).toEqual([
    ['Lee ', 'latin'],
    ['이민준 ', 'korean'],
    ['(', 'latin'],
    ['李', 'korean'],
    [')', 'latin'],
  ]);
  expect(fontsOf('山田')).toEqual([['山田', 'japanese']]);
  expect(fontsOf('山田', 'korean')).toEqual([['山田', 'korean']]);
});

test('a combining mark stays with its letter', () => {
  expect(fontsOf('q\u0323x')).toEqual([['q\u0323x', 'latin']]);
  expect(fontsOf('بَ')).toEqual([['بَ', 'arabic']]);
});

test('controls say their direction and are not printed; a non-joiner cuts', () => {
  expect(fontsOf('\u2068ab\u2069\u200b\ufeff')).toEqual([['ab', 'latin']]);
  expect(fontsOf('می\u200cخواهم')).toEqual([
    ['می', 'arabic'],
    ['خواهم', 'arabic'],
  ]);
});

test('a character without a glyph is named', () => {
  expect(paragraphRuns([{ text: 'a😀b' }], { coverage }).missing).toEqual([0x1f600]);
});

test('styles of spans survive and cut runs', () => {
  const { runs } = paragraphRuns([{ text: 'a' }, { text: 'b', bold: true }], { coverage });
  expect(runs).toMatchObject([
    { text: 'a', font: 'latin', bidiLevel: 0 },
    { text: 'b', bold: true, font: 'latin', bidiLevel: 0 },
  ]);
});

test('line breaks of every kind make paragraphs, in NFC', () => {
  expect(splitParagraphs('e\u0301\r\nb\u2028\nc')).toEqual([[{ text: 'é' }], [{ text: 'b' }], [], [{ text: 'c' }]]);
});

test('the first strong letter decides the side, isolates aside', () => {
  const side = (text: string) => paragraphRuns([{ text }], { coverage }).rightToLeft;
  expect([side('12 محمد a'), side('a محمد'), side('\u2068محمد\u2069 (12)')]).toEqual([true, false, false]);
});
