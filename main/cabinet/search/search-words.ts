import { foldedWords } from '../../../shared/kernel/fold.ts';

const cjk = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}ー々';
const cjkWord = new RegExp(`^[${cjk}]+$`, 'u');
const runs = new RegExp(`[${cjk}]+|[^${cjk}]+`, 'gu');

/** The words of a name as looked for: folded, with Chinese, Japanese and Korean runs apart from other letters. */
export function searchWords(text: string): string[] {
  return foldedWords(text).flatMap((word) => word.match(runs) ?? []);
}

/** The tokens one word is found by: itself; a CJK run by every sign and every pair, since nobody types it from its start. */
export function indexTokens(word: string): string[] {
  if (!cjkWord.test(word)) return [word];
  const signs = Array.from(word);
  return [...signs, ...signs.slice(1).map((sign, position) => `${signs[position]}${sign}`)];
}

/** The FTS5 expression for a typed word in the word table: a beginning, or for CJK all its pairs. */
export function wordExpression(word: string): string {
  if (!cjkWord.test(word)) return `${quoted(word)} *`;
  const tokens = indexTokens(word);
  const signCount = Array.from(word).length;
  return (signCount === 1 ? tokens : tokens.slice(signCount)).map(quoted).join(' AND ');
}

/** Text as an FTS5 string: what a person types is never syntax. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A number or phone as compared: folded letters and digits only. */
export const codeOf = (text: string): string => foldedWords(text).join('');

/** Backwards, so that the last digits are a beginning an index can find. */
export const reversed = (text: string): string => Array.from(text).reverse().join('');
