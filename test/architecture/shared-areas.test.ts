import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './source-files.ts';

/** Folders of `shared/` that are not an area of the clinic: what the areas are made of, and the printer. */
const notAreas = ['kernel', 'access', 'desk', 'ipc', 'sync', 'documents', 'demo', 'config'];

/** What a file of an area may be; a large one is split into `<topic>-<kind>.ts`, the kind also in the singular. */
const kinds = ['schema', 'upgrades', 'rules', 'commands', 'views', 'merge', 'facts'];

/** Files with a subject of their own, each with its reason to be one. */
const extraFiles: Readonly<Record<string, readonly string[]>> = {
  scheduling: ['free-times'], // the search for a free slot, shared by booking and rescheduling
  orders: ['make-order', 'scan-row', 'visit-of-order', 'why-not-listed'], // one order from one booking; a row of the Scan screen; an order's visit; why a step is not on a worklist
  people: ['names', 'transliterate', 'transliterate-hangul'], // comparing and showing names in three scripts; a Latin form to propose
  imaging: [
    'drawable',
    'drawable-place',
    'drawable-stream',
    'drawable-values',
    'drawing-facts',
    'not-drawable-reason',
    'identity',
    'instance-header',
    'matching',
    'pn',
    'length',
    'likely-visit',
    'series',
    'ultrasound-regions',
    'unfiled-studies',
  ], // which forms are drawn, by place, stream and values, of which facts, and why not; whose an image is; what is read of a header; its order; PS3.5 6.2 names; mm of a line; whose a stray may be; images by series; where an ultrasound measures; what waits
  charting: ['allergy-match', 'loop-strip', 'visit-chart', 'visit-imaging'], // whether a medicine's name is a listed allergy's; the steps of a visit with their repairs; the parts of the visit's view
  'waiting-room': ['board-card', 'limits'], // one card of the board; how long a stage may take
};

const areas = readdirSync(join(root, 'shared'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !notAreas.includes(entry.name))
  .map((entry) => entry.name);

const isExpected = (area: string, file: string): boolean => {
  if (file === 'README.md') return true;
  const name = /^([a-z0-9-]+?)(?:\.test)?\.ts$/.exec(file)?.[1];
  if (name === undefined) return false;
  const isTestOnly = file.endsWith('.test.ts');
  return (
    isTestOnly ||
    kinds.some((kind) => name === kind || name.endsWith(`-${kind}`) || name.endsWith(`-${kind.replace(/s$/, '')}`)) ||
    (extraFiles[area] ?? []).includes(name)
  );
};

it.each(areas)('shared/%s holds the files that an area has, and its laws in words', (area) => {
  const folder = join(root, 'shared', area);
  expect(readdirSync(folder).filter((file) => !isExpected(area, file))).toEqual([]);
  expect(existsSync(join(folder, 'README.md')), 'README.md with the numbered laws').toBe(true);
});

it('no reason is kept for a file that is gone', () => {
  const gone = Object.entries(extraFiles).flatMap(([area, names]) =>
    names.filter((name) => !existsSync(join(root, 'shared', area, `${name}.ts`))).map((name) => `${area}/${name}`),
  );
  expect(gone).toEqual([]);
});
