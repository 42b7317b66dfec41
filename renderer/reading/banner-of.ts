import { displayName } from '../../shared/people/names.ts';
import type { Patient } from '../../shared/people/schema.ts';
import type { BannerPatient } from '../app/patient/banner-patient.ts';

/** A patient's record as the banner shows it; the reading room sees no money. */
export function toBanner(patient: Patient): BannerPatient {
  return {
    patientId: patient.id,
    name: displayName(patient),
    sex: patient.sex,
    birthDate: patient.birthDate,
    recordNumber: patient.recordNumber,
    allergies: { state: patient.allergyState, substances: patient.allergies.map((one) => one.substance) },
    balance: null,
    tags: [...patient.alerts, ...patient.tags],
  };
}
