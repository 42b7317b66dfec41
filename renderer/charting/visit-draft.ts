import type { Prescription } from '../../shared/charting/schema.ts';
import type { Encounter } from '../../shared/waiting-room/schema.ts';
import { judgeVitals, type TypedVitals, vitalsInput } from './vital-values.ts';

export type DraftPrescription = Omit<Prescription, 'id' | 'patientId' | 'encounterId' | 'authorId' | 'atUtc'>;

/** What is typed of a visit and not saved as a command yet. `from` beside a medicine names the visit it was copied from. */
export type VisitDraft = {
  note: string;
  replaces: string | null;
  vitals: TypedVitals;
  confirmed: string[];
  prescriptions: Array<{ key: string; medicine: DraftPrescription; from: string | null }>;
  /** Null while they are the encounter's own. */
  services: Encounter['services'] | null;
};

export const emptyDraft: VisitDraft = {
  note: '',
  replaces: null,
  vitals: {},
  confirmed: [],
  prescriptions: [],
  services: null,
};

/** Whether saving it would write anything. */
export function hasContent(draft: VisitDraft): boolean {
  const vitals = vitalsInput(draft.vitals, draft.confirmed);
  return draft.note.trim() !== '' || vitals !== null || draft.prescriptions.length > 0 || draft.services !== null;
}

/** The input of `charting/save-encounter`. */
export function saveInput(draft: VisitDraft, encounterId: string, complete: boolean): Record<string, unknown> {
  const text = draft.note.trim();
  return {
    encounterId,
    note: text === '' ? null : { text, replaces: draft.replaces },
    vitals: vitalsInput(draft.vitals, draft.confirmed),
    prescriptions: draft.prescriptions.map((one) => one.medicine),
    services: draft.services,
    complete,
  };
}

/** Fields whose values keep the visit from being saved: no number, impossible, or questioned and not confirmed. */
export function blockedVitals(draft: VisitDraft): string[] {
  const verdicts = Object.entries(judgeVitals(draft.vitals, draft.confirmed));
  return verdicts.filter(([, verdict]) => verdict.kind !== 'fine' && verdict.kind !== 'empty').map(([field]) => field);
}
