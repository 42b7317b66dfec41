/** A person's name as it is shown, sent to scanners, and compared. */
import type { NameForm, Patient, PersonName } from './schema.ts';

/** One form as a person reads it: family first for Han, Kana and Hangul, given first otherwise; a mononym as it is. */
export function formText(form: NameForm): string {
  if (form.text) return form.text;
  const familyFirst = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(
    form.family + form.given,
  );
  const parts = familyFirst ? [form.family, form.given] : [form.given, form.family];
  return parts.filter((part) => part !== '').join(' ');
}

/** The name a patient goes by: the usual one if there is one, else the official one. */
export function shownName(patient: Pick<Patient, 'names'>): PersonName {
  const name = patient.names.find((one) => one.use === 'usual') ?? patient.names[0];
  if (!name) throw new Error('a patient without a name');
  return name;
}

/** The name for documents and scanners. */
export function officialName(patient: Pick<Patient, 'names'>): PersonName {
  const name = patient.names.find((one) => one.use === 'official') ?? patient.names[0];
  if (!name) throw new Error('a patient without a name');
  return name;
}

/** As written, and in Latin letters where that is something else. */
export function displayName(patient: Pick<Patient, 'names'>): { written: string; latin: string } {
  const name = shownName(patient);
  const written = formText(name.written);
  const latin = formText(name.latin);
  return { written: written || latin, latin: latin === written ? '' : latin };
}

const isIdeographic = (text: string): boolean =>
  /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(text);
const isLatin = (text: string): boolean => !/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text);

/** One form as a DICOM component group `family^given` (PS3.5 6.2.1); a mononym is the family part alone. */
export function pnGroup(form: NameForm): string {
  if (form.text) return form.text;
  return form.given ? `${form.family}^${form.given}` : form.family;
}

/**
 * The three groups of a DICOM PN. The alphabetic group is the written name where that is Latin, Cyrillic or Arabic (single
 * byte or UTF-8 alphabets), else its Latin form; Han, Kana and Hangul go to the ideographic group, the reading to the phonetic.
 */
export function personNameForms(name: PersonName): {
  alphabetic: string;
  ideographic: string;
  phonetic: string;
  latin: string;
} {
  const written = pnGroup(name.written);
  const latin = pnGroup(name.latin) || (isLatin(written) ? written : '');
  if (isIdeographic(written))
    return { alphabetic: latin, ideographic: written, phonetic: pnGroup(name.phonetic), latin };
  return { alphabetic: written || latin, ideographic: '', phonetic: pnGroup(name.phonetic), latin };
}

/** Every form that images may come back with and still be this person's. */
export function acceptableNames(patient: Pick<Patient, 'names'>): string[] {
  const forms = patient.names.flatMap((name) => [name.written, name.latin, name.phonetic].map((form) => pnGroup(form)));
  return [...new Set(forms.filter((form) => form !== ''))];
}
