import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from '../../vault/durable-files.ts';
import type { ReceivedInstance } from '../ports.ts';

/** Below the object folder: `incoming/` for what is not whole yet, and 256 folders `00` … `ff` for what is. */
export type ObjectFolder = {
  tempPath(): string;
  pathOf(fileName: string): string;
  /** The folder that has to be synced after a rename to this file. */
  folderOf(fileName: string): string;
  exists(fileName: string): boolean;
  /** Names below the folder as they lie on disk; slow, for the start only. */
  listFileNames(): Set<string>;
};

/**
 * The name an object gets: the folder's two letters and SHA-256 over instance UID, syntax and dataset hash. So equal objects meet
 * in one name, different ones never do, and nothing that came over the wire can shape a path.
 */
export function objectFileName(
  object: Pick<ReceivedInstance, 'sopInstanceUid' | 'transferSyntaxUid' | 'datasetSha256'>,
): string {
  const hash = createHash('sha256')
    .update(`${object.sopInstanceUid}\n${object.transferSyntaxUid}\n${object.datasetSha256}`)
    .digest('hex');
  return `${hash.slice(0, 2)}/${hash}.obj`;
}

/** Opens the folder, makes what is missing of it, and removes what was left unfinished by the last run. */
export async function openObjectFolder(root: string): Promise<ObjectFolder> {
  const incoming = join(root, 'incoming');
  const letters = Array.from({ length: 256 }, (_, index) => index.toString(16).padStart(2, '0'));
  rmSync(incoming, { recursive: true, force: true });
  for (const name of ['incoming', ...letters]) mkdirSync(join(root, name), { recursive: true, mode: 0o700 });
  await syncFolder(root);
  return {
    tempPath: () => join(incoming, `${randomUUID()}.part`),
    pathOf: (fileName) => join(root, fileName),
    folderOf: (fileName) => join(root, fileName.slice(0, 2)),
    exists: (fileName) => existsSync(join(root, fileName)),
    listFileNames: () =>
      new Set(letters.flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))),
  };
}
