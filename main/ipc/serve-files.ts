import { join } from 'node:path';
import type { AppProtocol } from '../shell/app-protocol/app-protocol.ts';
import type { RangedSource } from '../shell/app-protocol/ranged-answer.ts';
import { openObject } from '../vault/object-file.ts';
import { part10Header } from '../dicom/part10.ts';
import type { FilePurpose, LocatedFile } from '../vault/locate-file.ts';
import type { StoreLink } from './store-link.ts';

/** Plain bytes of what a window's person may see: undefined where they may not, or where it is not here. */
export type FileSources = ReturnType<typeof createFileSources>;

/** Asks the store where a file lies, for the person at that window and what they want of it, and opens it for reading. */
export function createFileSources(link: Pick<StoreLink, 'request'>, dataDir: string, objectKey: Uint8Array) {
  const locate = async (windowId: number, what: string, id: string, purpose: FilePurpose): Promise<LocatedFile> =>
    (await link.request(windowId, 'file', { what, id, purpose })) as LocatedFile;
  return {
    /** A received object as a DICOM file (PS3.10), with its number in the series. */
    instance: async (windowId: number, id: string, purpose: FilePurpose) => {
      const found = await locate(windowId, 'instance', id, purpose);
      if (found?.what !== 'instance') return undefined;
      const head = part10Header(found);
      const source = sourceOf(join(dataDir, found.fileName), found.bytes, head, 'application/dicom', objectKey);
      return { number: found.number, source };
    },
    /** A paper as PDF, with what it is. */
    document: async (windowId: number, sha256: string, purpose: FilePurpose) => {
      const found = await locate(windowId, 'document', sha256, purpose);
      if (found?.what !== 'document') return undefined;
      const path = join(dataDir, found.fileName);
      const source = sourceOf(path, found.bytes, Buffer.alloc(0), 'application/pdf', objectKey);
      return { template: found.template, source };
    },
  };
}

/**
 * Image and document bytes for windows, by the `app://` protocol and by ranges, never over IPC (design §8): `/instances/<id>`
 * as a DICOM file, `/documents/<sha256>` as PDF.
 */
export function serveFiles(protocol: AppProtocol, files: FileSources): void {
  protocol.register('/instances/', async ({ id, windowId }) =>
    windowId === undefined ? undefined : (await files.instance(windowId, id, 'view'))?.source,
  );
  protocol.register('/documents/', async ({ id, windowId }) =>
    windowId === undefined ? undefined : (await files.document(windowId, id, 'view'))?.source,
  );
}

const PIECE_BYTES = 1024 * 1024;

/** `head` and then the plain bytes of an encrypted file; opened for each reading, so that nothing stays open. */
function sourceOf(path: string, bytes: number, head: Buffer, contentType: string, objectKey: Uint8Array): RangedSource {
  return {
    sizeBytes: head.length + bytes,
    contentType,
    async *read({ start, end }) {
      if (start < head.length) yield head.subarray(start, Math.min(end, head.length));
      const opened = await openObject(path, objectKey);
      if (!opened.ok) throw new Error(opened.code);
      try {
        const to = end - head.length;
        for (let at = Math.max(0, start - head.length); at < to; at += PIECE_BYTES) {
          const piece = await opened.object.read(at, Math.min(at + PIECE_BYTES, to));
          if (!piece.ok) throw new Error(piece.code);
          yield piece.bytes;
        }
      } finally {
        await opened.object.close();
      }
    },
  };
}
