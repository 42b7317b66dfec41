import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PraxisBridge } from './praxis-bridge.ts';
import { createViewHub } from './view-hub.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** The other end of the bridge, as main speaks. */
function otherEnd(answer: (viewId: string) => Promise<unknown>) {
  const asked: { channel: string; viewId: string }[] = [];
  let push: (payload: unknown) => void = () => undefined;
  const bridge: PraxisBridge = {
    request: (channel, payload) => {
      const { viewId } = payload as { viewId: string };
      asked.push({ channel, viewId });
      return channel === 'view.open' ? answer(viewId) : Promise.resolve({});
    },
    on: (_name, listener) => {
      push = listener;
      return () => undefined;
    },
  };
  const values: [string, unknown][] = [];
  const closed: string[] = [];
  const hub = createViewHub(bridge, {
    onValue: (key, value) => values.push([key, value]),
    onClosed: (key) => closed.push(key),
  });
  return { hub, asked, values, closed, push: (payload: unknown) => push(payload) };
}

it('a push that overtakes the answer is the newer value', async () => {
  const end = otherEnd(async (viewId) => {
    end.push({ viewId, value: 'new' });
    return { ok: true, value: 'old' };
  });
  expect(await end.hub.open('k', 'inbox/count', {})).toBe('new');
});

it('shares one view between holders and closes it a while after the last', async () => {
  const end = otherEnd(async () => ({ ok: true, value: 1 }));
  const releases = [end.hub.hold('k'), end.hub.hold('k')];
  await end.hub.open('k', 'inbox/count', {});
  const viewId = end.asked[0]?.viewId ?? '';
  end.push({ viewId, value: 2 });
  expect(end.values).toEqual([['k', 2]]);
  for (const release of releases) release();
  releases[0]?.();
  vi.advanceTimersByTime(1_999);
  expect(end.closed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(end.closed).toEqual(['k']);
  expect(end.asked.at(-1)).toEqual({ channel: 'view.close', viewId });
  end.push({ viewId, value: 3 });
  expect(end.values.length).toBe(1);
});

it('rejects with the stable code, never with what the other side wrote', async () => {
  const end = otherEnd(async () => ({ ok: false, code: 'not-permitted' }));
  await expect(end.hub.open('k', 'inbox/count', {})).rejects.toMatchObject({ code: 'not-permitted' });
  const broken = otherEnd(() => Promise.reject(new Error('Sarah Wijayanti is not there')));
  await expect(broken.hub.open('k', 'inbox/count', {})).rejects.toMatchObject({ code: 'failed', message: 'failed' });
});

it('a part that lets go after everything was closed leaves the next person’s view alone', async () => {
  const end = otherEnd(async () => ({ ok: true, value: 1 }));
  const releaseOfFirst = end.hub.hold('k');
  await end.hub.open('k', 'waiting-room/board', {});
  end.hub.closeAll();
  const releaseOfNext = end.hub.hold('k');
  await end.hub.open('k', 'waiting-room/board', {});
  const viewId = end.asked.at(-1)?.viewId ?? '';
  releaseOfFirst();
  vi.advanceTimersByTime(10_000);
  end.push({ viewId, value: 2 });
  expect(end.values).toEqual([['k', 2]]);
  expect(end.closed).toEqual(['k']);
  releaseOfNext();
  vi.advanceTimersByTime(2_000);
  expect(end.closed).toEqual(['k', 'k']);
});

it('a view that lingered when everything was closed does not end the next person’s', async () => {
  const end = otherEnd(async () => ({ ok: true, value: 1 }));
  end.hub.hold('k')();
  end.hub.closeAll();
  end.hub.hold('k');
  vi.advanceTimersByTime(10_000);
  expect([end.closed, end.hub.openCount()]).toEqual([['k'], 1]);
});
