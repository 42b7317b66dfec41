import type { FileVault } from '../vault/file-vault.ts';
import { readPieces } from '../vault/file-vault.ts';
import type { ServerClient } from './server-client.ts';
import { ServerRefusedError } from './server-client.ts';

const AT_ONCE = 50;

/** Sends files that the server does not hold yet; what it holds already is only marked. Returns how many went. */
export async function sendFiles(
  client: ServerClient,
  vault: FileVault,
  onProblem: (code: string) => void,
): Promise<number> {
  let sent = 0;
  const failed = new Set<string>();
  for (;;) {
    const waiting = vault.toSend(AT_ONCE + failed.size).filter((row) => !failed.has(row.sha256));
    if (waiting.length === 0) return sent;
    const held = new Set(await client.objectsHeld(waiting.map((row) => row.sha256)));
    for (const row of waiting) {
      if (!held.has(row.sha256)) {
        const opened = await vault.open(row);
        if (!opened.ok) {
          onProblem(opened.code);
          failed.add(row.sha256);
          continue;
        }
        await client.putObject(row.sha256, row.bytes, readPieces(opened.object));
      }
      vault.markAtServer(row.sha256);
      sent += 1;
    }
  }
}

/** Fetches files that documents held here name. One that the server does not have yet is asked for again later. */
export async function fetchFiles(client: ServerClient, vault: FileVault, onArrived: () => void): Promise<number> {
  let fetched = 0;
  const absent = new Set<string>();
  for (;;) {
    const wanted = vault.missing(AT_ONCE + absent.size).filter((sha256) => !absent.has(sha256));
    if (wanted.length === 0) return fetched;
    for (const sha256 of wanted) {
      try {
        await vault.store(await client.getObject(sha256), sha256, true);
        fetched += 1;
      } catch (error) {
        if (!(error instanceof ServerRefusedError && error.status === 404)) throw error;
        absent.add(sha256);
      }
    }
    onArrived();
  }
}
