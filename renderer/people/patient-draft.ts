import type { NameForm, Patient } from '../../shared/people/schema.ts';
import type { PatientDetails } from '../../shared/people/commands.ts';
import { proposeLatin } from '../../shared/people/transliterate.ts';
import { formText, officialName } from '../../shared/people/names.ts';
import { allergyKey } from '../../shared/people/rules.ts';

/** What the form holds: texts as typed, one line per allergy and phone. */
export type PatientDraft = {
  oneName: boolean;
  written: NameForm;
  /** Null while it follows the proposal. */
  latin: NameForm | null;
  phonetic: NameForm;
  sex: Patient['sex'] | '';
  birthDate: string | null;
  birthUnknown: boolean;
  phones: string;
  allergyState: Patient['allergyState'];
  allergies: string;
  identifiers: string;
  guardian: string;
  guardianPhone: string;
  payer: string;
  email: string;
  address: string;
  language: string;
};

const empty: NameForm = { family: '', given: '', text: '' };
const lines = (text: string): string[] =>
  text
    .split(/[\n,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** A blank form; what was typed in the search begins the name (or the phone, where it is digits). */
export function blankDraft(typed: string, language: string): PatientDraft {
  const isPhone = /^[+\d][\d\s-]{4,}$/.test(typed);
  const words = isPhone || /\d/.test(typed) ? [] : typed.split(/\s+/).filter((word) => word !== '');
  const family = words.length > 1 ? (words.at(-1) ?? '') : (words[0] ?? '');
  return {
    oneName: false,
    written: { family, given: words.slice(0, -1).join(' '), text: '' },
    latin: null,
    phonetic: empty,
    sex: '',
    birthDate: null,
    birthUnknown: false,
    phones: isPhone ? typed : '',
    allergyState: 'not_asked',
    allergies: '',
    identifiers: '',
    guardian: '',
    guardianPhone: '',
    payer: '',
    email: '',
    address: '',
    language,
  };
}

/** The form of a known patient. */
export function patientDraft(patient: Patient): PatientDraft {
  const name = officialName(patient);
  const relation = (role: 'guardian' | 'payer') => patient.relations.find((one) => one.role === role);
  return {
    oneName: name.written.text !== '',
    written: name.written,
    latin: name.latin,
    phonetic: name.phonetic,
    sex: patient.sex,
    birthDate: patient.birthDate,
    birthUnknown: patient.birthDate === null,
    phones: patient.phones.join('\n'),
    allergyState: patient.allergyState,
    allergies: patient.allergies.map((one) => one.substance).join('\n'),
    identifiers: patient.identifiers.map((one) => `${one.issuer}: ${one.value}`).join('\n'),
    guardian: relation('guardian')?.name ?? '',
    guardianPhone: relation('guardian')?.phone ?? '',
    payer: relation('payer')?.name ?? '',
    email: patient.email,
    address: patient.address,
    language: patient.language,
  };
}

/** The name as it will be kept: parts, or one text. */
export const writtenOf = (draft: PatientDraft): NameForm =>
  draft.oneName
    ? { family: '', given: '', text: (draft.written.text || draft.written.family).trim() }
    : { family: draft.written.family.trim(), given: draft.written.given.trim(), text: '' };

/** The Latin form: as corrected, else as proposed from the name or its reading. */
export const latinOf = (draft: PatientDraft): NameForm => draft.latin ?? proposeLatin(writtenOf(draft), draft.phonetic);

/** Whether the name is in a script whose reading cannot be told from it. */
export const needsReading = (draft: PatientDraft): boolean => /\p{Script=Han}/u.test(formText(writtenOf(draft)));
/** Whether the name is in other letters than Latin ones. */
export const isForeign = (draft: PatientDraft): boolean =>
  /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(formText(writtenOf(draft)));

/** What is still missing of the three required fields, by field. */
export function missingOf(draft: PatientDraft): Array<'name' | 'sex' | 'birthDate'> {
  const missing: Array<'name' | 'sex' | 'birthDate'> = [];
  if (formText(writtenOf(draft)) === '') missing.push('name');
  if (draft.sex === '') missing.push('sex');
  if (draft.birthDate === null && !draft.birthUnknown) missing.push('birthDate');
  return missing;
}

/** The document's details. What the form does not show stays as it was in `before`. */
export function detailsOf(draft: PatientDraft, before: Patient | null): PatientDetails {
  const name = { use: 'official' as const, written: writtenOf(draft), latin: latinOf(draft), phonetic: draft.phonetic };
  const substances = draft.allergyState === 'listed' ? lines(draft.allergies) : [];
  const allergies = substances.map((substance) => {
    const known = before?.allergies.find((one) => one.substance === substance);
    const key = allergyKey(substance);
    return known ?? { key, substance: substance.slice(0, 80), reaction: '', severity: 'unknown' as const };
  });
  const relation = (role: 'guardian' | 'payer', text: string, phone: string): Patient['relations'] => {
    const known = before?.relations.find((one) => one.role === role);
    if (text.trim() === '') return [];
    const patientId = known && known.name === text ? known.patientId : null;
    return [{ role, patientId, name: text.trim(), phone: phone.trim() || (known?.phone ?? '') }];
  };
  return {
    names: [name, ...(before?.names.filter((one) => one !== officialName(before)) ?? [])],
    sex: draft.sex === '' ? 'U' : draft.sex,
    birthDate: draft.birthUnknown ? null : draft.birthDate,
    phones: lines(draft.phones).slice(0, 6),
    email: draft.email.trim(),
    address: draft.address.trim(),
    identifiers: lines(draft.identifiers).map((line) => {
      const [issuer = '', ...rest] = line.split(':');
      return rest.length > 0 ? { issuer: issuer.trim(), value: rest.join(':').trim() } : { issuer: '', value: line };
    }),
    relations: [
      ...(before?.relations.filter((one) => one.role === 'emergency') ?? []),
      ...relation('guardian', draft.guardian, draft.guardianPhone),
      ...relation('payer', draft.payer, ''),
    ],
    allergyState: draft.allergyState,
    allergies,
    alerts: before?.alerts ?? [],
    tags: before?.tags ?? [],
    language: draft.language,
  };
}
