import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFakeHost, type FakeHost } from '../../main/shell/fake/create-fake-host.ts';
import { prepareContract } from './contract.ts';
import type { Harness, PageApi } from './contract-harness.ts';

const host: FakeHost = createFakeHost();
const cases = prepareContract(host);
const harness: Harness = {
  host,
  inPage: async (window, script, argument) => {
    const page = host.page(window);
    return await script({ praxis: page, fetch: page.fetch } satisfies PageApi, argument as never);
  },
  savedBytes: async (path) => host.saved.get(path) ?? new Uint8Array(),
  savedNames: async () => [...host.saved.keys()],
  setPrinter: async (name) => host.setPrinter(name),
  printedBytes: async () => host.printed.at(-1)?.bytes ?? new Uint8Array(),
  askFromSubFrame: (window, channel) =>
    host
      .page(window)
      .requestFromSubFrame(channel, null)
      .then(String, (error: Error) => error.message),
};

describe('the shell contract on the fake', () => {
  beforeAll(() => host.openWindow({ title: 'stays', width: 10, height: 10, path: '/' }));
  afterAll(() => host.quit());
  for (const one of cases.filter(({ browser }) => browser !== true)) test(one.name, () => one.run(harness));

  test('quit listeners run once', async () => {
    const other = createFakeHost();
    const reasons: string[] = [];
    other.onQuit((reason) => void reasons.push(reason));
    other.onQuit(() => Promise.reject(new Error('ignored')));
    const window = await other.openWindow({ title: 'last', width: 10, height: 10, path: '/' });
    window.close();
    await Promise.all([other.quit(), other.quit()]);
    expect(reasons).toEqual(['last-window-closed']);
  });
});
