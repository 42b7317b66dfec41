import { useCallback, useState } from 'react';
import { commandAnswerSchema, REDO_COMMAND, UNDO_COMMAND, type CommandAnswer } from '../../shared/ipc/contract.ts';
import type { Doc } from '../../shared/kernel/kind.ts';
import { violation } from '../../shared/kernel/violation.ts';
import { showRefusal, showToast, showUndone } from '../ui/toast-store.ts';
import { type BridgeServices, useServices } from './bridge-context.tsx';
import { ask, codeOf, type PraxisBridge } from './praxis-bridge.ts';
import { askProof, asksForProof } from './proof.ts';

export type RunOptions = {
  /** The documents as the screen shows them, by `kind/id`: the `before` of what is written. */
  seen: Record<string, Doc>;
  reason?: string | null;
  /** What happened, in words, for the toast; without it nothing is shown. */
  done?: string;
  /** `inline`: the caller shows the violations where the person works; else they come as a toast. */
  refusal?: 'toast' | 'inline';
};

type Stay = Pick<BridgeServices, 'bridge' | 'acts' | 'isStillHere'>;

/**
 * Gives one command and returns the desk's word on it; given twice, by a double click or because the answer was lost, it is done
 * and said once. A failure on the way is a violation with the law `SCREEN`. Once the person has left, the word is shown to
 * nobody: it may name a patient.
 */
function runCommand(
  stay: Stay,
  name: string,
  input: Record<string, unknown>,
  options: RunOptions,
): Promise<CommandAnswer> {
  const reason = options.reason ?? null;
  return stay.acts.give(JSON.stringify([name, input, reason]), async (actionId) => {
    const given = { actionId, name, input, seen: options.seen, reason };
    let answer = await request(stay.bridge, given);
    if (asksForProof(answer) && stay.isStillHere() && (await askProof())) answer = await request(stay.bridge, given);
    if (!stay.isStillHere()) return answer;
    if (!answer.ok) {
      if (options.refusal !== 'inline') showRefusal(answer.violations);
      return answer;
    }
    if (options.done !== undefined) {
      const undo = (): void => void undoSet(stay, answer.setId);
      showToast({ words: options.done, undo: answer.undoable ? undo : null });
    }
    return answer;
  });
}

async function request(bridge: PraxisBridge, payload: Record<string, unknown>): Promise<CommandAnswer> {
  try {
    const answer = commandAnswerSchema.safeParse(await ask(bridge, 'command.run', payload));
    return answer.success ? answer.data : { ok: false, violations: [violation('SCREEN', 'malformed')] };
  } catch (error) {
    return { ok: false, violations: [violation('SCREEN', codeOf(error))] };
  }
}

/** Undoes one of the person's own sets, or their last (each press takes one more); the desk says why where it can't. */
function undoSet(stay: Stay, setId: string | null): Promise<CommandAnswer> {
  const input = setId === null ? {} : { setId };
  return stay.acts.give(`${UNDO_COMMAND} ${setId ?? crypto.randomUUID()}`, async (actionId) => {
    const answer = await request(stay.bridge, { actionId, name: UNDO_COMMAND, input, seen: {}, reason: null });
    if (!stay.isStillHere()) return answer;
    if (!answer.ok) showRefusal(answer.violations);
    else if (answer.undone) showUndone(answer.undone);
    return answer;
  });
}

/** Gives again what the person undid last, while nothing was done after it. */
function redoLast(stay: Stay): Promise<CommandAnswer> {
  return stay.acts.give(`${REDO_COMMAND} ${crypto.randomUUID()}`, async (actionId) => {
    const answer = await request(stay.bridge, { actionId, name: REDO_COMMAND, input: {}, seen: {}, reason: null });
    if (!stay.isStillHere()) return answer;
    if (!answer.ok) showRefusal(answer.violations);
    else if (answer.undone) showUndone(answer.undone);
    return answer;
  });
}

/** Commands from a screen: `run` answers as the desk did; `isRunning` while one is on its way. */
export function useCommand() {
  const stay = useServices();
  const [running, setRunning] = useState(0);
  const run = useCallback(
    async (name: string, input: Record<string, unknown>, options: RunOptions): Promise<CommandAnswer> => {
      setRunning((count) => count + 1);
      try {
        return await runCommand(stay, name, input, options);
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [stay],
  );
  const undoLast = useCallback(() => undoSet(stay, null), [stay]);
  const redo = useCallback(() => redoLast(stay), [stay]);
  return { run, undoLast, redo, isRunning: running > 0 };
}
