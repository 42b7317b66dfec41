import type { SetAnswer } from '../../shared/kernel/change-set.ts';
import type { SetLog, SetRow } from '../cabinet/set-log.ts';
import type { ServerClient } from './server-client.ts';
import { ServerRefusedError } from './server-client.ts';

const BATCH = 40;

/**
 * Sends what is pending, in the station's order. Each set is answered by itself; a held set is shown, and only sets that
 * build on it wait for it. Returns how many answers came.
 */
export async function pushPending(
  client: ServerClient,
  log: SetLog,
  store: (write: () => void) => Promise<void>,
): Promise<number> {
  let answered = 0;
  for (;;) {
    const batch = sendable(log.unsent(500)).slice(0, BATCH);
    if (batch.length === 0) return answered;
    const { answers } = await client.push({ sets: batch.map((row) => row.set) });
    await store(() => {
      for (const answer of answers) log.setAnswer(answer);
    });
    // The server counts this station's sets otherwise than it did: it was put back to an older copy.
    if (answers.some(isGap)) throw new ServerRefusedError(409, 'fork');
    answered += answers.length;
    if (!answers.some((answer: SetAnswer) => answer.result !== 'held')) return answered;
  }
}

const isGap = ({ result, violations }: SetAnswer): boolean =>
  result === 'held' && violations.some((one) => one['law'] === 'SYNC-2');

/** Pending sets that do not rest on a held one; a held one itself is offered again at the next hello. */
function sendable(rows: readonly SetRow[]): SetRow[] {
  const held = new Set(rows.filter((row) => row.answer?.result === 'held').map((row) => row.set.id));
  return rows.filter((row) => !held.has(row.set.id) && !row.set.buildsOn.some((id) => held.has(id)));
}
