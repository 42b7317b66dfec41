/** How long a visit may stay in a stage before the board says so, and how the board sorts by it. */
import { minutesBetween } from '../kernel/time.ts';
import type { Encounter, Stage } from './schema.ts';
import { currentStep } from './schema.ts';

/** Stages that a visit waits in; `completed` is none. */
export type OpenStage = Exclude<Stage, 'completed'>;
export const openStages = [
  'arrived',
  'waiting',
  'in_room',
  'in_scan',
  'review',
] as const satisfies readonly OpenStage[];

/** Minutes that each stage may take. */
export const stageLimitsMin: Readonly<Record<OpenStage, number>> = {
  arrived: 10,
  waiting: 15,
  in_room: 30,
  in_scan: 20,
  review: 30,
};

/** Twice the limit less a half: from this share of the limit on a card is red instead of amber. */
export const RED_SHARE = 1.5;

export type Pace = {
  /** Minutes in the present stage, and since the visit was opened. */
  minutes: number;
  totalMinutes: number;
  limitMin: number;
  /** Minutes over the limit; zero within it. */
  overMin: number;
  /** Minutes in the stage as a share of its limit. */
  share: number;
  level: 'within' | 'amber' | 'red';
};

/** How a visit stands against its stage's limit at an instant; a completed one is always within. */
export function paceOf(encounter: Encounter, nowUtc: string): Pace {
  const now = currentStep(encounter);
  const limitMin = now.stage === 'completed' ? Number.POSITIVE_INFINITY : stageLimitsMin[now.stage];
  const minutes = minutesBetween(now.atUtc, nowUtc);
  const overMin = Math.max(0, minutes - limitMin);
  const share = minutes / limitMin;
  return {
    minutes,
    totalMinutes: minutesBetween(encounter.openedAtUtc, nowUtc),
    limitMin,
    overMin,
    share,
    level: overMin === 0 ? 'within' : share >= RED_SHARE ? 'red' : 'amber',
  };
}

export type BoardOrder = 'appointment' | 'arrival' | 'limit';

/** Compares two cards of one column: the one that needs somebody first comes first; ties by arrival, then id. */
export function compareCards(
  order: BoardOrder,
  a: { encounter: Encounter; appointmentAtUtc: string | null },
  b: { encounter: Encounter; appointmentAtUtc: string | null },
  nowUtc: string,
): number {
  const arrival =
    compareText(a.encounter.openedAtUtc, b.encounter.openedAtUtc) || compareText(a.encounter.id, b.encounter.id);
  if (order === 'arrival') return arrival;
  if (order === 'limit') return paceOf(b.encounter, nowUtc).share - paceOf(a.encounter, nowUtc).share || arrival;
  // A walk-in has no time of its own: it stands where it came in.
  const timeOf = (card: typeof a): string => card.appointmentAtUtc ?? card.encounter.openedAtUtc;
  return compareText(timeOf(a), timeOf(b)) || arrival;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
