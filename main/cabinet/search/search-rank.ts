import { codeOf, searchWords } from './search-words.ts';

export type MatchReason = 'name' | 'phone' | 'birthDate' | 'number';

/** One way a patient fits: the lower the better (0 exact, 1 beginning or last digits, 2 somewhere inside). */
export type Match = { why: MatchReason; score: 0 | 1 | 2; matched: string[] };

/** How names fit the typed words: every word must be found in one of them. */
export function rankNames(names: string[], typedWords: string[]): Match | undefined {
  let score: Match['score'] = 0;
  const matched = new Set<string>();
  const wordsByName = names.map((name) => ({ name, words: searchWords(name) }));
  for (const typed of typedWords) {
    const fits = wordsByName
      .map(({ name, words }) => ({ name, score: bestOf(words.map((word) => rankText(word, typed))) }))
      .filter((fit) => fit.score !== undefined);
    const best = bestOf(fits.map((fit) => fit.score));
    if (best === undefined) return undefined;
    score = Math.max(score, best) as Match['score'];
    for (const fit of fits) if (fit.score === best) matched.add(fit.name);
  }
  return typedWords.length > 0 ? { why: 'name', score, matched: [...matched] } : undefined;
}

/** How phones or numbers fit; `typedCodes` are forms of what was typed (with and without leading zeros). */
export function rankCodes(why: 'phone' | 'number', values: string[], typedCodes: string[]): Match | undefined {
  const fits = values
    .map((value) => ({ value, score: bestOf(typedCodes.map((typed) => rankCode(codeOf(value), typed))) }))
    .filter((fit) => fit.score !== undefined);
  const score = bestOf(fits.map((fit) => fit.score));
  if (score === undefined) return undefined;
  return { why, score, matched: fits.filter((fit) => fit.score === score).map((fit) => fit.value) };
}

/** How a birth date fits; a partial one known of the patient fits every date inside it, weakly. */
export function rankBirthDate(birthDate: string, candidates: string[]): Match | undefined {
  const stored = birthDate.replaceAll('-', '');
  const score = bestOf(
    candidates.map((candidate) => {
      if (stored === candidate) return 0;
      if (stored.startsWith(candidate)) return 1;
      return candidate.startsWith(stored) ? 2 : undefined;
    }),
  );
  return score === undefined ? undefined : { why: 'birthDate', score, matched: [birthDate] };
}

type Score = Match['score'] | undefined;

function rankText(text: string, typed: string): Score {
  if (text === typed) return 0;
  if (text.startsWith(typed)) return 1;
  return text.includes(typed) ? 2 : undefined;
}

const rankCode = (code: string, typed: string): Score =>
  code !== typed && code.endsWith(typed) ? 1 : rankText(code, typed);

function bestOf(scores: Score[]): Score {
  const known = scores.filter((score) => score !== undefined);
  return known.length > 0 ? (Math.min(...known) as Match['score']) : undefined;
}
