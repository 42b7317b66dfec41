import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Log = (level: 'info' | 'warn' | 'error' | 'alarm', event: string, facts?: LogFacts) => void;

/** JSON lines `{atUtc, level, event, …}`; facts are ids, codes, counts and times, never what a person typed or a patient's data. */
export function createFileLog(path: string): Log {
  let isBroken = false;
  return (level, event, facts = {}) => {
    const line = `${JSON.stringify({ atUtc: new Date().toISOString(), level, event, ...facts })}\n`;
    try {
      mkdirSync(dirname(path), { recursive: true });
      appendFileSync(path, line, { mode: 0o600 });
      isBroken = false;
    } catch {
      // A full or read-only disk must not end the process that reports it; once is enough on the terminal.
      if (!isBroken) process.stderr.write(`praxis: server cannot write its log\n`);
      isBroken = true;
    }
  };
}

/** What may be logged of an unexpected error: its kind, codes and place; a message can hold data (`pg` quotes rows in it). */
export function factsOfError(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    code,
    at: frames
      .slice(0, 6)
      .map((line) => line.trim())
      .join(' | '),
  };
}
