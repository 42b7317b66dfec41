/**
 * Folders that many tests begin from, made once per run and copied: a server's first start costs ten seconds of a core, a copy half a
 * second. Where no run has begun (the bench), whoever asks makes their own.
 */
import { cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { until } from './services.ts';

/** Named in the environment by `prepared-run.ts`; not PRAXIS_…, because the programs refuse settings that they don't know. */
export const RUN_FOLDER = 'TEST_PREPARED_FOLDER';

/** `into`, which must not exist, becomes what `make(folder)` makes. The first one in this run that needs `name` makes it for all. */
export async function copyPrepared(name: string, make: (folder: string) => Promise<void>, into: string): Promise<void> {
  const run = process.env[RUN_FOLDER];
  if (!run) return make(into);
  const ready = join(run, name);
  if (!existsSync(ready)) {
    const making = join(run, `${name}.making`);
    if (isFirst(join(run, `${name}.lock`))) {
      await make(making);
      renameSync(making, ready);
    } else await until(`${name} to be prepared`, async () => existsSync(ready), 110_000);
  }
  mkdirSync(dirname(into), { recursive: true });
  cpSync(ready, into, { recursive: true, preserveTimestamps: true });
}

function isFirst(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
