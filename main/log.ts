import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

export type Log = (entry: Record<string, unknown>) => void;

/** JSON lines in `<logs>/<name>.log`; what is logged never holds patient data. A full disk must not end the program. */
export function createLog(logDir: string, name: string): Log {
  const file = join(logDir, `${name}.log`);
  try {
    mkdirSync(logDir, { recursive: true, mode: 0o700 });
  } catch {
    // Told by the first line that can't be written: the store will fail with its own clear word.
  }
  return (entry) => {
    try {
      appendFileSync(file, `${JSON.stringify({ atUtc: new Date().toISOString(), ...entry })}\n`, { mode: 0o600 });
    } catch {
      // Nothing to say it with.
    }
  };
}
