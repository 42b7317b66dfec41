import type { Law } from '../../shared/desk/ports.ts';
import type { Db } from '../db/db.ts';

/** What the server's desk needs around it. `alarm` tells whoever watches the server; its facts are ids and codes. */
export type DeskDeps = {
  db: Db;
  law: Law;
  nowUtc: () => string;
  newId: () => string;
  alarm: (code: string, facts: Record<string, string | number>) => void;
};
