/** Starts the built workstation as a packaged Electron would, over the stand-in: first the entry module, and only then ready. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { becomeReady } from './electron-stand-in.ts';

const standIn = pathToFileURL(join(import.meta.dirname, 'electron-stand-in.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '45.4.1' } });
// A packaged Electron has no script among its arguments.
process.argv = [process.execPath, ...process.argv.slice(2)];

await import(pathToFileURL(join(import.meta.dirname, '..', '..', 'dist', 'main', 'main.js')).href);
becomeReady();
