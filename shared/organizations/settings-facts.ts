/** What an organization sets for everybody, with what holds where it has not. */
import type { Reader } from '../kernel/reader.ts';
import type { Organization } from './schema.ts';

/** A working day: what was done yesterday is corrected, not undone. */
const UNDO_WITHIN_MIN = 12 * 60;

/** Long enough for a doctor who signs one report after another, short enough for a screen that somebody left. */
const PROOF_WITHIN_MIN = 15;

async function settingsOf(reader: Reader): Promise<Organization | undefined> {
  return (await reader.find<Organization>('organization', 'all', { prefix: '' }, { limit: 1 }))[0];
}

/** For how long an action may be taken back, minutes. */
export const undoWithinMin = async (reader: Reader): Promise<number> =>
  (await settingsOf(reader))?.undoWithinMin ?? UNDO_WITHIN_MIN;

/** How old a person's last PIN or password may be when they sign, refund or override, minutes. */
export const proofWithinMin = async (reader: Reader): Promise<number> =>
  (await settingsOf(reader))?.proofWithinMin ?? PROOF_WITHIN_MIN;
