/** Letters whose base form no normalization gives. */
const letters: Record<string, string> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ς: 'σ',
  // Arabic: one alef, one ya, one kaf, ta marbuta as ha. Hamza carriers lose their mark by decomposition.
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ے: 'ي',
  ک: 'ك',
  ة: 'ه',
  ۃ: 'ه',
  ہ: 'ه',
  ھ: 'ه',
};

/**
 * Marks that a person may leave out: accents, Arabic vowel signs and hamza, Hebrew points. Not the voicing marks of Kana and not
 * the vowel signs of Thai or Indic scripts: without them it would be another name.
 */
const marks = new RegExp(
  `[${[
    String.raw`\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20F0\uFE20-\uFE2F`,
    String.raw`\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7`,
    String.raw`\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED`,
  ].join('')}]`,
  'gu',
);
/** Tatweel, and what shows nothing: soft hyphen, joiners, direction marks, byte order mark. */
const invisible = /[\u0640\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;
/** Apostrophes are left out by half of all keyboards: O'Brien is obrien. */
const apostrophes = /['’‘ʼʻ`´＇]/gu;
const mapped = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');
const easternDigits = /[٠-٩۰-۹]/gu;

/**
 * The one fold for search and for comparing names, the same on workstation and server: lower case, no accents, half and full
 * width alike (NFKD), Arabic alef, ya, kaf and ta marbuta forms alike, tatweel out, Katakana as Hiragana, eastern digits as ASCII.
 * Hangul stays composed, Kana keep their voicing marks. Word separators are kept. Folding twice changes nothing.
 */
export function foldText(text: string): string {
  return text
    .replace(/İ/gu, 'i')
    .replace(apostrophes, '')
    .normalize('NFKD')
    .replace(marks, '')
    .replace(invisible, '')
    .replace(apostrophes, '')
    .toLowerCase()
    .replace(mapped, (letter) => letters[letter] ?? letter)
    .replace(/[\u30A1-\u30F6\u30FD\u30FE]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(easternDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 0x0f))
    .normalize('NFC');
}

/** The folded words of a text: runs of letters, digits and marks (`^`, `=`, blanks, hyphens and points separate). */
export function foldedWords(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{N}\p{M}ー]+/gu) ?? [];
}

/** A folded name: its words in the order written, one blank between them. */
export function foldName(text: string): string {
  return foldedWords(text).join(' ');
}
