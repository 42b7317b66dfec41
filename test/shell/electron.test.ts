import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';
import { createFakeHost } from '../../main/shell/fake/create-fake-host.ts';
import { buildPreload } from '../../scripts/build-preload.ts';
import { freshFolder } from './chromium-harness.ts';
import { prepareContract } from './contract.ts';

// Never `require('electron')` here: in plain Node it tries to download the binary.
const folders = [
  process.env.ELECTRON_OVERRIDE_DIST_PATH,
  join(import.meta.dirname, '../../node_modules/electron/dist'),
];
const electron = folders
  .flatMap((folder) => (folder ? [join(folder, 'electron')] : []))
  .find((file) => existsSync(file));
if (electron === undefined) {
  console.warn(
    'SKIPPED, NOT PASSED: the shell contract on Electron. There is no Electron binary here; name one in ELECTRON_OVERRIDE_DIST_PATH.',
  );
}

const names = prepareContract(createFakeHost()).map(({ name }) => name);

describe.skipIf(electron === undefined)('the shell contract on Electron', () => {
  const failures = new Map<string, string | null>();
  beforeAll(async () => {
    const outDir = freshFolder('electron');
    const entry = join(import.meta.dirname, 'electron-entry.ts');
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: entry,
        outDir,
        target: 'node24',
        rollupOptions: { external: ['electron'], output: { entryFileNames: 'entry.mjs' } },
      },
    });
    const preloadFile = await buildPreload(freshFolder('preload'));
    const args = [join(outDir, 'entry.mjs'), freshFolder('data'), freshFolder('keys'), preloadFile];
    const { stdout } = await promisify(execFile)(electron ?? '', args, { timeout: 110_000, maxBuffer: 2 ** 24 });
    for (const line of stdout.split('\n').filter((text) => text.startsWith('{"name"'))) {
      const { name, failure } = JSON.parse(line) as { name: string; failure: string | null };
      failures.set(name, failure);
    }
  });
  for (const name of names) test(name, () => expect(failures.get(name)).toBe(null));
});
