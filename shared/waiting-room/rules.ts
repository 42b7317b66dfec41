/** How a visit moves from stage to stage (README.md): on freely, back once within five minutes, else with a reason. */
import { minutesBetween } from '../kernel/time.ts';
import type { Violation } from '../kernel/violation.ts';
import { violation } from '../kernel/violation.ts';
import type { Encounter, Stage, StageStep } from './schema.ts';
import { currentStep, stages } from './schema.ts';

export const STEP_BACK_MIN = 5;

/** The stage that follows; a visit without a scan goes from the room to its end. */
export function nextStage(encounter: Encounter, hasScan: boolean): Stage | null {
  const order: readonly Stage[] = hasScan ? stages : ['arrived', 'waiting', 'in_room', 'completed'];
  const at = stages.indexOf(currentStep(encounter).stage);
  return order.find((stage) => stages.indexOf(stage) > at) ?? null;
}

/** The stage before the present one, as this visit really went. */
export function previousStage(encounter: Encounter): Stage | null {
  const at = stages.indexOf(currentStep(encounter).stage);
  return encounter.steps.findLast((step) => stages.indexOf(step.stage) < at)?.stage ?? null;
}

/** WAIT-2 and WAIT-3 for one step. */
export function checkStep(encounter: Encounter, step: StageStep, reason: string | null): Violation[] {
  const now = currentStep(encounter);
  const distance = stages.indexOf(step.stage) - stages.indexOf(now.stage);
  if (distance === 0) return [violation('WAIT-2', 'already-there', { params: { stage: now.stage } })];
  if (distance > 0) return [];
  if (reason) return [];
  const recent = minutesBetween(now.atUtc, step.atUtc) < STEP_BACK_MIN && now.byId === step.byId;
  const oneBack = step.stage === previousStage(encounter);
  if (recent && oneBack) return [];
  return [violation('WAIT-3', 'back-needs-reason', { field: 'reason', params: { minutes: STEP_BACK_MIN } })];
}
