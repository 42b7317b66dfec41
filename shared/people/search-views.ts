import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import type { MaybePromise, Reader } from '../kernel/reader.ts';
import { addMinutes } from '../kernel/time.ts';
import type { PatientHit, ViewContext } from '../kernel/view.ts';
import { defineView } from '../kernel/view.ts';
import type { Appointment } from '../scheduling/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import type { DuplicateReason } from './duplicate-rules.ts';
import { judgeDuplicate } from './duplicate-rules.ts';
import { displayName, formText, shownName } from './names.ts';
import { matchedParts } from './match-rules.ts';
import type { Patient } from './schema.ts';
import { birthDateSchema } from './schema.ts';

/** One patient in a list: what tells people apart, and why this one is here. */
export type PatientRow = {
  patientId: string;
  name: { written: string; latin: string };
  phonetic: string;
  sex: Patient['sex'];
  birthDate: string | null;
  recordNumber: string;
  phone: string;
  allergies: { state: Patient['allergyState']; substances: string[] };
  why: PatientHit['why'];
  /** The parts that were matched, as they stand in the names; a whole phone, number or birth date. Empty among recent patients. */
  matched: string[];
  /** Last visit and next booking that this station knows of. */
  lastVisitUtc: string | null;
  nextVisitUtc: string | null;
};

const RECENT_DAYS = 14;
/** Visits are looked up for this many rows: what a screen shows without scrolling. */
const ROWS_WITH_VISITS = 30;

/** What of a patient a list shows. */
function patientRow(patient: Patient, hit: PatientHit, text: string): PatientRow {
  return {
    patientId: patient.id,
    name: displayName(patient),
    phonetic: formText(shownName(patient).phonetic),
    sex: patient.sex,
    birthDate: patient.birthDate,
    recordNumber: patient.recordNumber,
    phone: patient.phones[0] ?? '',
    allergies: { state: patient.allergyState, substances: patient.allergies.map((one) => one.substance) },
    why: hit.why,
    matched: hit.why === 'name' ? matchedParts(text, hit.matched) : hit.matched,
    lastVisitUtc: null,
    nextVisitUtc: null,
  };
}

/** Patients whom this location last received or is about to: newest first, none twice. */
async function recentPatients(reader: Reader, context: ViewContext, limit: number): Promise<PatientHit[]> {
  const until = `${context.locationId}/${addMinutes(context.nowUtc, 12 * 60)}`;
  const since = `${context.locationId}/${addMinutes(context.nowUtc, -RECENT_DAYS * 24 * 60)}`;
  const range = { from: since, to: until };
  const options = { limit: limit * 2, reverse: true };
  const visits = await reader.find<Encounter>('encounter', 'byOpened', range, options);
  const booked = await reader.find<Appointment>('appointment', 'byStart', range, options);
  const ids = [...visits, ...booked].map((one) => one.patientId);
  return [...new Set(ids)].slice(0, limit).map((patientId) => ({ patientId, why: 'name', matched: [] }));
}

async function withVisits(reader: Reader, row: PatientRow, nowUtc: string): Promise<PatientRow> {
  const past = { from: `${row.patientId}/`, to: `${row.patientId}/${nowUtc}` };
  const last = await reader.find<Encounter>('encounter', 'byPatient', past, { limit: 1, reverse: true });
  const coming = { from: `${row.patientId}/${nowUtc}`, to: `${row.patientId}/~` };
  const next = await reader.find<Appointment>('appointment', 'byPatient', coming, { limit: 4 });
  const booked = next.find((one) => one.status === 'booked');
  return { ...row, lastVisitUtc: last[0]?.openedAtUtc ?? null, nextVisitUtc: booked?.startsAtUtc ?? null };
}

type Found = { patient: Patient; hit: PatientHit };

async function patientsOf(
  get: (id: string) => MaybePromise<Patient | undefined>,
  hits: PatientHit[],
): Promise<Found[]> {
  const found: Found[] = [];
  for (const hit of hits) {
    const patient = await get(hit.patientId);
    if (patient && !patient.mergedInto) found.push({ patient, hit });
  }
  return found;
}

/** Patients by anything that is known of them; without a text, the recent ones. */
export const peopleSearch = defineView({
  name: 'people/search',
  params: z.strictObject({ text: z.string().max(200), limit: z.int().min(1).max(200).optional() }),
  permission: 'patients.view',
  kinds: ['patient', 'appointment', 'encounter'],
  read: async (reader, params, context): Promise<{ text: string; recent: boolean; hits: PatientRow[] }> => {
    const limit = params.limit ?? 50;
    const recent = params.text.trim() === '';
    const hits = recent ? await recentPatients(reader, context, limit) : context.searchPatients(params.text, limit);
    const found = await patientsOf((id) => reader.get<Patient>('patient', id), hits);
    const rows: PatientRow[] = [];
    for (const { patient, hit } of found) {
      const row = patientRow(patient, hit, params.text);
      rows.push(rows.length < ROWS_WITH_VISITS ? await withVisits(reader, row, context.nowUtc) : row);
    }
    return { text: params.text, recent, hits: rows };
  },
});

export type DuplicateRow = {
  patient: Patient;
  written: string;
  latin: string;
  strength: 'likely' | 'possible';
  reasons: DuplicateReason[];
};

const sketchSchema = z.strictObject({
  name: z.string().max(200),
  latin: z.string().max(200),
  birthDate: birthDateSchema.nullable(),
  phones: z.array(z.string().max(40)).max(6),
  /** The patient being edited, who is no duplicate of themselves. */
  exceptId: idSchema.nullable(),
});

/** Who may be the same person as the one being written down (PEOPLE-6): likely before possible, at most five. */
export const peopleDuplicates = defineView({
  name: 'people/duplicates',
  params: sketchSchema,
  permission: 'patients.view',
  kinds: ['patient'],
  read: async (reader, sketch, context): Promise<DuplicateRow[]> => {
    const phones = sketch.phones.map((phone) => phone.replace(/\D/g, '').slice(-8)).filter((tail) => tail.length >= 6);
    const texts = [sketch.name, sketch.latin, ...phones].filter((text) => text.trim().length >= 2);
    const hits = texts.flatMap((text) => context.searchPatients(text, 20));
    const ids = new Set(hits.map((hit) => hit.patientId));
    if (sketch.birthDate) {
      const born = { from: sketch.birthDate, to: `${sketch.birthDate}\u0000` };
      for (const one of await reader.find<Patient>('patient', 'byBirthDate', born, { limit: 200 })) ids.add(one.id);
    }
    const rows: DuplicateRow[] = [];
    for (const id of ids) {
      const patient = id === sketch.exceptId ? undefined : await reader.get<Patient>('patient', id);
      const verdict = patient && !patient.mergedInto ? judgeDuplicate(sketch, patient) : null;
      if (patient && verdict) rows.push({ patient, ...displayName(patient), ...verdict });
    }
    return rows.toSorted((a, b) => rank(a) - rank(b) || (a.patient.id < b.patient.id ? -1 : 1)).slice(0, 5);
  },
});

const rank = (row: DuplicateRow): number => (row.strength === 'likely' ? 0 : 10) - row.reasons.length;
