import { expect, it } from 'vitest';
import { formatBytes } from './bytes.ts';

it('writes bytes in the largest unit that gives at least one', () => {
  expect([formatBytes(412e9, 'en'), formatBytes(1_450, 'en'), formatBytes(0, 'en')]).toEqual([
    '412 GB',
    '1.5 kB',
    '0 byte',
  ]);
});
