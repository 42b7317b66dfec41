import { expect, it } from 'vitest';
import { findCycles, readImports } from './source-files.ts';

const text = `
import { a } from 'zod';
import type { B } from './b.ts';
import {
  c,
  type D,
} from '../c.ts';
import './effect.css';
export * from './e.ts';
export type { F } from './f.ts';
export { g } from "./g.ts";
export const path = './not-an-import.ts';
const lazy = await import('./lazy.ts');
type H = import('./h.ts').H;
type I = typeof import('./i.ts');
// import { x } from './commented.ts';
/** import { y } from './documented.ts'; import('./documented-too.ts') */
const url = 'https://example.org'; const again = import('./after-address.ts');
const old = require('left-pad');
`;

it('finds every form of import and tells types from values', () => {
  const found = readImports('main/x/y.ts', text);
  expect(found.map((each) => [each.specifier, each.isTypeOnly])).toEqual([
    ['zod', false],
    ['./b.ts', true],
    ['../c.ts', false],
    ['./effect.css', false],
    ['./e.ts', false],
    ['./f.ts', true],
    ['./g.ts', false],
    ['./lazy.ts', false],
    ['./h.ts', true],
    ['./i.ts', true],
    ['./after-address.ts', false],
    ['left-pad', false],
  ]);
  expect(found[2]?.target).toBe('main/c.ts');
  expect(found[0]?.target).toBeUndefined();
});

const file = (path: string, ...imports: [target: string, isTypeOnly?: boolean][]) => ({
  path,
  imports: imports.map(([target, isTypeOnly = false]) => ({ specifier: `./${target}`, target, isTypeOnly })),
});

it('finds cycles through several files, not those of types alone', () => {
  expect(findCycles([file('a', ['b']), file('b', ['c'], ['d']), file('c', ['a']), file('d', ['b', true])])).toEqual([
    ['a', 'b', 'c'],
  ]);
  expect(findCycles([file('a', ['b']), file('b', ['a', true])])).toEqual([]);
  expect(findCycles([file('a', ['a'])])).toEqual([['a']]);
  expect(findCycles([file('a', ['b'], ['c']), file('b', ['d']), file('c', ['d']), file('d')])).toEqual([]);
});
