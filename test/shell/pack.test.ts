import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPreload } from '../../scripts/build-preload.ts';
import { setFuse } from '../../scripts/fuse-wire.ts';
import { checkPackage } from '../../scripts/pack-checks.ts';
import { pack } from '../../scripts/pack.ts';
import { freshFolder } from './chromium-harness.ts';

const repository = join(import.meta.dirname, '..', '..');
const nativePackages = ['better-sqlite3-multiple-ciphers', '@node-rs/argon2', '@node-rs/argon2-linux-x64-gnu'];

/** A project of the product's shape with its real native modules, small enough to pack in seconds. */
const makeProject = async (): Promise<string> => {
  const project = freshFolder('project');
  const whole = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Record<string, unknown>;
  const dependencies: Record<string, string> = {};
  for (const name of nativePackages) {
    const from = join(repository, 'node_modules', name);
    cpSync(from, join(project, 'node_modules', name), { recursive: true });
    dependencies[name] = (JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string }).version;
  }
  const { name, version, description, main, type, license } = whole;
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name, version, description, main, type, license, dependencies }),
  );
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages: {} }));
  mkdirSync(join(project, 'resources'));
  mkdirSync(join(project, 'dist', 'main'), { recursive: true });
  writeFileSync(join(project, 'dist', 'main', 'main.js'), '// stand-in for the built workstation\n');
  await buildPreload(join(project, 'dist', 'preload'));
  return project;
};

test('the package holds what it must, with nine fuses read back, and says that it is a stand-in', async () => {
  const summary = await pack(await makeProject(), freshFolder('release'));
  expect(summary).toMatchObject({ misses: [], fuses: '010011001', standIn: true });
  expect(summary.folder).toContain('-STANDIN-');
  expect(summary.native.some((path) => path.endsWith('linux-x64.node'))).toBe(true);
  // The checks can fail.
  setFuse(join(summary.folder, 'praxis'), 'runAsNode', true);
  writeFileSync(join(summary.folder, 'resources', 'default_app.asar'), '');
  expect(checkPackage(summary.folder).misses).toEqual([
    'resources/default_app.asar was left in',
    'fuse runAsNode stands wrong',
  ]);
}, 60_000);

test('a dist of another version is refused', async () => {
  const dist = freshFolder('dist');
  writeFileSync(join(dist, 'version'), 'v44.0.0');
  await expect(pack(await makeProject(), freshFolder('release'), dist)).rejects.toThrow('is 44.0.0, pinned is');
});
