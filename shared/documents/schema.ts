import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { patientScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';

/** A finalized document: made once, kept by the hash of its bytes, served as it is (design §9). */
export const documentSchema = z.strictObject({
  id: idSchema,
  patientId: idSchema,
  template: z.enum(['report', 'invoice', 'receipt']),
  /** What it is a document of: a report, an invoice, a payment. */
  ofKind: z.string().max(40),
  ofId: idSchema,
  locale: z.string().max(10),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1),
  madeBy: idSchema,
  madeAtUtc: instantSchema,
});
export type Document = z.infer<typeof documentSchema>;

export const documentKind = defineKind<Document>({
  kind: 'document',
  schema: documentSchema,
  collection: 'clinical',
  merge: 'append',
  units: { document: ['patientId', 'template', 'ofKind', 'ofId', 'locale', 'sha256', 'bytes', 'madeBy', 'madeAtUtc'] },
  phi: true,
  scopes: (document) => [patientScope(document.patientId)],
  keys: {
    byOf: (document) => [`${document.ofId}/${document.madeAtUtc}`],
    byPatient: (document) => [`${document.patientId}/${document.madeAtUtc}`],
    bySha256: (document) => [document.sha256],
    byReport: (document) => (document.ofKind === 'report' ? [document.ofId] : []),
  },
  // An invoice and a payment never go.
  references: [
    { kind: 'patient', key: 'byPatient' },
    { kind: 'report', key: 'byReport' },
  ],
});
