import { z } from 'zod';
import type { Author } from '../../shared/kernel/command.ts';
import { idSchema } from '../../shared/kernel/id.ts';
import type { Instance } from '../../shared/imaging/schema.ts';
import type { Document } from '../../shared/documents/schema.ts';
import { sha256Schema } from '../../shared/ipc/contract.ts';
import type { Cabinet } from '../cabinet/cabinet.ts';
import type { ReadJournal } from '../cabinet/read-journal.ts';
import type { FileVault } from './file-vault.ts';

const purposeSchema = z.enum(['view', 'save', 'print']);
export type FilePurpose = z.infer<typeof purposeSchema>;

const requestSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('instance'), id: idSchema, purpose: purposeSchema }),
  z.strictObject({ what: z.literal('document'), id: sha256Schema, purpose: purposeSchema }),
]);

/** Where the bytes of an image or a document lie, for the window that asks; null where it may not, or they are not here. */
export type LocatedFile =
  | { what: 'document'; fileName: string; bytes: number; template: string }
  | {
      what: 'instance';
      fileName: string;
      bytes: number;
      /** Its number in the series; 0 where its header is not read. */
      number: number;
      sopClassUid: string;
      sopInstanceUid: string;
      transferSyntaxUid: string;
      callingAeTitle: string;
    }
  | null;

/** The parts of a workstation that finding a file needs. */
export type FileStation = {
  cabinet: Cabinet;
  vault: FileVault;
  /** What each document that was made in this run is, by its hash. */
  documentsMade: ReadonlyMap<string, string>;
  reads: ReadJournal;
};

/**
 * Deny by default: images need the right to see images, documents the right to see the patient. Each reading of a paper and
 * each file that leaves is journalled; an image on the screen is read in many ranges, and the view of its study was noted.
 */
export function locateFile(station: FileStation, payload: unknown, author: Author): LocatedFile {
  const request = requestSchema.safeParse(payload);
  if (!request.success) return null;
  const { what, id, purpose } = request.data;
  return what === 'instance'
    ? locateInstance(station, id, purpose, author)
    : locateDocument(station, id, purpose, author);
}

function locateDocument(station: FileStation, sha256: string, purpose: FilePurpose, author: Author): LocatedFile {
  const row = station.vault.get(sha256);
  if (!row || !author.permissions.has('patients.view')) return null;
  const found = station.cabinet.reader.find<Document>('document', 'bySha256', { from: sha256, to: `${sha256}\u0000` });
  const document = Array.isArray(found) ? found[0] : undefined;
  const template = document?.template ?? station.documentsMade.get(sha256);
  if (template === undefined) return null;
  const patientId = document?.patientId ?? null;
  station.reads.note({ userId: author.id, view: `documents/${template}/${purpose}`, patientId });
  return { what: 'document', fileName: row.fileName, bytes: row.bytes, template };
}

function locateInstance(station: FileStation, id: string, purpose: FilePurpose, author: Author): LocatedFile {
  const instance = station.cabinet.getHeld('instance', id)?.doc as Instance | undefined;
  const row = instance && station.vault.get(instance.datasetSha256);
  if (!instance || !row || !author.permissions.has('imaging.view')) return null;
  if (purpose !== 'view')
    station.reads.note({ userId: author.id, view: `imaging/instance/${purpose}`, patientId: instance.patientId });
  const { sopClassUid, sopInstanceUid, transferSyntaxUid, callingAeTitle } = instance;
  return {
    what: 'instance',
    fileName: row.fileName,
    bytes: row.bytes,
    number: Math.max(0, instance.header?.instanceNumber ?? 0),
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid,
    callingAeTitle,
  };
}
