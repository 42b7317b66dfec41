import { cpSync, existsSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listInputs } from './build-inputs.ts';
import { root, runTool, toolScript } from './run-tool.ts';

/** Folders that the compiler carries to `dist/`. */
export const codeFolders: readonly string[] = ['main', 'server', 'shared'];

/** What is carried as it is: a path relative to a module is then the same in the sources and in `dist/`. */
const isAsset = (file: string): boolean =>
  !/\.tsx?$/.test(file) && !/(?:^|\/)(?:README\.md|tsconfig[^/]*\.json)$/.test(file);

const isSame = (emitted: string): boolean => {
  const source = emitted.replace(/^dist\//, '').replace(/\.js$/, '.ts');
  return existsSync(join(root, source)) || existsSync(join(root, emitted.replace(/^dist\//, '')));
};

/** Deletes what an earlier build left of files that are gone; what still has a source stays, so that a running program keeps its files. */
function removeOrphans(): void {
  const folders = [...codeFolders, 'resources'].join(',');
  const emitted = globSync(`dist/{${folders}}/**/*.*`, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'));
  for (const file of emitted) if (!isSame(file)) rmSync(join(root, file));
}

/** `main/`, `server/` and `shared/` to JavaScript in `dist/`, with their other files and `resources/` beside them. Types are `check`'s. */
export async function buildCode(): Promise<void> {
  const result = await runTool(process.execPath, [toolScript('typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  if (result.code !== 0) throw new Error(`tsc failed:\n${result.output}`);
  for (const asset of listInputs(root, [...codeFolders, 'resources']).filter(isAsset)) {
    const target = join(root, 'dist', asset);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(root, asset), target);
  }
  removeOrphans();
}
