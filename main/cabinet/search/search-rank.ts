import { wholeName } from './search-words.ts';

export type MatchReason = 'name' | 'phone' | 'birthDate' | 'number';

/** The lower the better: the whole name, number or date; whole words of a name; beginnings and last digits; somewhere inside. */
export const fits = { exact: 0, words: 1, beginning: 2, inside: 3 } as const;

/** One way a patient fits what was typed. */
export type Match = { why: MatchReason; score: (typeof fits)[keyof typeof fits]; matched: string[] };

/** A name as it was written, with the folded forms by which it is compared. */
export type StoredName = { text: string; words: string[]; whole: string[] };
/** A phone or number as it was written, and folded. */
export type StoredCode = { text: string; code: string };

/** How names fit the typed words: every word must be found in one of them. */
export function rankNames(names: readonly StoredName[], typedWords: string[]): Match | undefined {
  if (typedWords.length === 0) return undefined;
  const typedWhole = wholeName(typedWords);
  const whole = names.filter((name) => name.whole.includes(typedWhole));
  if (whole.length > 0) return { why: 'name', score: fits.exact, matched: whole.map((name) => name.text) };
  let score: Match['score'] = fits.words;
  const matched = new Set<string>();
  for (const typed of typedWords) {
    const found = names
      .map(({ text, words }) => ({ text, score: bestOf(words.map((word) => rankText(word, typed))) }))
      .filter((one) => one.score !== undefined);
    const best = bestOf(found.map((one) => one.score));
    if (best === undefined) return undefined;
    score = Math.max(score, best) as Match['score'];
    for (const one of found) if (one.score === best) matched.add(one.text);
  }
  return { why: 'name', score, matched: [...matched] };
}

/** How phones or numbers fit; `typedCodes` are forms of what was typed (with and without leading zeros). */
export function rankCodes(
  why: 'phone' | 'number',
  values: readonly StoredCode[],
  typedCodes: string[],
): Match | undefined {
  const found = values
    .map(({ text, code }) => ({ text, score: bestOf(typedCodes.map((typed) => rankCode(code, typed))) }))
    .filter((one) => one.score !== undefined);
  const score = bestOf(found.map((one) => one.score));
  if (score === undefined) return undefined;
  return { why, score, matched: found.filter((one) => one.score === score).map((one) => one.text) };
}

/** How a birth date fits; a partial one known of the patient fits every date inside it, weakly. */
export function rankBirthDate(birthDate: string, candidates: string[]): Match | undefined {
  const stored = birthDate.replaceAll('-', '');
  const score = bestOf(
    candidates.map((candidate) => {
      if (stored === candidate) return fits.exact;
      if (stored.startsWith(candidate)) return fits.beginning;
      return candidate.startsWith(stored) ? fits.inside : undefined;
    }),
  );
  return score === undefined ? undefined : { why: 'birthDate', score, matched: [birthDate] };
}

type Score = Match['score'] | undefined;

function rankText(text: string, typed: string): Score {
  if (text === typed) return fits.exact;
  if (text.startsWith(typed)) return fits.beginning;
  return text.includes(typed) ? fits.inside : undefined;
}

const rankCode = (code: string, typed: string): Score =>
  code !== typed && code.endsWith(typed) ? fits.beginning : rankText(code, typed);

function bestOf(scores: Score[]): Score {
  const known = scores.filter((score) => score !== undefined);
  return known.length > 0 ? (Math.min(...known) as Match['score']) : undefined;
}
