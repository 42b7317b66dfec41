import { createInterface } from 'node:readline/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../shared/kernel/result.ts';
import { fail } from '../shared/kernel/result.ts';
import { recoverStationKey } from './keys.ts';
import type { DesktopHost } from './shell/desktop-host.ts';

/** Asks for the recovery key on standard input, never in an argument or a log, and brings the key file back by it. */
export async function recover(
  secrets: DesktopHost['secrets'],
  keyFolder: string,
  dataDir: string,
): Promise<Result<null, string>> {
  if (!existsSync(join(dataDir, 'store.db'))) return fail('there is no store in this data folder');
  const typed = await readLine('praxis: type the recovery key (24 groups of three signs): ');
  return typed === '' ? fail('no recovery key was typed') : recoverStationKey(secrets, keyFolder, dataDir, typed);
}

async function readLine(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  if (process.stdin.isTTY) process.stderr.write(question);
  for await (const line of lines) {
    lines.close();
    return line.trim();
  }
  return '';
}
