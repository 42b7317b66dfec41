import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CommandAnswer } from '../../shared/ipc/contract.ts';
import { violation } from '../../shared/kernel/violation.ts';
import { createActs } from './acts.ts';

const done = (setId: string): CommandAnswer => ({ ok: true, setId, undoable: false, written: [], undone: null });
const refused = (law: string): CommandAnswer => ({ ok: false, violations: [violation(law, 'why')] });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function person() {
  let count = 0;
  const acts = createActs(() => `act-${(count += 1)}`);
  const sent: Array<{ actionId: string; answer: (given: CommandAnswer) => void }> = [];
  const give = (key: string): Promise<CommandAnswer> =>
    acts.give(key, (actionId) => new Promise((answer) => void sent.push({ actionId, answer })));
  const answer = async (given: CommandAnswer): Promise<void> => {
    sent.at(-1)?.answer(given);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { give, answer, ids: () => sent.map((one) => one.actionId) };
}

it('an act given twice while it is under way is sent once; both presses get its answer', async () => {
  const { give, answer, ids } = person();
  const presses = [give('receive'), give('receive')];
  await answer(done('s1'));
  expect([ids(), await Promise.all(presses)]).toEqual([['act-1'], [done('s1'), done('s1')]]);
});

it('a second press just after the answer is the same act, one a second later is a new one', async () => {
  const { give, answer, ids } = person();
  void give('receive');
  await answer(done('s1'));
  await vi.advanceTimersByTimeAsync(900);
  expect(await give('receive')).toEqual(done('s1'));
  await vi.advanceTimersByTimeAsync(200);
  void give('receive');
  expect(ids()).toEqual(['act-1', 'act-2']);
});

it('the same after something else is a new act: forward, back, forward', async () => {
  const { give, answer, ids } = person();
  for (const key of ['forward', 'back', 'forward']) {
    void give(key);
    await answer(done(key));
  }
  expect(ids()).toEqual(['act-1', 'act-2', 'act-3']);
});

it('what is under way is not forgotten by something else', async () => {
  const { give, ids } = person();
  void give('receive');
  void give('other');
  void give('receive');
  expect(ids()).toEqual(['act-1', 'act-2']);
});

it('a lost answer keeps the id for the next try, a refusal does not', async () => {
  const { give, answer, ids } = person();
  void give('pay');
  await answer(refused('SCREEN'));
  await vi.advanceTimersByTimeAsync(60_000);
  void give('pay');
  await answer(refused('BILL-4'));
  void give('pay');
  expect(ids()).toEqual(['act-1', 'act-1', 'act-2']);
});
