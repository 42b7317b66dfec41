import type { Doc } from '../../shared/kernel/kind.ts';
import type { TurnRow } from './rx-storage/turn-rows.ts';

/** How a document lies in its collection: the law's document as `body`, and the server's change number (0: not there yet). */
export type StoredForm = { key: string; kind: string; id: string; number: number; body: Doc };

export type Held = { doc: Doc; number: number };

/** One document as a turn leaves it; `doc: null` takes it out of this station's store. */
export type CabinetWrite = { kind: string; id: string; doc: Doc | null; number: number };

export const keyOf = (kind: string, id: string): string => `${kind}/${id}`;

/** The storage's row of one write. */
export function rowOf({ kind, id, doc, number }: CabinetWrite): TurnRow {
  const key = keyOf(kind, id);
  if (!doc) return { purge: key };
  return { document: { key, kind, id, number, body: doc }, put: true };
}

export function kindOfRow(row: TurnRow): string {
  const key = 'purge' in row ? row.purge : String(row.document['key']);
  return key.slice(0, key.indexOf('/'));
}
