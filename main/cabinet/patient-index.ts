import type Database from 'better-sqlite3-multiple-ciphers';
import type { Doc } from '../../shared/kernel/kind.ts';
import type { PatientHit } from '../../shared/kernel/view.ts';
import { formText } from '../../shared/people/names.ts';
import type { Patient } from '../../shared/people/schema.ts';
import { createPatientSearch } from './search/patient-search.ts';
import type { PatientSearchRow } from './search/patient-search.ts';

/** The patient search fed from patient documents; `put` runs inside the turn that writes the document. */
export function createPatientIndex(db: Database.Database) {
  const search = createPatientSearch(db);
  return {
    needsRebuild: search.needsRebuild,
    /** All patients anew; call it in a transaction. */
    rebuild: (docs: readonly Doc[]): void =>
      search.rebuild(docs.map((doc) => rowOf(doc as Patient)).filter((row) => row !== null)),
    put: (id: string, doc: Doc | null): void => {
      const row = doc && rowOf(doc as Patient);
      if (row) search.put(row);
      else search.remove(id);
    },
    find: (text: string, limit: number): PatientHit[] =>
      search.find(text, limit).map(({ id, why, matched }) => ({ patientId: id, why, matched })),
  };
}

/** Merged and inactive records are not found; their root is. */
function rowOf(patient: Patient): PatientSearchRow | null {
  if (patient.mergedInto || !patient.active) return null;
  const names = patient.names.flatMap((name) =>
    [name.written, name.latin, name.phonetic].map((form) => formText(form)),
  );
  return {
    id: patient.id,
    names: [...new Set(names.filter((name) => name !== ''))],
    phones: patient.phones,
    numbers: [patient.recordNumber, ...patient.identifiers.map((one) => one.value)],
    ...(patient.birthDate ? { birthDate: patient.birthDate } : {}),
  };
}
