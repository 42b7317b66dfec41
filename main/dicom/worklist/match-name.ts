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
    wanted === undefined || isUniversal(wanted) || matchesWildcard(wanted, form);
  const takes = ({ alphabetic: first, ideographic: second, phonetic: third }: PersonNameForms): boolean => {
    if (!isUniversal(ideographic ?? '') || !isUniversal(phonetic ?? '')) {
      return matches(alphabetic, first) && matches(ideographic, second) && matches(phonetic, third);
    }
    if (isLatin) return matches(alphabetic, first);
    return [second, third, first].some((form) => matches(alphabetic, form));
  };
  return (name) => takes(foldedForms(name));
}

/** Folding costs most of a query, and the same steps are asked again and again. Steps are replaced, never changed. */
const foldedNames = new WeakMap<PersonNameForms, PersonNameForms>();

function foldedForms(name: PersonNameForms): PersonNameForms {
  const known = foldedNames.get(name);
  if (known !== undefined) return known;
  const folded = {
    alphabetic: foldGroup(name.alphabetic),
    ideographic: foldGroup(name.ideographic),
    phonetic: foldGroup(name.phonetic),
  };
  foldedNames.set(name, folded);
  return folded;
}

function foldGroup(group: string): string {
  return trimNameGroup(foldText(group)).replace(/\s*\^\s*/g, '^');
}
