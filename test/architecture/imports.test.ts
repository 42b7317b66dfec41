import { isBuiltin } from 'node:module';
import { expect, it } from 'vitest';
import { findCycles, type Import, isTest, readSourceFiles, type SourceFile } from './source-files.ts';

const files = readSourceFiles();

const folderOf = (path: string): string => path.split('/')[0] ?? '';

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** `file imports specifier` for every import that breaks a law. Types count: a type from the wrong side is a dependency as well. */
function broken(isBroken: (file: SourceFile, each: Import) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter((each) => isBroken(file, each)).map((each) => `${file.path} imports ${each.specifier}`),
  );
}

/** Folder → the folders that it may import besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  main: ['shared'],
  server: ['shared'],
  renderer: ['shared'],
  preload: ['shared'],
};

/** The printer of documents, which runs on workstation and server alike; what it needs of fonts and files is passed in. */
const layoutFolder = 'shared/documents/layout/';
const layoutPackages = ['pdfmake', 'bidi-js', 'fontkit'];

it('reads the sources (a law over no files would hold)', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(100);
});

it('every relative import names a file with its extension', () => {
  expect(broken((_, each) => each.target !== undefined && !/\.\w+(?:\?\w+)?$/.test(each.specifier))).toEqual([]);
});

it('shared, main, server, renderer and preload import only shared and themselves', () => {
  const wrong = broken((file, each) => {
    const allowed = mayImport[folderOf(file.path)];
    if (allowed === undefined || each.target === undefined) return false;
    const folder = folderOf(each.target);
    // A test may build its world from the shared one, and a screen its texts from `resources/`.
    const isWorld = isTest(file.path) && each.target.startsWith('test/world/');
    const isText = folder === 'resources' && each.target.endsWith('.json');
    return folder !== folderOf(file.path) && !allowed.includes(folder) && !isWorld && !isText;
  });
  expect(wrong).toEqual([]);
});

it('shared uses no package but zod, and nothing of Node', () => {
  const wrong = broken((file, each) => {
    if (folderOf(file.path) !== 'shared' || isTest(file.path) || each.target !== undefined) return false;
    const name = packageOf(each.specifier);
    return name !== 'zod' && !(file.path.startsWith(layoutFolder) && layoutPackages.includes(name));
  });
  expect(wrong).toEqual([]);
});

/** Who may import electron: its shell, the preload that it loads, and the test program that it runs where there is a binary. */
const electronPlaces = ['main/shell/electron/', 'preload/', 'test/shell/electron-entry.ts'];

it('only main/shell/electron and the preload import electron', () => {
  const mayUseElectron = (path: string): boolean => electronPlaces.some((place) => path.startsWith(place));
  expect(broken((file, each) => packageOf(each.specifier) === 'electron' && !mayUseElectron(file.path))).toEqual([]);
});

it('screens use nothing of Node; the preload uses electron alone', () => {
  const wrong = broken((file, each) => {
    if (isTest(file.path) || each.target !== undefined) return false;
    if (folderOf(file.path) === 'preload') return each.specifier !== 'electron';
    return folderOf(file.path) === 'renderer' && !file.path.endsWith('vite.config.ts') && isBuiltin(each.specifier);
  });
  expect(wrong).toEqual([]);
});

it('code that ships imports no test, script or benchmark', () => {
  const wrong = broken((file, each) => {
    if (isTest(file.path) || mayImport[folderOf(file.path)] === undefined) return false;
    return each.target !== undefined && isTest(each.target);
  });
  expect(wrong).toEqual([]);
});

it('no import cycles', () => {
  expect(findCycles(files).map((cycle) => cycle.join(' → '))).toEqual([]);
});
