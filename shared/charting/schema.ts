import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { patientScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';

const written = { id: idSchema, patientId: idSchema, encounterId: idSchema, authorId: idSchema, atUtc: instantSchema };

/** A clinical note (FHIR Composition). Another author makes a new one; its own author's correction is a new one that replaces. */
export const noteSchema = z.strictObject({
  ...written,
  text: z.string().min(1).max(50_000),
  replaces: idSchema.nullable(),
});
export type Note = z.infer<typeof noteSchema>;

/** What is measured at the visit, in the units named; absent is "not measured". */
export const vitalsSchema = z.strictObject({
  ...written,
  systolicMmHg: z.int().optional(),
  diastolicMmHg: z.int().optional(),
  pulsePerMin: z.int().optional(),
  temperatureTenthsC: z.int().optional(),
  oxygenPercent: z.int().optional(),
  respirationPerMin: z.int().optional(),
  weightGrams: z.int().optional(),
  heightMm: z.int().optional(),
  /** Values that the law questioned and a person confirmed. */
  confirmed: z.array(z.string().max(40)).max(12),
});
export type Vitals = z.infer<typeof vitalsSchema>;

/** One medicine ordered (FHIR MedicationRequest); dose, unit, route and frequency mean something only together. */
export const prescriptionSchema = z.strictObject({
  ...written,
  drug: z.string().min(1).max(120),
  dose: z.string().min(1).max(20),
  doseUnit: z.string().min(1).max(20),
  route: z.string().min(1).max(40),
  frequency: z.string().min(1).max(60),
  durationDays: z.int().min(1).max(365),
  instructions: z.string().max(500),
  /** Why it was ordered although an allergy stands against it; null when none does. */
  allergyReason: z.string().max(500).nullable(),
});
export type Prescription = z.infer<typeof prescriptionSchema>;

const who = ['patientId', 'encounterId', 'authorId', 'atUtc'];
const scopes = (doc: { patientId: string }): string[] => [patientScope(doc.patientId)];
const keys = {
  byPatient: (doc: { patientId: string; atUtc: string }) => [`${doc.patientId}/${doc.atUtc}`],
  byEncounter: (doc: { encounterId: string; atUtc: string }) => [`${doc.encounterId}/${doc.atUtc}`],
};
const references = [
  { kind: 'patient', key: 'byPatient' },
  { kind: 'encounter', key: 'byEncounter' },
];

export const noteKind = defineKind<Note>({
  kind: 'note',
  schema: noteSchema,
  collection: 'clinical',
  merge: 'append',
  phi: true,
  scopes,
  keys: { ...keys, byReplaced: (note) => (note.replaces ? [note.replaces] : []) },
  references: [...references, { kind: 'note', key: 'byReplaced' }],
  units: { note: [...who, 'text', 'replaces'] },
});

export const vitalsKind = defineKind<Vitals>({
  kind: 'vitals',
  schema: vitalsSchema,
  collection: 'clinical',
  merge: 'append',
  phi: true,
  scopes,
  keys,
  references,
  units: {
    vitals: [
      ...who,
      'systolicMmHg',
      'diastolicMmHg',
      'pulsePerMin',
      'temperatureTenthsC',
      'oxygenPercent',
      'respirationPerMin',
      'weightGrams',
      'heightMm',
      'confirmed',
    ],
  },
});

export const prescriptionKind = defineKind<Prescription>({
  kind: 'prescription',
  schema: prescriptionSchema,
  collection: 'clinical',
  merge: 'append',
  phi: true,
  scopes,
  keys,
  references,
  units: {
    medicine: [
      ...who,
      'drug',
      'dose',
      'doseUnit',
      'route',
      'frequency',
      'durationDays',
      'instructions',
      'allergyReason',
    ],
  },
});
