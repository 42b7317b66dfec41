/** PEOPLE-6: who is already registered and may be the same person as the one being written down. */
import { foldText, foldedWords } from '../kernel/fold.ts';
import { formText } from './names.ts';
import type { Patient } from './schema.ts';

/** What of a new patient is known while it is typed. */
export type PatientSketch = { name: string; latin: string; birthDate: string | null; phones: readonly string[] };

export type DuplicateReason = 'name' | 'likeName' | 'birthDate' | 'phone';
/** `likely` stands by PEOPLE-6; `possible` shares a name alone, and is shown below. */
export type DuplicateVerdict = { strength: 'likely' | 'possible'; reasons: DuplicateReason[] };

const wordsOf = (text: string): string[] => foldedWords(text);
const sameWords = (a: string, b: string): boolean =>
  wordsOf(a).toSorted().join(' ') === wordsOf(b).toSorted().join(' ') && a.trim() !== '';
/** One name is the other's beginning, word by word, in any order: what somebody types halfway. */
const likeWords = (typed: string, known: string): boolean => {
  const words = wordsOf(known);
  const given = wordsOf(typed);
  return given.length > 0 && given.every((one) => one.length >= 2 && words.some((word) => word.startsWith(one)));
};
/** Last eight digits: `+62 812 …` and `0812 …` are one phone. */
const phoneTail = (phone: string): string => foldText(phone).replace(/\D/g, '').slice(-8);

/** Whether a patient may be the one sketched, and why; null where nothing says so. */
export function judgeDuplicate(sketch: PatientSketch, patient: Patient): DuplicateVerdict | null {
  const known = patient.names.flatMap((name) =>
    [name.written, name.latin, name.phonetic].map(formText).filter((text) => text !== ''),
  );
  const typed = [sketch.name, sketch.latin].filter((text) => text.trim() !== '');
  const same = typed.some((one) => known.some((other) => sameWords(one, other)));
  const like = same || typed.some((one) => known.some((other) => likeWords(one, other)));
  const birthDate = sketch.birthDate !== null && sketch.birthDate === patient.birthDate;
  const tails = new Set(sketch.phones.map(phoneTail).filter((tail) => tail.length >= 6));
  const phone = patient.phones.some((one) => tails.has(phoneTail(one)));
  if (!like) return null;
  const reasons: DuplicateReason[] = [same ? 'name' : 'likeName'];
  if (birthDate) reasons.push('birthDate');
  if (phone) reasons.push('phone');
  const likely = (like && phone) || (like && birthDate);
  const contradicts =
    sketch.birthDate !== null && patient.birthDate !== null && !sharesBirth(sketch.birthDate, patient.birthDate);
  if (!likely && (contradicts || !same)) return null;
  return { strength: likely ? 'likely' : 'possible', reasons };
}

const sharesBirth = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);
