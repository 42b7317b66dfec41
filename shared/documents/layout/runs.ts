import type { HanStyle, Span, TextStyle } from './definition.ts';
import type { FontFamily, GlyphCoverage } from './glyphs.ts';
import { bidi } from './vendor.ts';

/** A stretch of one style, one embedding level and one font, in logical order, as handed to pdfmake. */
export type Run = TextStyle & {
  text: string;
  font: FontFamily;
  bidiLevel: number;
  /** Place of the run in its paragraph: tells the first word of a run from the others, once pdfmake has cut it. */
  runIndex: number;
  /** Lowest level of the controls that stood before it: an isolate's edge still parts what lies on its two sides. */
  levelBefore?: number;
};
export type ParagraphRuns = { runs: Run[]; rightToLeft: boolean; missing: number[] };
export type RunOptions = { direction?: 'ltr' | 'rtl'; han?: HanStyle; coverage: GlyphCoverage };

const BREAKS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
/** Says something to the bidi algorithm or the line breaker, but nothing on paper: taken out after the levels are known. */
const INVISIBLE = /[\p{Cf}\p{Cc}\u034f\ufe00-\ufe0f]/u;
const BIDI_CONTROL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const FOLLOWS_FONT = /[\p{M}\s]/u;
const ARABIC = /[\p{Script_Extensions=Arabic}\u060c\u061b\u061f\u0640]/u;
const HANGUL = /\p{Script=Hangul}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Cuts spans at line breaks: one entry a paragraph, each with its own direction. Composes to NFC, as the fonts expect. */
export function splitParagraphs(text: string | readonly (string | Span)[]): Span[][] {
  const paragraphs: Span[][] = [[]];
  for (const part of typeof text === 'string' ? [text] : text) {
    const span = typeof part === 'string' ? { text: part } : part;
    const pieces = span.text.normalize('NFC').replaceAll('\t', ' ').split(BREAKS);
    pieces.forEach((piece, index) => {
      if (index > 0) paragraphs.push([]);
      if (piece !== '') paragraphs.at(-1)?.push({ ...span, text: piece });
    });
  }
  return paragraphs;
}

/**
 * Levels of the whole paragraph (UAX 9), then runs of one span, level and font. Right-to-left text is cut after every space,
 * because pdfkit shapes word by word; a zero-width non-joiner becomes a cut, which keeps letters apart as it asks.
 */
export function paragraphRuns(spans: readonly Span[], options: RunOptions): ParagraphRuns {
  const text = spans.map((span) => span.text).join('');
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, options.direction);
  const han = options.han ?? (HANGUL.test(text) && !KANA.test(text) ? 'korean' : 'japanese');
  const runs: Run[] = [];
  const missing: number[] = [];
  let index = 0;
  let current: Run | undefined;
  let lastVisible = '';
  let levelBefore: number | undefined;
  for (const span of spans) {
    current = undefined;
    for (const character of span.text) {
      const bidiLevel = levels[index] ?? 0;
      index += character.length;
      if (INVISIBLE.test(character)) {
        if (BIDI_CONTROL.test(character)) levelBefore = Math.min(levelBefore ?? bidiLevel, bidiLevel);
        if (BIDI_CONTROL.test(character) || character === '\u200c') current = undefined;
        continue;
      }
      const font = chooseFont(character, runs.at(-1)?.font ?? 'latin', han, options.coverage);
      if (!font) {
        missing.push(character.codePointAt(0) ?? 0);
        continue;
      }
      const wordEnds = /\s/.test(lastVisible) && (bidiLevel % 2 === 1 || font === 'arabic');
      if (!current || current.bidiLevel !== bidiLevel || current.font !== font || wordEnds) {
        current = {
          ...span,
          text: '',
          font,
          bidiLevel,
          runIndex: runs.length,
          ...(levelBefore !== undefined && { levelBefore }),
        };
        levelBefore = undefined;
        runs.push(current);
      }
      current.text += character;
      lastVisible = character;
    }
  }
  return { runs, rightToLeft: (paragraphs[0]?.level ?? 0) % 2 === 1, missing };
}

function chooseFont(
  character: string,
  previous: FontFamily,
  han: HanStyle,
  coverage: GlyphCoverage,
): FontFamily | undefined {
  return coverage.familyFor(character.codePointAt(0) ?? 0, preferredFont(character, previous, han));
}

function preferredFont(character: string, previous: FontFamily, han: HanStyle): FontFamily {
  if (FOLLOWS_FONT.test(character)) return previous;
  if (ARABIC.test(character)) return 'arabic';
  if (HANGUL.test(character)) return 'korean';
  return EAST_ASIAN.test(character) ? han : 'latin';
}
