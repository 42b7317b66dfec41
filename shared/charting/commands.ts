import { z } from 'zod';
import type { Draft } from '../kernel/command.ts';
import { changesOf, defineCommand, defineRule } from '../kernel/command.ts';
import type { Reader } from '../kernel/reader.ts';
import { idSchema } from '../kernel/id.ts';
import { fail, ok } from '../kernel/result.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Patient } from '../people/schema.ts';
import type { Encounter } from '../waiting-room/schema.ts';
import { currentStep, doneServiceSchema } from '../waiting-room/schema.ts';
import { checkPrescription, checkVitals } from './rules.ts';
import type { Note, Prescription, Vitals } from './schema.ts';
import { noteSchema, prescriptionSchema, vitalsSchema } from './schema.ts';

const fromHere = { id: true, patientId: true, encounterId: true, authorId: true, atUtc: true } as const;

const saveInput = z.strictObject({
  encounterId: idSchema,
  note: noteSchema.omit(fromHere).nullable(),
  vitals: vitalsSchema.omit(fromHere).nullable(),
  prescriptions: z.array(prescriptionSchema.omit(fromHere)).max(20),
  services: z.array(doneServiceSchema).max(60).nullable(),
  /** Ends the visit; what hangs on it (the appointment) shows as completed. */
  complete: z.boolean(),
});
type Save = z.infer<typeof saveInput>;
type Facts = { encounter: Encounter | undefined; patient: Patient | undefined };

/** CHART-1 … 3 and CHART-5 for what the change leaves in the chart. */
const chartRule = defineRule<Save, Facts>({
  gather: (reader, change) => gatherChart(reader, change.input),
  check: (change, facts) => change.docs.flatMap((doc) => checkDoc(doc.kind, doc.after, facts)),
});

async function gatherChart(reader: Reader, input: Save): Promise<Facts> {
  const encounter = await reader.get<Encounter>('encounter', input.encounterId);
  return { encounter, patient: encounter && (await reader.get<Patient>('patient', encounter.patientId)) };
}

type Correction = { note: Note; replaced: Note };

/** CHART-6: a correction names an own note of the same patient; a colleague's stands beside it. */
const correctionRule = defineRule<unknown, Correction[]>({
  gather: async (reader, change) => {
    const found: Correction[] = [];
    for (const { after } of changesOf<Note>(change, 'note')) {
      const replaced = after?.replaces ? await reader.get<Note>('note', after.replaces) : undefined;
      if (after && replaced) found.push({ note: after, replaced });
    }
    return found;
  },
  check: (_change, corrections) =>
    corrections
      .filter(({ note, replaced }) => note.authorId !== replaced.authorId || note.patientId !== replaced.patientId)
      .map(() => violation('CHART-6', 'not-your-note')),
});

/** The doctor's encounter in one piece: vitals, note, prescriptions, services, completion: whole or not at all (CHART-4). */
export const saveEncounter = defineCommand<Save, Facts>({
  name: 'charting/save-encounter',
  input: saveInput,
  permission: 'charts.write',
  nature: 'record',
  writes: { note: 'all', vitals: 'all', prescription: 'all', encounter: ['steps', 'services'] },
  undo: { none: 'what was charted stands; a later note corrects it' },
  gather: gatherChart,
  decide: (input, { encounter, patient }, context) => {
    if (!encounter || !patient) return fail([violation('CHART-4', 'no-encounter')]);
    const from = {
      patientId: encounter.patientId,
      encounterId: encounter.id,
      authorId: context.author.id,
      atUtc: context.nowUtc,
    };
    const drafts: Draft[] = [];
    const add = (kind: string, body: object): void => {
      const next = { ...body, ...from, id: context.newId() };
      drafts.push({ kind, id: next.id, next });
    };
    if (input.note) add('note', input.note);
    if (input.vitals) add('vitals', input.vitals);
    for (const one of input.prescriptions) add('prescription', one);
    const services = input.services ?? encounter.services;
    const done = input.complete && currentStep(encounter).stage !== 'completed';
    const steps = done
      ? [
          ...encounter.steps,
          { stage: 'completed' as const, atUtc: context.nowUtc, byId: context.author.id, inferred: false },
        ]
      : encounter.steps;
    drafts.push({ kind: 'encounter', id: encounter.id, next: { ...encounter, steps, services } });
    return ok(drafts);
  },
  rules: [chartRule, correctionRule],
});

function checkDoc(kind: string, after: unknown, { encounter, patient }: Facts): Violation[] {
  if (!after || kind === 'encounter') return [];
  const doc = after as Note | Vitals | Prescription;
  if (doc.patientId !== encounter?.patientId || doc.encounterId !== encounter.id)
    return [violation('CHART-5', 'other-patient')];
  if (kind === 'vitals') return checkVitals(doc as Vitals);
  if (kind === 'prescription' && patient) return checkPrescription(doc as Prescription, patient);
  return [];
}
