import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * The folder of the screens as they ship, brought up to date first; at once where nothing has changed, as after `npm test` has built.
 * Throws with the build's output when it fails.
 */
export function builtRenderer(): string {
  // In a process of its own and without the test's NODE_ENV: the screens would be built for development.
  const { NODE_ENV: _, ...env } = process.env;
  const built = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, env, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the screens were not built:\n${built.stdout}${built.stderr}`);
  return join(root, 'dist/renderer');
}
