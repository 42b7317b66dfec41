/** Vitest's global set-up: the folder in which one run of the tests keeps what `copyPrepared` copies. */
import { makeFolder } from './services.ts';
import { RUN_FOLDER } from './prepared-folder.ts';

const folder = makeFolder('prepared');

export function setup(): void {
  process.env[RUN_FOLDER] = folder.path;
}

export const teardown = folder.remove;
