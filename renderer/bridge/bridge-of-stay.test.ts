import { expect, it } from 'vitest';
import { bridgeOfStay } from './bridge-of-stay.ts';
import { ask, type PraxisBridge } from './praxis-bridge.ts';

function otherEnd() {
  const asked: string[] = [];
  let answer: (value: unknown) => void = () => undefined;
  let push: (payload: unknown) => void = () => undefined;
  const bridge: PraxisBridge = {
    request: (channel) => {
      asked.push(channel);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    on: (_name, listener) => {
      push = listener;
      return () => undefined;
    },
  };
  return { bridge, asked, answer: (value: unknown) => answer(value), push: (payload: unknown) => push(payload) };
}

it('passes questions, answers and pushes on while the person is there', async () => {
  const end = otherEnd();
  const mine = bridgeOfStay(end.bridge, () => true);
  const heard: unknown[] = [];
  mine.on('view.changed', (payload) => heard.push(payload));
  end.push(1);
  const answer = ask(mine, 'command.run', {});
  end.answer({ ok: true });
  expect([await answer, heard]).toEqual([{ ok: true }, [1]]);
});

it('sends nothing once the person has left: it would be done in the name of the next one', async () => {
  const end = otherEnd();
  const late = bridgeOfStay(end.bridge, () => false);
  await expect(ask(late, 'draft', { do: 'save' })).rejects.toMatchObject({ code: 'locked' });
  expect(end.asked).toEqual([]);
});

it('an answer or a push that comes after that reaches nobody', async () => {
  const end = otherEnd();
  let isHere = true;
  const mine = bridgeOfStay(end.bridge, () => isHere);
  const heard: unknown[] = [];
  mine.on('view.changed', (payload) => heard.push(payload));
  const answer = ask(mine, 'document', { do: 'make' });
  isHere = false;
  end.answer({ ok: true, sha256: 'a patient’s paper' });
  end.push(1);
  await expect(answer).rejects.toMatchObject({ code: 'locked' });
  expect(heard).toEqual([]);
});
