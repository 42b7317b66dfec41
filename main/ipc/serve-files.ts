import { join } from 'node:path';
import type { AppProtocol } from '../shell/app-protocol/app-protocol.ts';
import type { RangedSource } from '../shell/app-protocol/ranged-answer.ts';
import { openObject } from '../dicom/object-file.ts';
import { part10Header } from '../dicom/part10.ts';
import type { LocatedFile } from '../store/files/locate-file.ts';
import type { StoreLink } from './store-link.ts';

/**
 * Image and document bytes for windows, by the `app://` protocol and by ranges, never over IPC (design §8): `/instances/<id>`
 * as a DICOM file, `/documents/<sha256>` as PDF. The store says whether the window's person may see them.
 */
export function serveFiles(protocol: AppProtocol, link: StoreLink, dataDir: string, objectKey: Uint8Array): void {
  const locate = async (windowId: number | undefined, what: string, id: string): Promise<LocatedFile> =>
    windowId === undefined ? null : ((await link.request(windowId, 'file', { what, id })) as LocatedFile);

  protocol.register('/instances/', async ({ id, windowId }) => {
    const found = await locate(windowId, 'instance', id);
    if (found?.what !== 'instance') return undefined;
    return sourceOf(join(dataDir, found.fileName), found.bytes, part10Header(found), 'application/dicom', objectKey);
  });
  protocol.register('/documents/', async ({ id, windowId }) => {
    const found = await locate(windowId, 'document', id);
    if (found?.what !== 'document') return undefined;
    return sourceOf(join(dataDir, found.fileName), found.bytes, Buffer.alloc(0), 'application/pdf', objectKey);
  });
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
