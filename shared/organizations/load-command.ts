import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import type { Doc } from '../kernel/kind.ts';
import { ok } from '../kernel/result.ts';

const input = z.strictObject({
  documents: z.array(z.strictObject({ kind: z.string(), doc: z.looseObject({ id: idSchema }) })).max(200),
});

/** Takes in whole documents (the demo clinic, an import); given by the server alone. Schemas and invariants hold as ever. */
export const load = defineCommand<z.infer<typeof input>, null>({
  name: 'organizations/load',
  serverOnly: true,
  input,
  permission: 'system.load',
  nature: 'record',
  writes: Object.fromEntries(
    [
      'organization',
      'location',
      'room',
      'user',
      'device',
      'service',
      'patient',
      'appointment',
      'encounter',
      'imagingOrder',
      'note',
      'study',
      'report',
      'invoice',
      'payment',
      'dayClose',
    ].map((kind) => [kind, 'all' as const]),
  ),
  rules: { none: 'the server takes whole documents as they were elsewhere; their schemas and invariants hold as ever' },
  undo: { none: 'an import is corrected one by one' },
  gather: async () => null,
  decide: (given) => ok(given.documents.map(({ kind, doc }) => ({ kind, id: doc.id, next: doc as Doc }))),
});
