import assert from 'node:assert/strict';
import { type ContractCase, openTestWindow } from './contract-harness.ts';
import type { Seen } from './contract-app.ts';

/** Values that cross, errors, senders, pushes, destroyed windows. */
export const ipcCases = (seen: Seen): ContractCase[] => [
  {
    name: 'clones Date, bytes, Map, Set, undefined, bigint, NaN, nesting and cycles both ways',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const report = await harness.inPage(window, async ({ praxis }) => {
        const shared = { n: 1 };
        const cycle: Record<string, unknown> = { shared, again: shared };
        cycle.self = cycle;
        const value = {
          date: new Date(Date.UTC(2026, 10, 21, 9, 30)),
          badDate: new Date(Number.NaN),
          bytes: new Uint8Array([0, 127, 128, 255]),
          floats: new Float64Array([1.5, Number.NaN]),
          map: new Map<unknown, unknown>([[{ k: 1 }, new Set([1, 'a'])]]),
          nothing: undefined,
          big: 2n ** 70n,
          odd: [Number.NaN, -0, Infinity],
          text: 'Ünï \u{1F9B4} \ud800 end',
          ['__proto__x']: 1,
          error: new TypeError('bad'),
          cycle,
        };
        Object.defineProperty(value, '__proto__', { value: 'own', enumerable: true });
        const back = (await praxis.request('view.open', value)) as typeof value;
        const backCycle = back.cycle;
        const [key, item] = [...back.map][0] as [{ k: number }, Set<unknown>];
        return {
          date: back.date instanceof Date && back.date.toISOString(),
          badDate: back.badDate instanceof Date && Number.isNaN(back.badDate.getTime()),
          bytes: back.bytes instanceof Uint8Array && [...back.bytes],
          floats: back.floats instanceof Float64Array && Number.isNaN(back.floats[1]),
          map: back.map instanceof Map && key.k === 1 && item.has('a'),
          nothing: 'nothing' in back && back.nothing === undefined,
          big: back.big === 2n ** 70n,
          odd: Number.isNaN(back.odd[0]) && Object.is(back.odd[1], -0) && back.odd[2] === Infinity,
          text: back.text === value.text,
          proto: Object.getPrototypeOf(back) === Object.prototype && Object.hasOwn(back, '__proto__'),
          error: back.error instanceof TypeError && back.error.message,
          cycle: backCycle.self === backCycle && backCycle.shared === backCycle.again,
        };
      });
      const yes = {
        badDate: true,
        floats: true,
        map: true,
        nothing: true,
        big: true,
        odd: true,
        text: true,
        proto: true,
        cycle: true,
      };
      assert.deepEqual(report, { ...yes, date: '2026-11-21T09:30:00.000Z', bytes: [0, 127, 128, 255], error: 'bad' });
      const got = seen.payloads.at(-1) as { date: Date; bytes: Uint8Array; map: Map<unknown, unknown> };
      assert.ok(got.date instanceof Date && got.bytes instanceof Uint8Array && got.map instanceof Map);
      assert.equal(seen.windowIds.at(-1), window.windowId);
      window.close();
    },
  },
  {
    name: 'a throw reaches the caller as an Error with its message only',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const report = await harness.inPage(window, async ({ praxis }) => {
        const error = await praxis.request('command.run', {}).catch((caught: unknown) => caught);
        return {
          isError: error instanceof Error,
          message: (error as Error).message,
          extra: Object.keys(error as Error),
        };
      });
      assert.deepEqual(report, { isError: true, message: 'The slot is taken', extra: [] });
      window.close();
    },
  },
  {
    name: 'what cannot be cloned is refused in both directions',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const messages = await harness.inPage(window, async ({ praxis }) => {
        const ask = async (channel: string, payload: unknown): Promise<string> => {
          try {
            await praxis.request(channel, payload);
            return 'went';
          } catch (error) {
            return (error as Error).message;
          }
        };
        return [await ask('view.open', { run: () => 1 }), await ask('draft', null)];
      });
      assert.equal(messages.length, 2);
      for (const message of messages) assert.match(message, /could not be cloned/);
      window.close();
    },
  },
  {
    name: 'unknown channels and pushes are refused; a channel without a handler says so',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const messages = await harness.inPage(window, async ({ praxis }) => {
        const caught = async (work: () => unknown): Promise<string> => {
          try {
            await work();
            return 'went';
          } catch (error) {
            return (error as Error).message;
          }
        };
        return [
          await caught(() => praxis.request('sql.run', {})),
          await caught(() => praxis.request('__proto__', {})),
          await caught(() => praxis.on('anything', () => undefined)),
          await caught(() => praxis.request('station', {})),
        ];
      });
      assert.deepEqual(messages, [
        'Unknown channel: sql.run',
        'Unknown channel: __proto__',
        'Unknown push: anything',
        'No handler for channel: station',
      ]);
      window.close();
    },
  },
  {
    name: '20 MB each way',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const report = await harness.inPage(window, async ({ praxis }) => {
        const size = 20 * 1024 * 1024;
        const bytes = new Uint8Array(size);
        bytes[size - 1] = 9;
        const back = (await praxis.request('view.open', bytes)) as Uint8Array;
        const made = (await praxis.request('document', { size })) as Uint8Array;
        return [back.length === size, back[size - 1], made.length === size, made[size - 1]];
      });
      assert.deepEqual(report, [true, 9, true, 7]);
      window.close();
    },
  },
  {
    name: 'pushes arrive in order and stop when unsubscribed; a destroyed window swallows them',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const collected = harness.inPage(window, ({ praxis }) => {
        return new Promise<unknown[]>((resolve) => {
          const got: unknown[] = [];
          const stop = praxis.on('view.changed', (payload) => {
            got.push(payload instanceof Date ? 'date' : payload);
            if (got.length === 3) stop();
          });
          praxis.on('session.changed', () => resolve(got));
        });
      });
      // Sending starts when the page has answered one request after it subscribed.
      await harness.inPage(window, async ({ praxis }) => praxis.request('view.open', 1));
      for (const payload of [1, new Date(0), 'x', 'late']) assert.equal(window.send('view.changed', payload), true);
      window.send('session.changed', null);
      assert.deepEqual(await collected, [1, 'date', 'x']);
      const closed = new Promise<void>((resolve) => window.onClosed(resolve));
      window.close();
      await closed;
      assert.equal(window.send('view.changed', 1), false);
      await assert.rejects(window.printToPdf());
    },
  },
  {
    name: 'a sub-frame is refused',
    run: async (harness) => {
      const window = await openTestWindow(harness);
      const before = seen.payloads.length;
      assert.match(await harness.askFromSubFrame(window, 'view.open'), /Sender refused|no bridge/);
      assert.equal(seen.payloads.length, before);
      window.close();
    },
  },
];
