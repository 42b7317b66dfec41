import type { Reader } from '../kernel/reader.ts';
import type { User } from '../users/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { VitalField } from './rules.ts';
import { vitalFields } from './rules.ts';
import type { Note, Prescription, Vitals } from './schema.ts';

/** Something written, with its author's name; `replaced` notes stand below the one that corrects them. */
export type Written<T> = { doc: T; authorName: string };
export type PreviousVital = { value: number; atUtc: string };
/** The last values before this visit, newest first, at most five of a field, for "was" and the trend. */
export type PreviousVitals = Partial<Record<VitalField, PreviousVital[]>>;

export type VisitChart = {
  notes: Array<Written<Note> & { isReplaced: boolean }>;
  vitals: Array<Written<Vitals>>;
  previousVitals: PreviousVitals;
  /** Of this visit. */
  prescriptions: Array<Written<Prescription>>;
  /** Of earlier visits and not run out, newest first. */
  current: Array<Written<Prescription>>;
};

const TREND = 5;
const LOOK_BACK = 60;

/** What is charted of a visit, and what the chart sets it against from before. */
export async function visitChart(reader: Reader, encounter: Encounter, nowUtc: string): Promise<VisitChart> {
  const ofVisit = { prefix: `${encounter.id}/` };
  const notes = await reader.find<Note>('note', 'byEncounter', ofVisit);
  const replaced = new Set(notes.map((note) => note.replaces));
  const withNames = await signed(reader, notes);
  const before = await reader.find<Vitals>(
    'vitals',
    'byPatient',
    { prefix: `${encounter.patientId}/` },
    { reverse: true, limit: LOOK_BACK },
  );
  const all = await reader.find<Prescription>(
    'prescription',
    'byPatient',
    { prefix: `${encounter.patientId}/` },
    { reverse: true, limit: LOOK_BACK },
  );
  const earlier = all.filter((one) => one.encounterId !== encounter.id && runsAt(one, nowUtc));
  return {
    notes: withNames.map((note) => ({ ...note, isReplaced: replaced.has(note.doc.id) })),
    vitals: await signed(reader, await reader.find<Vitals>('vitals', 'byEncounter', ofVisit)),
    previousVitals: previousOf(before.filter((one) => one.encounterId !== encounter.id)),
    prescriptions: await signed(reader, await reader.find<Prescription>('prescription', 'byEncounter', ofVisit)),
    current: await signed(reader, latestOfEachDrug(earlier)),
  };
}

/** Whether a medicine is still to be taken at an instant. */
export function runsAt(prescription: Prescription, nowUtc: string): boolean {
  return Date.parse(prescription.atUtc) + prescription.durationDays * 86_400_000 > Date.parse(nowUtc);
}

function latestOfEachDrug(newestFirst: readonly Prescription[]): Prescription[] {
  const byDrug = new Map<string, Prescription>();
  for (const one of newestFirst) {
    const key = one.drug.trim().toLowerCase();
    if (!byDrug.has(key)) byDrug.set(key, one);
  }
  return [...byDrug.values()];
}

function previousOf(newestFirst: readonly Vitals[]): PreviousVitals {
  const result: PreviousVitals = {};
  for (const field of vitalFields) {
    const values = newestFirst.flatMap((one) => {
      const value = one[field];
      return value === undefined ? [] : [{ value, atUtc: one.atUtc }];
    });
    if (values.length > 0) result[field] = values.slice(0, TREND);
  }
  return result;
}

/** Adds each author's name; empty where the person is not known here. */
export async function signed<T extends { authorId: string }>(
  reader: Reader,
  docs: readonly T[],
): Promise<Array<Written<T>>> {
  const result: Array<Written<T>> = [];
  for (const doc of docs) {
    const author = await reader.get<User>('user', doc.authorId);
    result.push({ doc, authorName: author?.name ?? '' });
  }
  return result;
}
