import { foldedWords } from '../kernel/fold.ts';
import { parsePersonName } from './pn.ts';

/** Who an image or an order says the patient is. Dates as DICOM writes them (`YYYYMMDD`); empty means not said. */
export type ImagingIdentity = {
  patientId: string;
  birthDate: string;
  sex: string;
  /** A PN value with up to three groups. */
  name: string;
};

export type IdentityDifference = 'patient_id' | 'birth_date' | 'sex' | 'name';

/**
 * What in a received study contradicts its order: a study with any difference is held back until a person decides. What is
 * blank on either side is no difference. `allowedNames` are PN values that the patient may appear under: the order's own name and
 * every form that was sent to that device. Each group received has to be one of their groups, whatever the case, width, accents
 * and order of words.
 */
export function identityDifferences(
  received: ImagingIdentity,
  ordered: Omit<ImagingIdentity, 'name'>,
  allowedNames: readonly string[],
): IdentityDifference[] {
  const differences: IdentityDifference[] = [];
  const differs = (a: string, b: string): boolean => a !== '' && b !== '' && a !== b;
  if (differs(plainId(received.patientId), plainId(ordered.patientId))) differences.push('patient_id');
  if (differs(digitsOf(received.birthDate), digitsOf(ordered.birthDate))) differences.push('birth_date');
  if (differs(plainId(received.sex), plainId(ordered.sex))) differences.push('sex');
  if (nameDiffers(received.name, allowedNames)) differences.push('name');
  return differences;
}

const plainId = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\0]+/g, '')
    .toUpperCase();
const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '');

function groupsOf(name: string): string[] {
  const { alphabetic, ideographic, phonetic } = parsePersonName(name.normalize('NFKC'));
  return [alphabetic, ideographic, phonetic].filter((group) => foldedWords(group).length > 0);
}

function nameDiffers(received: string, allowedNames: readonly string[]): boolean {
  const allowed = new Set(allowedNames.flatMap(groupsOf).flatMap(nameKeys));
  if (allowed.size === 0) return false;
  return groupsOf(received).some((group) => !nameKeys(group).some((key) => allowed.has(key)));
}

/** A group as written and with its words sorted, both without blanks: some scanners drop them, some swap the parts. */
function nameKeys(group: string): string[] {
  const words = foldedWords(group);
  return [words.join(''), words.toSorted().join('')];
}
