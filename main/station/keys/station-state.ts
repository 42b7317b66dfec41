import { z } from 'zod';
import { fail, ok } from '../../../shared/kernel/result.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { readJsonFile, writeFileAtomically } from './atomic-file.ts';

/**
 * What a restored copy of the data folder cannot know: how far this station had come. It lies beside the station's key,
 * outside the data folder (change-sets.md §5).
 */
const stateSchema = z.strictObject({
  version: z.literal(1),
  stationId: z.string().min(1),
  /** The station's gap-free counter: the last number given. */
  stationSeq: z.int().nonnegative(),
  /** Hash of the station's change chain at `stationSeq`, as hex. */
  chainHead: z.string(),
  /** Per number series the last number given. */
  numberMarks: z.record(z.string(), z.int().nonnegative()),
});

export type StationState = z.infer<typeof stateSchema>;
export type StationStateFailure = { code: 'state-missing' } | { code: 'state-damaged' };

/** Replaces the state at once and durably. */
export function writeStationState(file: string, state: StationState): void {
  writeFileAtomically(file, `${JSON.stringify(stateSchema.parse(state))}\n`);
}

/** The state, or why there is none: missing on a new station, damaged otherwise; never a guess. */
export function readStationState(file: string): Result<StationState, StationStateFailure> {
  const json = readJsonFile(file);
  if (json === undefined) return fail({ code: 'state-missing' });
  const parsed = stateSchema.safeParse(json);
  return parsed.success ? ok(parsed.data) : fail({ code: 'state-damaged' });
}

/**
 * True when the store is an older or another copy than the one this station last worked with: it then starts a new number
 * series and offers everything again. A store that is ahead is normal (a crash between commit and this file).
 */
export function isBehind(store: StationState, outside: StationState): boolean {
  if (store.stationId !== outside.stationId || store.stationSeq < outside.stationSeq) return true;
  if (store.stationSeq === outside.stationSeq && store.chainHead !== outside.chainHead) return true;
  return Object.entries(outside.numberMarks).some(([series, mark]) => (store.numberMarks[series] ?? 0) < mark);
}
