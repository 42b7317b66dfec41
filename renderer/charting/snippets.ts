import english from '../../resources/snippets/en.json';
import indonesian from '../../resources/snippets/id.json';

/** A piece of text by its short word: `.us`. */
export type Snippet = { word: string; title: string; text: string };

/** The snippets of a language. */
export const snippetsFor = (language: string): readonly Snippet[] => (language.startsWith('id') ? indonesian : english);

/** The short word that is being typed before the caret, with its start; undefined where there is none. */
export function wordBefore(text: string, caret: number): { word: string; from: number } | undefined {
  const match = /(?:^|[\s(])(\.[\p{L}\p{N}]*)$/u.exec(text.slice(0, caret));
  const word = match?.[1];
  return word === undefined ? undefined : { word, from: caret - word.length };
}

/** The snippets that a word may become, the exact one first. */
export function offeredFor(word: string, snippets: readonly Snippet[]): Snippet[] {
  const typed = word.toLowerCase();
  return snippets
    .filter((one) => one.word.startsWith(typed))
    .toSorted((a, b) => Number(b.word === typed) - Number(a.word === typed) || (a.word < b.word ? -1 : 1))
    .slice(0, 6);
}

/** The text with the word at `from` put out in full, and where the caret stands after it. */
export function expand(text: string, from: number, caret: number, snippet: Snippet): { text: string; caret: number } {
  return {
    text: text.slice(0, from) + snippet.text + text.slice(caret),
    caret: from + snippet.text.length,
  };
}
