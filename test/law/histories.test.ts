import { expect, test } from 'vitest';
import { forgetfulLaw } from './forgetful-law.ts';
import { proveHistories } from './histories.ts';

test('stations that were apart come to the same, by the law, and nothing acknowledged is gone', async () => {
  const result = await proveHistories({ seed: 1, steps: 64, deadlineMs: performance.now() + 90_000 });
  expect(result.faults).toEqual([]);
  expect(result.commands).toBeGreaterThan(30);
}, 240_000);

test('a server that has forgotten a rule is found out', async () => {
  const deadlineMs = performance.now() + 90_000;
  const result = await proveHistories({ seed: 1, steps: 64, deadlineMs, serverLaw: forgetfulLaw() });
  expect(result.faults.filter((one) => one.includes('booking that was ended'))).not.toEqual([]);
}, 240_000);
