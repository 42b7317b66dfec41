import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './source-files.ts';

const folder = join(root, 'dist/preload');

/** `npm test` builds first; `npm run check` alone may run before the first build. */
it.skipIf(!existsSync(folder))('the built preload is one file that requires only electron', () => {
  const files = readdirSync(folder).filter((name) => /\.[cm]?js$/.test(name));
  expect(files).toHaveLength(1);
  const code = readFileSync(join(folder, files[0] ?? ''), 'utf8');
  const required = [...code.matchAll(/\b(?:require|import)\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map((match) => match[1]);
  expect([...new Set(required)]).toEqual(['electron']);
  expect(code).not.toMatch(/^(?:import|export)\s/m);
});
