/** Plausibility of vitals; a medicine against an allergy (README.md). */
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Patient } from '../people/schema.ts';
import { compareAllergies } from './allergy-match.ts';
import type { Prescription, Vitals } from './schema.ts';

export type VitalField = Exclude<keyof Vitals, 'id' | 'patientId' | 'encounterId' | 'authorId' | 'atUtc' | 'confirmed'>;

/** Outside `possible` is refused, outside `usual` must be confirmed. Units as in the schema. */
export const vitalLimits: Record<VitalField, { possible: [number, number]; usual: [number, number] }> = {
  systolicMmHg: { possible: [30, 320], usual: [70, 220] },
  diastolicMmHg: { possible: [10, 220], usual: [35, 130] },
  pulsePerMin: { possible: [15, 350], usual: [40, 180] },
  temperatureTenthsC: { possible: [240, 450], usual: [350, 405] },
  oxygenPercent: { possible: [30, 100], usual: [85, 100] },
  respirationPerMin: { possible: [3, 120], usual: [8, 45] },
  weightGrams: { possible: [200, 600_000], usual: [2_000, 200_000] },
  heightMm: { possible: [200, 2_800], usual: [450, 2_150] },
};
export const vitalFields = Object.keys(vitalLimits) as VitalField[];

/** CHART-1 (impossible, refused) and CHART-2 (unlikely, to be confirmed). */
export function checkVitals(vitals: Vitals): Violation[] {
  const result = vitalFields.flatMap((field) => checkVital(field, vitals));
  const { systolicMmHg: high, diastolicMmHg: low } = vitals;
  if (high !== undefined && low !== undefined && low >= high)
    result.push(violation('CHART-1', 'pressure-upside-down', { field: 'diastolicMmHg' }));
  return result;
}

function checkVital(field: VitalField, vitals: Vitals): Violation[] {
  const value = vitals[field];
  if (value === undefined) return [];
  const { possible, usual } = vitalLimits[field];
  if (value < possible[0] || value > possible[1])
    return [violation('CHART-1', 'impossible', { field, params: { from: possible[0], to: possible[1] } })];
  const unlikely = (value < usual[0] || value > usual[1]) && !vitals.confirmed.includes(field);
  return unlikely ? [violation('CHART-2', 'unlikely', { field, params: { from: usual[0], to: usual[1] } })] : [];
}

/** CHART-3: a medicine against a listed allergy needs a reason of its own. */
export function checkPrescription(prescription: Prescription, patient: Patient): Violation[] {
  const { against } = compareAllergies(prescription.drug, patient.allergies);
  if (against.length === 0 || prescription.allergyReason?.trim()) return [];
  return [violation('CHART-3', 'allergy', { field: 'allergyReason', params: { substance: against.join(', ') } })];
}
