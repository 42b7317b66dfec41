import { expect, test } from 'vitest';
import { unmatched } from './cases.ts';
import { gullibleLaw } from './gullible-law.ts';
import { proveForgedSets } from './forged-sets.ts';

test('every command has a case', () => {
  expect(unmatched).toEqual([]);
});

test('a server that believes what it is sent is found out', async () => {
  const deadlineMs = performance.now() + 200_000;
  const result = await proveForgedSets({ seed: 7, perCommand: 2, deadlineMs, gullible: gullibleLaw() });
  expect(result.lost).toBeGreaterThan(20);
}, 240_000);

test('forged sets have no effect, honest ones are not taken for forged', async () => {
  const perCommand = 10;
  const result = await proveForgedSets({ seed: 7, perCommand, deadlineMs: performance.now() + 200_000 });
  expect(result.faults).toEqual([]);
  expect(result.minPerCommand).toBe(perCommand);
}, 240_000);
