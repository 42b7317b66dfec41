import { openSync, type FontkitFont } from './vendor.ts';

export const FONT_FAMILIES = ['latin', 'arabic', 'japanese', 'korean'] as const;
export type FontFamily = (typeof FONT_FAMILIES)[number];
/** Absolute paths of whole TTF files. */
export type FontPaths = Record<FontFamily, { regular: string; bold: string }>;

/** A character that no font can draw, and the part of the document it stands in; never the text around it. */
export type MissingGlyph = { codePoint: string; block: string };

export type GlyphCoverage = {
  /** The preferred family if its regular and bold faces both draw the code point, else the first other that does. */
  familyFor(codePoint: number, preferred: FontFamily): FontFamily | undefined;
};

/** `U+1F600`: how a code point is named to a person. */
export function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Answers from the fonts' own tables which family draws a code point. Opens a font when it is first asked for; a bad path throws. */
export function createGlyphCoverage(fonts: FontPaths): GlyphCoverage {
  const opened = new Map<FontFamily, FontkitFont[]>();
  const answers = new Map<string, FontFamily | undefined>();

  const faces = (family: FontFamily): FontkitFont[] => {
    const known = opened.get(family);
    if (known) return known;
    const fresh = [openSync(fonts[family].regular), openSync(fonts[family].bold)];
    opened.set(family, fresh);
    return fresh;
  };
  const draws = (family: FontFamily, codePoint: number): boolean =>
    faces(family).every((face) => face.hasGlyphForCodePoint(codePoint));

  return {
    familyFor(codePoint, preferred) {
      const key = `${preferred}${codePoint}`;
      if (answers.has(key)) return answers.get(key);
      const order = [preferred, ...FONT_FAMILIES.filter((family) => family !== preferred)];
      const answer = order.find((family) => draws(family, codePoint));
      answers.set(key, answer);
      return answer;
    },
  };
}
