import type { Permission } from '../../../shared/access/permissions.ts';
import type { Document } from '../../../shared/documents/schema.ts';
import type { DocumentKind } from '../../../shared/documents/templates.ts';
import type { DocumentLanguage } from '../../../shared/documents/labels/labels.ts';
import type { MakePaperRequest } from '../../../shared/ipc/contract.ts';
import type { Reader } from '../../../shared/kernel/reader.ts';

/** What a paper prints, before it is laid out. */
export type Paper = {
  data: unknown;
  /** Under what it is filed once; null for what is made anew each time (lists, preliminary reports). */
  /** True when a file that belongs on it has not come to this station yet. */
  lacksFiles?: boolean;
  filed: (Pick<Document, 'template' | 'patientId' | 'ofKind' | 'ofId'> & { currentSinceUtc: string }) | null;
};

export type PaperContext = {
  reader: Reader;
  nowUtc: string;
  language: DocumentLanguage;
  /** The bytes of a kept file; undefined where it is not here. */
  fileOf: (sha256: string) => Promise<Uint8Array | undefined>;
  station: { id: string; code: string; name: string; locationId: string };
};

/** A template that can be asked for: who may, and how its data is gathered. Undefined: there is no such thing here. */
export type PaperSpec = {
  kind: DocumentKind;
  /** All of them are needed. */
  permissions: readonly Permission[];
  gather: (id: string, context: PaperContext) => Promise<Paper | undefined>;
};
export type PaperName = MakePaperRequest['template'];
