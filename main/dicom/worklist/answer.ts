import { type DatasetProblem, readImplicit } from '../dataset/read-implicit.ts';
import { parseCharacterSet } from '../dataset/character-set.ts';
import type { Keyword } from '../dataset/tags.ts';
import type { DicomDevice, WorklistStep } from '../ports.ts';
import { type AnswerProblem, buildAnswer } from './build-answer.ts';
import { stepMatcher } from './match-step.ts';
import { readWorklistQuery } from './read-query.ts';

export type WorklistAnswer = {
  stepId: string;
  /** Identifier of one pending response, Implicit VR LE. */
  bytes: Uint8Array;
  /** False: answer with FF01, a key was asked that we do not support. */
  supported: boolean;
  /** The PN text exactly as sent. */
  sentName: string;
  /** True when the device's character set could not hold the name, so that its Latin form alone was sent. */
  latinOnly: boolean;
};

export type WorklistRefusal = DatasetProblem | 'bad_sequence_key' | 'key_too_long' | 'bad_date_key' | 'bad_time_key';

export type WorklistResult =
  | {
      status: 'ok';
      answers: WorklistAnswer[];
      /** Steps that match but could not be sent whole: which attribute, and why. A person has to mend the order. */
      leftOut: { stepId: string; keyword: Keyword; why: AnswerProblem }[];
      keys: Record<string, string>;
    }
  /** `code` is the DIMSE status: A700 beyond our limits, A900 not a worklist identifier. */
  | { status: 'refused'; code: number; why: WorklistRefusal };

/**
 * Answers one Modality Worklist C-FIND (PS3.4 K.4.1, K.6.1.2): patients in the building first, then by start.
 * @param identifier the query's dataset, Implicit VR LE
 * @param steps scheduled steps, neither completed nor cancelled
 * @param todayDate `YYYYMMDD` where the scanner stands; the day asked for when the query names none
 */
export function answerWorklistQuery(
  identifier: Uint8Array,
  steps: readonly WorklistStep[],
  device: DicomDevice,
  todayDate: string,
): WorklistResult {
  const refused = (why: WorklistRefusal): WorklistResult => ({
    status: 'refused',
    code: isLimit(why) ? 0xa700 : 0xa900,
    why,
  });
  const dataset = readImplicit(identifier);
  if (!dataset.ok) return refused(dataset.error);
  const query = readWorklistQuery(dataset.value);
  if (!query.ok) return refused(query.error);
  const matcher = stepMatcher(query.value, device, todayDate);
  if (!matcher.ok) return refused(matcher.error);

  const { set } = parseCharacterSet(device.specificCharacterSet);
  const answers: WorklistAnswer[] = [];
  const leftOut: { stepId: string; keyword: Keyword; why: AnswerProblem }[] = [];
  for (const step of steps.filter(matcher.value).toSorted(byPresenceAndStart)) {
    const built = buildAnswer(step, query.value, set, device.specificCharacterSet);
    if (!built.ok) {
      leftOut.push({ stepId: step.stepId, keyword: built.keyword, why: built.why });
      continue;
    }
    const { bytes, sentName, latinOnly } = built;
    answers.push({ stepId: step.stepId, bytes, supported: query.value.supported, sentName, latinOnly });
  }
  return { status: 'ok', answers, leftOut, keys: query.value.keys };
}

function isLimit(why: WorklistRefusal): boolean {
  return why === 'dataset_too_long' || why === 'dataset_too_many_elements' || why === 'key_too_long';
}

function byPresenceAndStart(a: WorklistStep, b: WorklistStep): number {
  if (a.patientPresent !== b.patientPresent) return a.patientPresent ? -1 : 1;
  return (
    compareText(a.startDate, b.startDate) || compareText(a.startTime, b.startTime) || compareText(a.stepId, b.stepId)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
