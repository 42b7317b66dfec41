import { expect, it } from 'vitest';
import { countLine, countTests } from './count-tests.ts';

const file = (status: string, ...cases: string[]) => ({
  status,
  assertionResults: cases.map((each) => ({ status: each })),
});
const report = (...files: unknown[]) => JSON.stringify({ testResults: files });

it('counts cases over all files', () => {
  const text = report(
    file('passed', 'passed', 'passed', 'pending'),
    file('failed', 'passed', 'failed', 'failed', 'todo'),
  );
  expect(countTests(text, 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

it('counts a file that did not load, or whose set-up failed, as one failed case', () => {
  expect(countTests(report(file('failed'), file('failed', 'skipped', 'skipped')), 1)).toEqual({
    passed: 0,
    failed: 2,
    skipped: 2,
  });
});

it('never calls a run a success that failed outside the tests, ran none, or left no report', () => {
  expect(countTests(report(file('passed', 'passed')), 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(countTests(report(), 0).failed).toBe(1);
  expect(countTests(undefined, 0).failed).toBe(1);
  expect(countTests('{"half', 0).failed).toBe(1);
});

it('writes the line', () => {
  expect(countLine({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
});
