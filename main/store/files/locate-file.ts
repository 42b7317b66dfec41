import { z } from 'zod';
import type { Author } from '../../../shared/kernel/command.ts';
import { idSchema } from '../../../shared/kernel/id.ts';
import type { Instance } from '../../../shared/imaging/schema.ts';
import type { Document } from '../../../shared/documents/schema.ts';
import type { Station } from '../station.ts';

const requestSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('instance'), id: idSchema }),
  z.strictObject({ what: z.literal('document'), id: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

/** Where the bytes of an image or a document lie, for the window that asks; null where it may not, or they are not here. */
export type LocatedFile =
  | { what: 'document'; fileName: string; bytes: number }
  | {
      what: 'instance';
      fileName: string;
      bytes: number;
      sopClassUid: string;
      sopInstanceUid: string;
      transferSyntaxUid: string;
      callingAeTitle: string;
    }
  | null;

/** Deny by default: images need the right to see images, documents the right to see the patient; each read is journalled. */
export function locateFile(station: Station, payload: unknown, author: Author): LocatedFile {
  const request = requestSchema.safeParse(payload);
  if (!request.success) return null;
  if (request.data.what === 'instance') return locateInstance(station, request.data.id, author);
  const ids = station.cabinet.reader.find<Document>('document', 'bySha256', {
    from: request.data.id,
    to: `${request.data.id}\u0000`,
  });
  const document = Array.isArray(ids) ? ids[0] : undefined;
  const row = station.vault.get(request.data.id);
  if (!row || !author.permissions.has('patients.view') || (!document && !station.documentsMade.has(request.data.id)))
    return null;
  return { what: 'document', fileName: row.fileName, bytes: row.bytes };
}

function locateInstance(station: Station, id: string, author: Author): LocatedFile {
  const instance = station.cabinet.getHeld('instance', id)?.doc as Instance | undefined;
  const row = instance && station.vault.get(instance.datasetSha256);
  if (!instance || !row || !author.permissions.has('imaging.view')) return null;
  const { sopClassUid, sopInstanceUid, transferSyntaxUid, callingAeTitle } = instance;
  return {
    what: 'instance',
    fileName: row.fileName,
    bytes: row.bytes,
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid,
    callingAeTitle,
  };
}
