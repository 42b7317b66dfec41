/** Which letters of a name fitted what was typed, for underlining. */
import { foldText, foldedWords } from '../kernel/fold.ts';

/** A text folded sign by sign, with the place of every folded sign in the text. */
function foldedSigns(text: string): { folded: string; from: number[]; to: number[] } {
  let folded = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const sign of text) {
    const plain = sign < '\u0080' ? sign.toLowerCase() : foldText(sign);
    for (let i = 0; i < plain.length; i += 1) {
      from.push(at);
      to.push(at + sign.length);
    }
    folded += plain;
    at += sign.length;
  }
  return { folded, from, to };
}

/** For each typed word, where it stands in the values, as written there: `yam` in `Yamada` is `Yam`. None twice. */
export function matchedParts(typed: string, values: readonly string[]): string[] {
  const words = foldedWords(typed);
  const parts = new Set<string>();
  for (const value of values) {
    const { folded, from, to } = foldedSigns(value);
    for (const word of words) {
      const begin = startOf(folded, word);
      if (begin < 0) continue;
      parts.add(value.slice(from[begin] ?? 0, to[begin + word.length - 1] ?? value.length));
    }
  }
  return [...parts];
}

/** A word's beginning before the inside of one. */
function startOf(folded: string, word: string): number {
  if (folded.startsWith(word)) return 0;
  const atWord = folded.search(new RegExp(`[^\\p{L}\\p{N}]${word.replace(/[^\p{L}\p{N}]/gu, '.')}`, 'u'));
  return atWord >= 0 ? atWord + 1 : folded.indexOf(word);
}
