import { createInterface } from 'node:readline/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../../shared/kernel/result.ts';
import { fail } from '../../../shared/kernel/result.ts';
import { keyIdOf, recoverStationKey } from './open-station-key.ts';
import type { DesktopHost } from '../../shell/desktop-host.ts';

/** Asks for the recovery key, or the code that the server released, on standard input, never in an argument or a log, and brings the key file back by it. */
export async function recover(
  secrets: DesktopHost['secrets'],
  keyFolder: string,
  dataDir: string,
): Promise<Result<{ recoveryKey: string | null }, string>> {
  if (!existsSync(join(dataDir, 'store.db'))) return fail('there is no store in this data folder');
  const keyId = keyIdOf(keyFolder, dataDir);
  if (keyId === null) return fail(`there is nothing to recover in ${dataDir}: nothing of its key is left`);
  const typed = await readLine(
    'praxis: type the recovery key (24 groups of three signs); where it is lost, the release code (26) that the server gives for\n' +
      `        key ${keyId}: npm run server -- --release-key ${keyId}\n`,
  );
  if (typed !== '') return recoverStationKey(secrets, keyFolder, dataDir, typed);
  return fail(
    `no recovery key was typed; the server can release key ${keyId} (npm run server -- --release-key ${keyId})`,
  );
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
