import { describe, expect, it } from 'vitest';
import { divideRounded, roundToStep } from './money.ts';

describe('rounding of amounts', () => {
  it.each([
    [5, 2, 'half-up', 3],
    [-5, 2, 'half-up', -3],
    [5, 2, 'half-even', 2],
    [7, 2, 'half-even', 4],
    [1, 3, 'half-up', 0],
    [-1, 3, 'half-up', 0],
  ] as const)('%i / %i by %s is %i', (a, b, rule, result) => expect(divideRounded(a, b, rule)).toBe(result));
  it('rounds cash to a step', () => {
    expect([
      roundToStep(1_450_049, 100, 'half-up'),
      roundToStep(1_450_050, 100, 'half-up'),
      roundToStep(7, 1, 'half-up'),
    ]).toEqual([1_450_000, 1_450_100, 7]);
  });
});
