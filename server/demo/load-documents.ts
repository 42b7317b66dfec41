import type { Author } from '../../shared/kernel/command.ts';
import type { Queryable } from '../db/db.ts';
import type { DeskDeps } from '../desk/desk-deps.ts';
import { runIn } from '../desk/run.ts';
import type { KindDocument } from './demo-clinic.ts';

/** A set holds at most 200 documents and 1 MB (`change-sets.md` §1); each document stands in it twice, as input and as patch. */
const MAX_DOCUMENTS = 200;
const MAX_DOCUMENT_BYTES = 400_000;

/** Cuts documents into the sets that carry them, in their order. */
export function cutIntoSets(documents: readonly KindDocument[]): KindDocument[][] {
  const sets: KindDocument[][] = [];
  let current: KindDocument[] = [];
  let bytes = 0;
  for (const one of documents) {
    const size = Buffer.byteLength(JSON.stringify(one));
    if (current.length === MAX_DOCUMENTS || (current.length > 0 && bytes + size > MAX_DOCUMENT_BYTES)) {
      sets.push(current);
      current = [];
      bytes = 0;
    }
    current.push(one);
    bytes += size;
  }
  return current.length > 0 ? [...sets, current] : sets;
}

/** Writes documents through the desk, as the server, in the transaction of their organization. A refusal is a defect of the demo: it throws, with codes only. */
export async function loadDocuments(
  tx: Queryable,
  deskDeps: DeskDeps,
  organizationId: string,
  author: Author,
  documents: readonly KindDocument[],
): Promise<void> {
  for (const set of cutIntoSets(documents)) {
    const call = { name: 'organizations/load', input: { documents: set }, author, seen: {}, reason: null };
    const ran = await runIn(tx, deskDeps, organizationId, call);
    if (!ran.ok)
      throw new Error(
        `the demo was refused: ${[...new Set(ran.error.map((one) => `${one.law} ${one.code} ${one.field ?? ''}`))].join(', ')}`,
      );
  }
}
