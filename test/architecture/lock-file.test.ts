import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './source-files.ts';

type LockEntry = { optionalDependencies?: Record<string, string>; peer?: boolean };

/**
 * `npm ci` refuses a lock file that leaves out an optional package, and npm leaves one out when the registry that it asked does not
 * carry it (the builds for other machines). Mend with `node scripts/complete-lock.ts`.
 */
it('the lock file names every optional package', () => {
  const lock: { packages: Record<string, LockEntry> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !(`${path}/node_modules/${name}` in lock.packages) && !(`node_modules/${name}` in lock.packages),
    ),
  );
  expect(missing).toEqual([]);
});
