import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findCycles, isTest, readSourceFiles, root } from './source-files.ts';

/**
 * The folders of `main/` from the bottom up: each imports those that its line names, and nothing else of `main/`. Types count as
 * well. A file directly in `main/` is a unit of its own; those in `putTogether` join the rest and may import all.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'log.ts': [],
  'downloads-folder.ts': [],
  'die.ts': [],
  'shut-down.ts': [],
  shell: ['log.ts'],
  cabinet: [],
  vault: ['cabinet'],
  documents: ['cabinet', 'vault'],
  sync: ['cabinet', 'vault'],
  dicom: ['vault', 'shell'],
  parser: ['dicom', 'vault', 'shell'],
  station: ['cabinet', 'vault', 'documents', 'sync', 'dicom', 'parser', 'shell'],
  ipc: ['station', 'vault', 'dicom', 'shell', 'log.ts'],
};
const putTogether = ['main.ts', 'start-workstation.ts', 'config.ts'];

const unitOf = (path: string): string | undefined => (path.startsWith('main/') ? path.split('/')[1] : undefined);

const files = readSourceFiles().filter((file) => unitOf(file.path) !== undefined && !isTest(file.path));

it('a folder of main imports only the folders below it', () => {
  const wrong = files.flatMap((file) => {
    const from = unitOf(file.path) ?? '';
    if (putTogether.includes(from)) return [];
    return file.imports
      .filter((each) => {
        const to = each.target === undefined ? undefined : unitOf(each.target);
        return to !== undefined && to !== from && !(mayImport[from] ?? []).includes(to);
      })
      .map((each) => `${file.path} imports ${each.specifier}`);
  });
  expect(wrong).toEqual([]);
});

it('every folder of main has its line', () => {
  const units = readdirSync(join(root, 'main')).filter((name) => !name.endsWith('.test.ts'));
  expect(units.toSorted()).toEqual([...Object.keys(mayImport), ...putTogether].toSorted());
});

it('no two folders of main need each other', () => {
  const units = [...new Set(files.map((file) => unitOf(file.path) ?? ''))].map((unit) => ({
    path: unit,
    imports: files
      .filter((file) => unitOf(file.path) === unit)
      .flatMap((file) => file.imports.map((each) => ({ ...each, target: each.target && unitOf(each.target) })))
      .filter((each) => each.target !== unit)
      .map((each) => ({ ...each, isTypeOnly: false })),
  }));
  expect(findCycles(units)).toEqual([]);
});

it('the door and the parser never reach the cabinet: a receiving port holds no records', () => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const reached = new Set(['main/dicom/process.ts', 'main/parser/process.ts']);
  for (const path of reached)
    for (const each of byPath.get(path)?.imports ?? [])
      if (each.target !== undefined && !each.isTypeOnly) reached.add(each.target);
  expect([...reached].filter((path) => path.startsWith('main/cabinet/'))).toEqual([]);
  expect(reached).toContain('main/vault/object-cipher.ts');
});

it('a folder of main holds at most twenty files', () => {
  const counts = Map.groupBy(files, (file) => file.path.split('/').slice(0, -1).join('/'));
  expect([...counts].filter(([, inside]) => inside.length > 20).map(([folder]) => folder)).toEqual([]);
});
