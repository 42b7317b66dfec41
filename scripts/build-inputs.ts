import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** All files below the given folders (and the given single files) of `root`, sorted, with forward slashes, tests left out. */
export function listInputs(root: string, places: readonly string[]): string[] {
  const files = places.flatMap((place) => {
    const path = join(root, place);
    if (!existsSync(path)) return [];
    if (statSync(path).isFile()) return [place];
    return globSync(`${place}/**/*`, { cwd: root, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length));
  });
  return [...new Set(files.map((file) => file.replaceAll('\\', '/')))].filter((file) => !isTest(file)).toSorted();
}

/** SHA-256 over names and contents of the inputs, as hex: the same sources give the same stamp whatever their times say. */
export function hashInputs(root: string, places: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of listInputs(root, places)) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
