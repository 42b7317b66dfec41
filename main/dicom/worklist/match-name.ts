import { type PersonNameForms, parsePersonName, trimNameGroup } from '../../../shared/imaging/pn.ts';
import { foldText } from '../../../shared/kernel/fold.ts';
import { isUniversal, matchesWildcard } from './wildcard.ts';

/**
 * A matcher for one PN key (PS3.4 C.2.2.2.1, C.2.2.2.4): case, width and accents fold, trailing `^` mean nothing. A key of one group
 * in Latin letters is held against the alphabetic form alone; in another script against the ideographic, phonetic and
 * alphabetic forms. A key of several groups matches group by group. Only a wildcard `*` at the end leaves components open.
 */
export function nameMatcher(key: string): (name: PersonNameForms) => boolean {
  const groups = parsePersonName(key);
  const [alphabetic, ideographic, phonetic] = [groups.alphabetic, groups.ideographic, groups.phonetic].map(foldGroup);
  const isLatin = !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(alphabetic ?? '');
  const matches = (wanted: string | undefined, form: string): boolean =>
    wanted === undefined || isUniversal(wanted) || matchesWildcard(wanted, foldGroup(form));
  if (!isUniversal(ideographic ?? '') || !isUniversal(phonetic ?? '')) {
    return (name) =>
      matches(alphabetic, name.alphabetic) &&
      matches(ideographic, name.ideographic) &&
      matches(phonetic, name.phonetic);
  }
  if (isLatin) return (name) => matches(alphabetic, name.alphabetic);
  return (name) => [name.ideographic, name.phonetic, name.alphabetic].some((form) => matches(alphabetic, form));
}

function foldGroup(group: string): string {
  return trimNameGroup(foldText(group)).replace(/\s*\^\s*/g, '^');
}
