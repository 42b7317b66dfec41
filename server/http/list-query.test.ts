import { expect, test } from 'vitest';
import { pageOf, sortOf } from './list-query.ts';

test('S1-12: page and limit have defaults and are brought into range', () => {
  expect(pageOf({})).toEqual({ page: 1, limit: 50 });
  expect(pageOf({ page: '-3', limit: '0' })).toEqual({ page: 1, limit: 1 });
  expect(pageOf({ page: '2', limit: '501' })).toEqual({ page: 2, limit: 500 });
});

test('S1-14, S1-15: several fields, either way, and only those of the list', () => {
  const rows = [
    { name: 'b', at: '1' },
    { name: 'a', at: '2' },
    { name: 'a', at: '1' },
  ];
  const sorted = sortOf('name,-at', ['name', 'at']);
  expect(sorted && rows.toSorted(sorted).map((row) => row.name + row.at)).toEqual(['a2', 'a1', 'b1']);
  expect(sortOf('name,secret', ['name'])).toBeUndefined();
});
