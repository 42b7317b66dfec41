import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { coreScope } from '../kernel/scopes.ts';

/** One form of a name (DICOM PN, PS3.5 6.2.1): family and given parts, or one text for people with a single name. */
export const nameFormSchema = z.strictObject({
  family: z.string().max(64),
  given: z.string().max(64),
  /** The whole name of a person who has one name (a mononym); then family and given are empty. */
  text: z.string().max(64),
});
export type NameForm = z.infer<typeof nameFormSchema>;

export const personNameSchema = z.strictObject({
  use: z.enum(['official', 'usual']),
  /** As the person writes it, in whatever script. */
  written: nameFormSchema,
  /** In Latin letters: typed, or proposed by transliteration and edited. */
  latin: nameFormSchema,
  /** Reading of an ideographic name (kana, hangul), else empty. */
  phonetic: nameFormSchema,
});
export type PersonName = z.infer<typeof personNameSchema>;

/** `1990-01-01`, or what is known of it: `1990-01`, `1990`. */
export const birthDateSchema = z.string().regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/);

export const allergySchema = z.strictObject({
  key: z.string().min(1).max(80),
  substance: z.string().min(1).max(80),
  reaction: z.string().max(200),
  severity: z.enum(['mild', 'severe', 'unknown']),
});
export type Allergy = z.infer<typeof allergySchema>;

/** Another person or a patient: guardian, emergency contact, payer. */
export const relationSchema = z.strictObject({
  role: z.enum(['guardian', 'emergency', 'payer']),
  patientId: idSchema.nullable(),
  name: z.string().max(120),
  phone: z.string().max(40),
});

export const patientSchema = z.strictObject({
  id: idSchema,
  /** Record number from the station's own series; also the DICOM Patient ID (0010,0020). */
  recordNumber: z.string().min(1).max(64),
  names: z.array(personNameSchema).min(1).max(4),
  sex: z.enum(['M', 'F', 'O', 'U']),
  birthDate: birthDateSchema.nullable(),
  /** As dialled; shared phones are normal. */
  phones: z.array(z.string().max(40)).max(6),
  email: z.string().max(120),
  address: z.string().max(300),
  identifiers: z.array(z.strictObject({ issuer: z.string().max(40), value: z.string().max(64) })).max(8),
  relations: z.array(relationSchema).max(8),
  /** Listed, none known, not asked: three different facts. */
  allergyState: z.enum(['listed', 'none_known', 'not_asked']),
  allergies: z.array(allergySchema).max(40),
  alerts: z.array(z.string().max(80)).max(10),
  tags: z.array(z.string().max(40)).max(10),
  language: z.string().max(20),
  active: z.boolean(),
  mergedInto: idSchema.nullable(),
});
export type Patient = z.infer<typeof patientSchema>;

export const patientKind = defineKind<Patient>({
  kind: 'patient',
  schema: patientSchema,
  collection: 'people',
  merge: 'units',
  units: {
    number: ['recordNumber'],
    names: ['names'],
    sex: ['sex'],
    birthDate: ['birthDate'],
    contact: ['phones', 'email'],
    address: ['address'],
    identifiers: ['identifiers'],
    relations: ['relations'],
    allergies: ['allergyState', 'allergies'],
    alerts: ['alerts', 'tags'],
    language: ['language'],
    state: ['active', 'mergedInto'],
  },
  phi: true,
  scopes: () => [coreScope],
  keys: {
    byNumber: (patient) => [patient.recordNumber],
    byBirthDate: (patient) => (patient.birthDate ? [patient.birthDate] : []),
    /** Who is named as guardian, contact or payer, and whose record this one goes on in. */
    byRelated: (patient) =>
      [...patient.relations.map((one) => one.patientId), patient.mergedInto].filter((id) => id !== null),
    byPhone: (patient) => patient.phones.map((phone) => phone.replace(/\D/g, '')).filter((digits) => digits.length > 3),
  },
  references: [{ kind: 'patient', key: 'byRelated' }],
  mergeUnit: (unit, base, theirs, mine) => {
    if (unit !== 'allergies') return undefined;
    return mergeAllergies(base, theirs, mine);
  },
});

type AllergyUnit = { allergyState?: unknown; allergies?: unknown } | null;

/**
 * Allergies merge by substance and never become fewer silently (`change-sets.md` §4): every allergy that either side holds
 * stays, unless both took it away; a list beats "none known", which beats "not asked".
 */
function mergeAllergies(
  base: AllergyUnit,
  theirs: AllergyUnit,
  mine: AllergyUnit,
): { allergyState: string; allergies: Allergy[] } {
  const listOf = (unit: AllergyUnit): Allergy[] =>
    Array.isArray(unit?.allergies) ? (unit.allergies as Allergy[]) : [];
  const byKey = new Map<string, Allergy>();
  for (const allergy of [
    ...listOf(theirs),
    ...listOf(mine),
    ...listOf(base).filter((one) => has(theirs, one) || has(mine, one)),
  ]) {
    if (!byKey.has(allergy.key)) byKey.set(allergy.key, allergy);
  }
  function has(unit: AllergyUnit, one: Allergy): boolean {
    return listOf(unit).some((other) => other.key === one.key);
  }
  const states = [theirs?.allergyState, mine?.allergyState];
  const state = byKey.size > 0 ? 'listed' : states.includes('none_known') ? 'none_known' : 'not_asked';
  return { allergyState: state, allergies: [...byKey.values()] };
}
