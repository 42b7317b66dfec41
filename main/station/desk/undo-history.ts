/** What a person's undo and redo reach, read off the station's own sets, newest first. */
import { law } from '../../../shared/law.ts';
import type { ChangeSet } from '../../../shared/kernel/change-set.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { fail, ok } from '../../../shared/kernel/result.ts';
import type { Violation } from '../../../shared/kernel/violation.ts';
import { violation } from '../../../shared/kernel/violation.ts';
import type { SetRow } from '../../cabinet/set-log.ts';

type History = {
  /** The set happened and nothing has taken it back. */
  stands: (set: ChangeSet) => boolean;
  /** A command, or the redo of one; an undo leads the other way. */
  leadsOn: (set: ChangeSet) => boolean;
};

function historyOf(newestFirst: readonly SetRow[]): History {
  const undoneIds = new Set<string>();
  const byId = new Map(newestFirst.map((row) => [row.set.id, row]));
  for (const { set, answer } of newestFirst)
    if (set.undoes && answer?.result !== 'refused' && !undoneIds.has(set.id)) undoneIds.add(set.undoes);
  const leadsOn = (set: ChangeSet): boolean => {
    if (!set.undoes) return true;
    const undone = byId.get(set.undoes)?.set;
    return undone !== undefined && !leadsOn(undone);
  };
  const stands = (set: ChangeSet): boolean => byId.get(set.id)?.answer?.result !== 'refused' && !undoneIds.has(set.id);
  return { stands, leadsOn };
}

const isReversible = (set: ChangeSet): boolean => law.commands[set.command]?.undo === 'patches';

/**
 * The person's newest action that still stands. It is taken back, or nothing is: an undo never reaches past an action without
 * an inverse to an older one (UNDO-7).
 */
export function nextUndo(newestFirst: readonly SetRow[], authorId: string): Result<ChangeSet, Violation[]> {
  const { stands, leadsOn } = historyOf(newestFirst);
  const row = newestFirst.find(({ set }) => set.authorId === authorId && stands(set) && leadsOn(set));
  if (!row) return fail([violation('UNDO-1', 'nothing-to-undo')]);
  if (!isReversible(row.set))
    return fail([violation('UNDO-7', 'newer-without-inverse', { params: { command: row.set.command } })]);
  return ok(row.set);
}

/** The person's newest undo, while nothing was done after it. */
export function nextRedo(newestFirst: readonly SetRow[], authorId: string): Result<ChangeSet, Violation[]> {
  const { stands, leadsOn } = historyOf(newestFirst);
  const row = newestFirst.find(({ set }) => set.authorId === authorId && stands(set));
  if (!row || leadsOn(row.set)) return fail([violation('UNDO-1', 'nothing-to-redo')]);
  return ok(row.set);
}

/** One named action, if it is the person's and still stands. */
export function undoOf(
  newestFirst: readonly SetRow[],
  set: ChangeSet,
  authorId: string,
): Result<ChangeSet, Violation[]> {
  if (set.authorId !== authorId) return fail([violation('UNDO-1', 'not-yours')]);
  if (!isReversible(set)) return fail([violation('UNDO-2', 'no-inverse')]);
  return historyOf(newestFirst).stands(set) ? ok(set) : fail([violation('UNDO-1', 'already-undone')]);
}
