import { expect, it } from 'vitest';
import { createAhead } from './load-ahead.ts';

const bytesOf = (size: number): ArrayBuffer => new ArrayBuffer(size);

it('fetches one after the other, gives each once, and no more than it may hold', async () => {
  const asked: string[] = [];
  const ahead = createAhead({
    isBusy: () => false,
    maxBytes: 20,
    fetch: async (url) => {
      asked.push(url);
      return bytesOf(10);
    },
  });
  await ahead.wish(['/a', '/b', '/c']);
  expect(asked).toEqual(['/a', '/b']);
  expect((await ahead.take('/a'))?.byteLength).toBe(10);
  expect(ahead.take('/a')).toBeUndefined();
  // What is being opened keeps what came for it, until the one after the next is wished for.
  await ahead.wish(['/d']);
  expect(ahead.take('/b')).toBeDefined();
  await ahead.wish(['/e']);
  await ahead.wish(['/f']);
  expect([ahead.take('/d'), ahead.take('/e')].map(Boolean)).toEqual([false, true]);
  ahead.forget();
  expect(ahead.take('/f')).toBeUndefined();
});

it('waits while a picture is waited for, and goes on with another wish at once', async () => {
  let isBusy = true;
  const asked: string[] = [];
  const ahead = createAhead({
    isBusy: () => isBusy,
    maxBytes: 100,
    fetch: async (url) => {
      asked.push(url);
      return bytesOf(1);
    },
  });
  const first = ahead.wish(['/a']);
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(asked).toEqual([]);
  const second = ahead.wish(['/b']);
  await first;
  isBusy = false;
  await second;
  expect(asked).toEqual(['/b']);
});

it('what failed is left to whoever opens it', async () => {
  const ahead = createAhead({
    isBusy: () => false,
    maxBytes: 100,
    fetch: (url) => (url === '/gone' ? Promise.reject(new Error('gone')) : Promise.resolve(bytesOf(1))),
  });
  await ahead.wish(['/gone', '/here']);
  expect(ahead.take('/gone')).toBeUndefined();
  expect(ahead.take('/here')).toBeDefined();
});

it('what is taken on its way comes, though something else is wished meanwhile; what is not taken is stopped', async () => {
  const stopped: string[] = [];
  const answers = new Map<string, (bytes: ArrayBuffer) => void>();
  const ahead = createAhead({
    isBusy: () => false,
    maxBytes: 100,
    fetch: (url, signal) =>
      new Promise((resolve, reject) => {
        answers.set(url, resolve);
        signal.addEventListener('abort', () => {
          stopped.push(url);
          reject(new Error('stopped'));
        });
      }),
  });
  const first = ahead.wish(['/a']);
  const taken = ahead.take('/a');
  const second = ahead.wish(['/b']);
  const third = ahead.wish([]);
  answers.get('/a')?.(bytesOf(3));
  expect((await taken)?.byteLength).toBe(3);
  await Promise.all([first, second, third]);
  expect(stopped).toEqual(['/b']);
});
