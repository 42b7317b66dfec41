import { expect, it } from 'vitest';
import { shutDown } from './shut-down.ts';

/** The parts of a workstation, whose store asks the parser once more while it stops. */
function endingParts(storeStop: (ask: () => void) => Promise<void>) {
  const order: string[] = [];
  let isClosed = false;
  const ask = (): void => void order.push(isClosed ? 'asked a closed parser' : 'parsed');
  const stopStore = async (): Promise<void> => {
    await storeStop(ask);
    order.push('store stopped');
  };
  return {
    order,
    parts: {
      store: { stop: stopStore },
      door: { stop: () => Promise.resolve() },
      parser: {
        close: () => {
          isClosed = true;
          order.push('parser closed');
        },
      },
    },
  };
}

const turnOfLoop = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it('the store files what it began before the parser goes', async () => {
  const { order, parts } = endingParts(async (ask) => {
    await turnOfLoop();
    ask();
  });
  await shutDown(parts);
  expect(order).toEqual(['parsed', 'store stopped', 'parser closed']);
});

it('the parser goes, too, where the store does not end well', async () => {
  const { order, parts } = endingParts(() => Promise.reject(new Error('gone')));
  await shutDown(parts);
  expect(order).toEqual(['parser closed']);
});
