/** What an organization sets for everybody, with what holds where it has not. */
import type { Reader } from '../kernel/reader.ts';
import type { Organization } from './schema.ts';

/** A working day: what was done yesterday is corrected, not undone. */
const UNDO_WITHIN_MIN = 12 * 60;

async function settingsOf(reader: Reader): Promise<Organization | undefined> {
  return (await reader.find<Organization>('organization', 'all', { prefix: '' }, { limit: 1 }))[0];
}

/** For how long an action may be taken back, minutes. */
export const undoWithinMin = async (reader: Reader): Promise<number> =>
  (await settingsOf(reader))?.undoWithinMin ?? UNDO_WITHIN_MIN;
