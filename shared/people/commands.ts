import { z } from 'zod';
import { changesOf, defineCommand, defineRule } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import { checkPatient } from './rules.ts';
import type { Patient } from './schema.ts';
import { patientSchema } from './schema.ts';
import { gatherToday } from './today-facts.ts';

const details = patientSchema.omit({ id: true, recordNumber: true, mergedInto: true, active: true });
export type PatientDetails = z.infer<typeof details>;

/** PEOPLE-2 … 5 for every patient that the change leaves. */
const patientRule = defineRule<unknown, string>({
  gather: (reader, _change, context) => gatherToday(reader, context),
  check: (change, today) =>
    changesOf<Patient>(change, 'patient').flatMap(({ after }) => (after ? checkPatient(after, today) : [])),
});

const registerInput = z.strictObject({ details });

/** A new patient, with a record number of this station's series (PEOPLE-1 … 4). */
export const register = defineCommand<z.infer<typeof registerInput>, null>({
  name: 'people/register',
  input: registerInput,
  permission: 'patients.register',
  nature: 'record',
  writes: { patient: 'all' },
  undo: 'patches',
  gather: async () => null,
  decide: (input, _facts, context) => {
    const next: Patient = {
      ...input.details,
      id: context.newId(),
      recordNumber: context.nextNumber('patient'),
      active: true,
      mergedInto: null,
    };
    return ok([{ kind: 'patient', id: next.id, next }]);
  },
  rules: [patientRule],
});

const updateInput = z.strictObject({ patientId: idSchema, details: details.partial() });

/** Changes what is given and leaves the rest. */
export const update = defineCommand<z.infer<typeof updateInput>, { patient: Patient | undefined }>({
  name: 'people/update',
  input: updateInput,
  permission: 'patients.register',
  nature: 'record',
  writes: {
    patient: [
      'names',
      'sex',
      'birthDate',
      'contact',
      'address',
      'identifiers',
      'relations',
      'allergies',
      'alerts',
      'language',
    ],
  },
  undo: 'patches',
  gather: async (reader, input) => ({ patient: await reader.get<Patient>('patient', input.patientId) }),
  decide: (input, { patient }) => {
    if (!patient) return fail([violation('PEOPLE-1', 'no-patient')]);
    const given = Object.fromEntries(Object.entries(input.details).filter(([, value]) => value !== undefined));
    const next: Patient = { ...patient, ...given };
    return ok([{ kind: 'patient', id: next.id, next }]);
  },
  rules: [patientRule],
});

const allergiesInput = z.strictObject({
  patientId: idSchema,
  allergyState: patientSchema.shape.allergyState,
  allergies: patientSchema.shape.allergies,
});

/** What a person asked about allergies: whoever registers, scans or charts (PEOPLE-4, PEOPLE-5). */
export const setAllergies = defineCommand<z.infer<typeof allergiesInput>, { patient: Patient | undefined }>({
  name: 'people/set-allergies',
  input: allergiesInput,
  permission: 'patients.allergies',
  nature: 'record',
  writes: { patient: ['allergies'] },
  undo: 'patches',
  gather: async (reader, input) => ({ patient: await reader.get<Patient>('patient', input.patientId) }),
  decide: (input, { patient }) => {
    if (!patient) return fail([violation('PEOPLE-1', 'no-patient')]);
    const next: Patient = { ...patient, allergyState: input.allergyState, allergies: input.allergies };
    return ok([{ kind: 'patient', id: next.id, next }]);
  },
  rules: [patientRule],
});
