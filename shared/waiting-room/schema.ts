import { z } from 'zod';
import { sameJson } from '../kernel/canonical-json.ts';
import { idSchema } from '../kernel/id.ts';
import type { UnitValue } from '../kernel/change-set.ts';
import { defineKind } from '../kernel/kind.ts';
import { patientScope, scheduleScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';

/** The stages of a visit in their order (design §4). */
export const stages = ['arrived', 'waiting', 'in_room', 'in_scan', 'review', 'completed'] as const;
export const stageSchema = z.enum(stages);
export type Stage = z.infer<typeof stageSchema>;

/** One step of a visit: which stage began when, by whom, and whether images said so rather than a person. */
export const stageStepSchema = z.strictObject({
  stage: stageSchema,
  atUtc: instantSchema,
  byId: idSchema,
  inferred: z.boolean(),
});
export type StageStep = z.infer<typeof stageStepSchema>;

/** What was done and is owed, before prices are put to it. */
export const doneServiceSchema = z.strictObject({ serviceId: idSchema, quantity: z.int().min(1).max(99) });

/** A visit (FHIR Encounter): made on arrival, or at once for a walk-in. Its last step is its status. */
export const encounterSchema = z.strictObject({
  id: idSchema,
  appointmentId: idSchema.nullable(),
  patientId: idSchema,
  locationId: idSchema,
  practitionerId: idSchema.nullable(),
  openedAtUtc: instantSchema,
  steps: z.array(stageStepSchema).min(1).max(60),
  services: z.array(doneServiceSchema).max(60),
});
export type Encounter = z.infer<typeof encounterSchema>;

/** The step that a visit is in now. */
export function currentStep(encounter: Encounter): StageStep {
  const last = encounter.steps.at(-1);
  if (!last) throw new Error('a visit without a step');
  return last;
}

export const encounterKind = defineKind<Encounter>({
  kind: 'encounter',
  schema: encounterSchema,
  collection: 'schedule',
  merge: 'units',
  units: {
    visit: ['appointmentId', 'patientId', 'locationId', 'practitionerId', 'openedAtUtc'],
    steps: ['steps'],
    services: ['services'],
  },
  phi: true,
  scopes: (encounter) => [
    scheduleScope(encounter.locationId, encounter.openedAtUtc),
    patientScope(encounter.patientId),
  ],
  keys: {
    byOpened: (encounter) => [`${encounter.locationId}/${encounter.openedAtUtc}`],
    byPatient: (encounter) => [`${encounter.patientId}/${encounter.openedAtUtc}`],
    byAppointment: (encounter) => (encounter.appointmentId ? [encounter.appointmentId] : []),
    /** Visits that are not over, for the board. */
    open: (encounter) => (currentStep(encounter).stage === 'completed' ? [] : [encounter.locationId]),
  },
  references: [
    { kind: 'patient', key: 'byPatient' },
    { kind: 'appointment', key: 'byAppointment' },
  ],
  mergeUnit: (unit, base, theirs, mine) =>
    unit === 'steps' ? mergeSteps(base, theirs, mine) : unit === 'visit' ? mergeVisit(theirs, mine) : undefined,
});

/** Two stations received one patient while apart: one visit, opened when the first of them did. */
function mergeVisit(theirs: UnitValue, mine: UnitValue): UnitValue | undefined {
  if (!theirs || !mine) return undefined;
  const { openedAtUtc: a, ...restTheirs } = theirs;
  const { openedAtUtc: b, ...restMine } = mine;
  if (!sameJson(restTheirs, restMine)) return undefined;
  return { ...theirs, openedAtUtc: earlierOf(a, b) };
}

const earlierOf = (a: unknown, b: unknown): string =>
  [a, b].filter((one) => typeof one === 'string').toSorted()[0] ?? '';

/**
 * Two people moved one visit while apart: both steps happened, so both stand, by time, each stage once after the common part;
 * the furthest stage is the status. A step back on one side against a step on on the other is for a person.
 */
function mergeSteps(base: UnitValue, theirs: UnitValue, mine: UnitValue): UnitValue | undefined {
  const listOf = (value: UnitValue): StageStep[] =>
    Array.isArray(value?.['steps']) ? (value['steps'] as unknown as StageStep[]) : [];
  const common = listOf(base);
  const added = (value: UnitValue): StageStep[] | undefined => {
    const list = listOf(value);
    const extends_ = common.every((step, i) => sameJson(list[i], step));
    return extends_ ? list.slice(common.length) : undefined;
  };
  const [theirSteps, mySteps] = [added(theirs), added(mine)];
  if (!theirSteps || !mySteps) return undefined;
  const rank = (step: StageStep): number => stages.indexOf(step.stage);
  const byStage = new Map<string, StageStep>();
  for (const step of [...theirSteps, ...mySteps]) {
    const known = byStage.get(step.stage);
    if (!known || step.atUtc < known.atUtc) byStage.set(step.stage, step);
  }
  const merged = [...byStage.values()].toSorted((a, b) => rank(a) - rank(b));
  return { steps: [...common, ...merged] as unknown as NonNullable<UnitValue>[string] };
}
