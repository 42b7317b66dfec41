import type { Instance } from '../../shared/imaging/schema.ts';
import type { KeepPictureRequest, KeptPicture } from '../../shared/ipc/contract.ts';
import type { Author } from '../../shared/kernel/command.ts';
import { isPictureJpeg } from '../../shared/documents/picture-jpeg.ts';
import type { Cabinet } from '../cabinet/cabinet.ts';
import type { FileVault } from '../vault/file-vault.ts';

/**
 * Keeps the picture that a doctor marked for a report, as it was on the screen, by the hash of its bytes. It goes to the server
 * only once a report names it. Codes: `not-permitted`, `not-found` (no such image, or nobody's yet), `bad-image`.
 */
export async function keepPicture(
  station: { cabinet: Cabinet; vault: FileVault },
  request: KeepPictureRequest,
  author: Author,
): Promise<KeptPicture> {
  if (!author.permissions.has('reports.write')) return { ok: false, code: 'not-permitted' };
  const instance = station.cabinet.getHeld('instance', request.instanceId)?.doc as Instance | undefined;
  if (!instance?.patientId) return { ok: false, code: 'not-found' };
  if (!isPictureJpeg(request.jpeg)) return { ok: false, code: 'bad-image' };
  const { sha256 } = await station.vault.keepUntilNamed(inOne(request.jpeg));
  return { ok: true, sha256 };
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
