import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** The project's folder. */
export const root: string = join(import.meta.dirname, '../..');

export const codeFolders: readonly string[] = [
  'shared',
  'main',
  'server',
  'renderer',
  'preload',
  'scripts',
  'bench',
  'test',
];

export type Import = {
  /** As written: `./door.ts`, `zod`, `node:fs`. */
  specifier: string;
  /** The file in the project that a relative specifier names; undefined for packages. */
  target: string | undefined;
  /** `import type`, or a type position (`import('x').T`): gone at run time. */
  isTypeOnly: boolean;
};

export type SourceFile = { path: string; text: string; lineCount: number; imports: readonly Import[] };

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('test/');

const staticImport = /^(?:import|export)\s+(type\s)?\s*((?:[^;'"]*?\sfrom\s*)?)['"]([^'"\n]+)['"]/gm;
const dynamicImport = /(\btypeof\s+)?(?<![.\w])(?:import|require)\(\s*['"]([^'"\n]+)['"]\s*\)(\.[A-Z])?/g;

/** Comments become blanks of the same number of lines; `//` inside a string (an address) is told apart by the character before. */
function withoutComments(text: string): string {
  return text
    .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

function resolve(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')) : undefined;
}

/** The imports of one module: static, re-exported, for effect only, dynamic, `require`, and in type positions. */
export function readImports(path: string, text: string): Import[] {
  const code = withoutComments(text);
  const found: Import[] = [];
  // `import { type A } from …` counts as a value: under `verbatimModuleSyntax` the import itself stays.
  for (const [, type, clause, specifier] of code.matchAll(staticImport)) {
    if (specifier === undefined) continue;
    found.push({ specifier, target: resolve(path, specifier), isTypeOnly: type !== undefined && clause !== undefined });
  }
  for (const [, typeOf, specifier, member] of code.matchAll(dynamicImport)) {
    if (specifier === undefined) continue;
    const isTypeOnly = typeOf !== undefined || member !== undefined;
    found.push({ specifier, target: resolve(path, specifier), isTypeOnly });
  }
  return found;
}

/** Every TypeScript file of the project, sorted by path with forward slashes. */
export function readSourceFiles(): SourceFile[] {
  return globSync(`{${codeFolders.join(',')}}/**/*.{ts,tsx}`, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.d.ts'))
    .toSorted()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, lineCount: text.split('\n').length - 1, imports: readImports(path, text) };
    });
}

/**
 * Import cycles at run time: each as the files of one strongly connected component with more than one file (Tarjan), or a file that
 * imports itself. Type-only imports do not count.
 */
export function findCycles(files: readonly Pick<SourceFile, 'path' | 'imports'>[]): string[][] {
  const targets = new Map(
    files.map((file) => [
      file.path,
      file.imports.flatMap((each) => (each.isTypeOnly || each.target === undefined ? [] : [each.target])),
    ]),
  );
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string): number => {
    const number = order.size;
    order.set(path, number);
    low.set(path, number);
    stack.push(path);
    for (const target of targets.get(path) ?? []) {
      if (!targets.has(target)) continue;
      const reached = order.has(target)
        ? stack.includes(target)
          ? (order.get(target) ?? number)
          : number
        : visit(target);
      low.set(path, Math.min(low.get(path) ?? number, reached));
    }
    const lowest = low.get(path) ?? number;
    if (lowest === number) {
      const component = stack.splice(stack.indexOf(path));
      if (component.length > 1 || targets.get(path)?.includes(path)) cycles.push(component.toSorted());
    }
    return lowest;
  };
  for (const path of targets.keys()) if (!order.has(path)) visit(path);
  return cycles;
}
