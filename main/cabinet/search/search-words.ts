import { foldedWords } from '../../../shared/kernel/fold.ts';

const cjk = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}ー々';
const cjkWord = new RegExp(`^[${cjk}]+$`, 'u');
const runs = new RegExp(`[${cjk}]+|[^${cjk}]+`, 'gu');

/** The words of a name as looked for: folded, with Chinese, Japanese and Korean runs apart from other letters. */
export function searchWords(text: string): string[] {
  return foldedWords(text).flatMap((word) => word.match(runs) ?? []);
}

const isCjk = (word: string): boolean => cjkWord.test(word);

/**
 * The words of a known name. Whoever writes without spaces types 王小明 for a name kept as family 王 and given 小明: neighbouring
 * Chinese, Japanese and Korean words are one word too.
 */
export function nameWords(name: string): string[] {
  const words = searchWords(name);
  return words.length > 1 && words.every(isCjk) ? [...words, words.join('')] : words;
}

/** A whole name however its parts are ordered; equal for two texts that say the same words. */
export const wholeName = (words: readonly string[]): string => words.toSorted().join(' ');

/** The whole forms under which a known name is exactly what was typed. */
export function wholeNames(name: string): string[] {
  const words = searchWords(name);
  return [...new Set([wholeName(words), ...nameWords(name).slice(words.length)])];
}

/** The tokens one word is found by: itself; a CJK run by every sign and every pair, since nobody types it from its start. */
export function indexTokens(word: string): string[] {
  if (!isCjk(word)) return [word];
  const signs = Array.from(word);
  return [...signs, ...signs.slice(1).map((sign, position) => `${signs[position]}${sign}`)];
}

/** The FTS5 expression for a typed word in the word table: a beginning, or for CJK all its pairs. */
export function wordExpression(word: string): string {
  if (!isCjk(word)) return `${quoted(word)} *`;
  const tokens = indexTokens(word);
  const signCount = Array.from(word).length;
  return (signCount === 1 ? tokens : tokens.slice(signCount)).map(quoted).join(' AND ');
}

/** The same for a whole word. */
export const wholeWordExpression = (word: string): string => (isCjk(word) ? wordExpression(word) : quoted(word));

/** Text as an FTS5 string: what a person types is never syntax. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A number or phone as compared: folded letters and digits only. */
export const codeOf = (text: string): string => foldedWords(text).join('');

/** Backwards, so that the last digits are a beginning an index can find. */
export const reversed = (text: string): string => Array.from(text).reverse().join('');
