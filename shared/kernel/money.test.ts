import { describe, expect, it } from 'vitest';
import { amountMinorSchema, divideRounded, roundToStep, shareOf } from './money.ts';

describe('rounding of amounts', () => {
  it.each([
    [5, 2, 'half-up', 3],
    [-5, 2, 'half-up', -3],
    [5, 2, 'half-even', 2],
    [7, 2, 'half-even', 4],
    [1, 3, 'half-up', 0],
    [-1, 3, 'half-up', 0],
  ] as const)('%i / %i by %s is %i', (a, b, rule, result) => expect(divideRounded(a, b, rule)).toBe(result));
  it('a share is exact where the product is past 2^53', () => {
    expect(shareOf(999_999_999_999, 9_999, 10_000, 'half-up')).toBe(999_899_999_999);
    expect(shareOf(-50, 100, 10_000, 'half-up')).toBe(-1);
  });
  it('nothing is above 10^12 minor units', () => {
    expect([1e12, -1e12, 1e12 + 1, 1e13].map((one) => amountMinorSchema.safeParse(one).success)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
  it('rounds cash to a step', () => {
    expect([
      roundToStep(1_450_049, 100, 'half-up'),
      roundToStep(1_450_050, 100, 'half-up'),
      roundToStep(7, 1, 'half-up'),
    ]).toEqual([1_450_000, 1_450_100, 7]);
  });
});
