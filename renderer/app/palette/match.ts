import { foldText } from '../../../shared/kernel/fold.ts';

export type Piece = { text: string; isMatch: boolean };

/**
 * Cuts a text where the words of a query are found in it, marks and case aside, so that the screen can underline them: `sar` in
 * `Maya Kesari` marks `sar`. One piece without a match where nothing is found.
 */
export function markMatches(text: string, words: readonly string[]): Piece[] {
  const folded = words.map((word) => foldText(word).trim()).filter((word) => word !== '');
  const marks = Array.from({ length: text.length }, () => false);
  for (const word of folded) markWord(text, word, marks);
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; at++) {
    const isMatch = marks[at] === true;
    const last = pieces.at(-1);
    if (last && last.isMatch === isMatch) last.text += text[at];
    else pieces.push({ text: text[at] ?? '', isMatch });
  }
  return pieces.length === 0 ? [{ text, isMatch: false }] : pieces;
}

/** Folding changes lengths (ß, ligatures), so each letter is folded by itself and remembered by its place. */
function markWord(text: string, word: string, marks: boolean[]): void {
  let folded = '';
  const placeOf: number[] = [];
  for (let at = 0; at < text.length; at++) {
    for (const letter of foldText(text[at] ?? '') || ' ') {
      folded += letter;
      placeOf.push(at);
    }
  }
  for (let found = folded.indexOf(word); found >= 0; found = folded.indexOf(word, found + 1)) {
    for (let at = found; at < found + word.length; at++) marks[placeOf[at] ?? 0] = true;
  }
}

/** Whether every word of the query begins a word of the text. */
export function matchesWords(text: string, query: string): boolean {
  const words = foldText(text).split(/[\s\-/]+/);
  const wanted = foldText(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  return wanted.every((word) => words.some((one) => one.startsWith(word)));
}
