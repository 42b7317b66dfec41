import type { CommandAnswer } from '../../shared/ipc/contract.ts';

/** How long after its answer the same act is still the same press: a double click, a key that bounces. */
const SAME_PRESS_MS = 1_000;

type Act = { actionId: string; answer: Promise<CommandAnswer> | null; isUnderWay: boolean };
export type Acts = ReturnType<typeof createActs>;

/**
 * What one person does at this window. Each act has an id, by which the station does it once; and the same act, given again
 * while it is under way or a moment after, is the one that was given, and gets its answer. An act whose answer was lost keeps
 * its id: given again, it is done now or was done then. A refused one is over: given again, it is judged again.
 */
export function createActs(newId: () => string) {
  const acts = new Map<string, Act>();

  const end = (key: string, act: Act): void => {
    if (acts.get(key) === act) acts.delete(key);
  };
  const settle = (key: string, act: Act, answer: CommandAnswer): void => {
    act.isUnderWay = false;
    if (answer.ok) setTimeout(() => end(key, act), SAME_PRESS_MS);
    else if (answer.violations.some((one) => one.law === 'SCREEN')) act.answer = null;
    else end(key, act);
  };

  return {
    /** Sends an act with its id, or answers as the act of this key was answered. `send` never rejects. */
    give: (key: string, send: (actionId: string) => Promise<CommandAnswer>): Promise<CommandAnswer> => {
      const known = acts.get(key);
      if (known?.answer) return known.answer;
      // Something else came in between: the first, done again, is a new act (forward, back, forward).
      for (const [other, act] of acts) if (other !== key && !act.isUnderWay) acts.delete(other);
      const actionId = known?.actionId ?? newId();
      const answer = send(actionId);
      const act: Act = { actionId, answer, isUnderWay: true };
      acts.set(key, act);
      void answer.then((given) => settle(key, act, given));
      return answer;
    },
  };
}
