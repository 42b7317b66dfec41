import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder for `PATH` with an `lp` of the test's own, that speaks as CUPS' does and keeps what it was given. */
export function createPretendPrinter(folder: string) {
  mkdirSync(folder, { recursive: true });
  const lp = join(folder, 'lp');
  const spool = join(folder, 'spool');
  const write = (lines: string[]): void => writeFileSync(lp, ['#!/bin/sh', ...lines, ''].join('\n'), { mode: 0o755 });
  return {
    folder,
    /** Null: no `lp` at all. */
    setPrinter: (name: string | null): void => {
      rmSync(spool, { force: true });
      if (name === null) return rmSync(lp, { force: true });
      return write([`/bin/cat > '${spool}'`, `echo "request id is ${name}-12 (0 file(s))"`]);
    },
    /** An `lp` that refuses in those words. */
    refuse: (words: string): void => write([`echo '${words}' >&2`, 'exit 1']),
    printedBytes: (): Uint8Array => new Uint8Array(readFileSync(spool)),
  };
}
