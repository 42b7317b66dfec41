import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { fuseSentinel } from './fuse-wire.ts';

/**
 * Makes a folder shaped like Electron's Linux distribution, with `/bin/true` in place of the program and its fuses as
 * Electron ships them. It lets the packaging run and be checked where Electron cannot be had; nobody can run the result.
 */
export const makeStandInDist = async (folder: string, version: string): Promise<void> => {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true });
  const wire = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, 9]), Buffer.from('101100011')]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([readFileSync('/bin/true'), wire]), { mode: 0o755 });
  for (const name of ['chrome-sandbox', 'chrome_crashpad_handler']) copyFileSync('/bin/true', join(folder, name));
  for (const name of [
    'resources.pak',
    'chrome_100_percent.pak',
    'icudtl.dat',
    'v8_context_snapshot.bin',
    'LICENSE',
    'LICENSES.chromium.html',
  ]) {
    writeFileSync(join(folder, name), 'stand-in\n');
  }
  for (const language of ['en-US', 'ar', 'ja', 'ko', 'id', 'de'])
    writeFileSync(join(folder, 'locales', `${language}.pak`), 'stand-in\n');
  writeFileSync(join(folder, 'version'), version);
  const empty = join(folder, 'default-app');
  mkdirSync(empty);
  writeFileSync(join(empty, 'main.js'), '// stand-in\n');
  await createPackage(empty, join(folder, 'resources', 'default_app.asar'));
};
