import { spawn } from 'node:child_process';
import type { OutgoingPaper, PrintOutcome } from './desktop-host.ts';

const TIME_LIMIT_MS = 20_000;
/** What CUPS says (in English, LC_ALL=C) when there is nothing to print on. */
const NO_PRINTER = /default destination|scheduler not responding|no destinations|does not exist|unknown destination/i;

/**
 * Prints on the system's default printer by CUPS' `lp`, the bytes through its standard input: no file of ours lies anywhere.
 * `ok` means spooled, not printed. `no-printer` where there is no `lp`, no default printer or no spooler.
 */
export function printByLp(paper: OutgoingPaper, env: NodeJS.ProcessEnv): Promise<PrintOutcome> {
  const { promise, resolve } = Promise.withResolvers<PrintOutcome>();
  const child = spawn('lp', ['-t', paper.title], { env: { ...env, LC_ALL: 'C' }, timeout: TIME_LIMIT_MS });
  let said = '';
  let complained = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained = (complained + text).slice(-2000)));
  child.once('error', (error: NodeJS.ErrnoException) =>
    resolve({ ok: false, code: error.code === 'ENOENT' ? 'no-printer' : 'print-failed' }),
  );
  child.once('close', (exitCode) => {
    if (exitCode === 0) return resolve({ ok: true, printer: printerOf(said) });
    resolve({ ok: false, code: NO_PRINTER.test(complained) ? 'no-printer' : 'print-failed' });
  });
  // `lp` that ends before it has read everything closes the pipe; its exit code says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(paper.bytes);
  return promise;
}

/** `request id is Desk-12 (0 file(s))` → `Desk`; null where it said something else. */
const printerOf = (said: string): string | null => /request id is (.+)-\d+ \(/.exec(said)?.[1] ?? null;
