import type { DocumentRequest } from '../../../shared/ipc/contract.ts';
import type { Author } from '../../../shared/kernel/command.ts';
import type { Station } from '../station.ts';

export type MadeDocument = { ok: true; url: string; sha256: string } | { ok: false; code: string; missing: string[] };

export async function makeDocument(
  _station: Station,
  _request: DocumentRequest,
  _author: Author,
): Promise<MadeDocument> {
  return { ok: false, code: 'unknown-template', missing: [] };
}
