import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listPackage, statFile } from '@electron/asar';
import { readFuseWire, wrongFuses } from './fuse-wire.ts';

/** What a package must hold, and what it held. `misses` is empty when all is well. */
export type PackReport = { files: number; native: string[]; fuses: string; misses: string[] };

const required = ['/package.json', '/dist/main/main.js', '/dist/preload/preload.cjs'];
/** Development tools, the server's parts and sources have no place in a workstation. */
const forbidden =
  /^\/node_modules\/(electron|electron-builder|vite|vitest|playwright(-core)?|typescript|node|@electric-sql)(\/|$)|^\/(?!node_modules\/).*\.tsx?$|^\/(test|bench|scripts)\//;

/** Reads a packed folder back: program, archive, native modules outside it, fuses, left-overs. */
export const checkPackage = (unpackedDir: string, dependencies: readonly string[] = []): PackReport => {
  const misses: string[] = [];
  const program = join(unpackedDir, 'praxis');
  const archive = join(unpackedDir, 'resources', 'app.asar');
  if (!existsSync(program)) misses.push('program praxis is missing');
  if (!existsSync(archive)) return { files: 0, native: [], fuses: '', misses: [...misses, 'app.asar is missing'] };
  if (existsSync(join(unpackedDir, 'resources', 'app'))) misses.push('resources/app stands beside the archive');
  for (const name of ['resources/default_app.asar', 'version']) {
    if (existsSync(join(unpackedDir, name))) misses.push(`${name} was left in`);
  }
  const files = listPackage(archive, { isPack: false });
  misses.push(...required.filter((path) => !files.includes(path)).map((path) => `${path} is not in the archive`));
  misses.push(
    ...files
      .filter((path) => forbidden.test(path))
      .slice(0, 5)
      .map((path) => `${path} must not be in the archive`),
  );
  // The packer only warns about a dependency that it did not find.
  const missing = dependencies.filter(
    (name) => !forbidden.test(`/node_modules/${name}`) && !files.includes(`/node_modules/${name}/package.json`),
  );
  misses.push(...missing.map((name) => `dependency ${name} is not in the archive`));
  const native = files.filter((path) => path.endsWith('.node'));
  for (const wanted of ['better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node', 'argon2.linux-x64-gnu.node']) {
    if (!native.some((path) => path.endsWith(wanted))) misses.push(`native module ${wanted} was not packed`);
  }
  for (const path of native) {
    const stat = statFile(archive, path.slice(1));
    const outside = existsSync(join(`${archive}.unpacked`, path));
    if (!('unpacked' in stat && stat.unpacked) || !outside) misses.push(`${path} is not unpacked`);
  }
  const languages = readdirSync(join(unpackedDir, 'locales'));
  if (languages.includes('de.pak')) misses.push('languages that Praxis does not speak were left in');
  let fuses = '';
  try {
    fuses = readFuseWire(program);
    misses.push(...wrongFuses(fuses).map((name) => `fuse ${name} stands wrong`));
  } catch (error) {
    misses.push((error as Error).message);
  }
  return { files: files.length, native, fuses, misses };
};
