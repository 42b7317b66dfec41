/** The laws of a patient's record (README.md). */
import { foldName } from '../kernel/fold.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { NameForm, Patient } from './schema.ts';

const isEmptyForm = (form: NameForm): boolean => `${form.family}${form.given}${form.text}`.trim() === '';

/** The key by which allergies merge: one per substance, however it is typed. */
export const allergyKey = (substance: string): string => (foldName(substance) || substance).slice(0, 80);

/** A date that exists, or the known part of one. */
export function isRealBirthDate(birthDate: string): boolean {
  const [year = '', month = '01', day = '01'] = birthDate.split('-');
  const full = `${year}-${month}-${day}`;
  const date = new Date(`${full}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === full;
}

/**
 * PEOPLE-2 … 5 for one patient; `today` as `gatherToday` tells it. Two allergies of one key would be one wherever lists are joined.
 */
export function checkPatient(patient: Patient, today: string): Violation[] {
  const result: Violation[] = [];
  const name = patient.names[0];
  if (!name || isEmptyForm(name.written)) result.push(violation('PEOPLE-2', 'name-needed', { field: 'names' }));
  if (name && /[\\^=]/.test(JSON.stringify(name).replaceAll('\\"', '')))
    result.push(violation('PEOPLE-2', 'name-with-separator', { field: 'names' }));
  if (patient.birthDate !== null) {
    if (!isRealBirthDate(patient.birthDate)) result.push(violation('PEOPLE-3', 'no-such-date', { field: 'birthDate' }));
    else if (patient.birthDate > today.slice(0, patient.birthDate.length))
      result.push(violation('PEOPLE-3', 'born-in-future', { field: 'birthDate' }));
    else if (patient.birthDate < '1895') result.push(violation('PEOPLE-3', 'too-old', { field: 'birthDate' }));
  }
  if ((patient.allergyState === 'listed') !== patient.allergies.length > 0)
    result.push(violation('PEOPLE-4', 'allergy-state', { field: 'allergyState' }));
  if (new Set(patient.allergies.map((one) => one.key)).size < patient.allergies.length)
    result.push(violation('PEOPLE-5', 'allergy-twice', { field: 'allergies' }));
  return result;
}
