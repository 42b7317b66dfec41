import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContractCase } from './contract-harness.ts';
import { type ChromiumHarness, startChromiumHarness } from './chromium-harness.ts';
import { prepareContract } from './contract.ts';
import { createFakeHost } from '../../main/shell/fake/create-fake-host.ts';

// The names are needed before a browser runs; the cases themselves come from the real host.
const names = prepareContract(createFakeHost()).map(({ name }) => name);

describe('the shell contract on Chromium', () => {
  let harness: ChromiumHarness;
  let cases: ContractCase[];
  beforeAll(async () => {
    harness = await startChromiumHarness();
    cases = prepareContract(harness.host);
    await harness.host.openWindow({ title: 'stays', width: 400, height: 300, path: '/' });
  });
  afterAll(() => harness.host.quit());
  for (const name of names) {
    test(name, async () => {
      const found = cases.find((one) => one.name === name);
      expect(found).toBeDefined();
      await found?.run(harness);
    });
  }
});
