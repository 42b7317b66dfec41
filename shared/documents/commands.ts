import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { ok } from '../kernel/result.ts';
import type { Document } from './schema.ts';
import { documentSchema } from './schema.ts';

const input = documentSchema.omit({ id: true, madeBy: true, madeAtUtc: true });

/** Files a document that was made once; its bytes are already in the files under their hash (REP-5). */
export const file = defineCommand<z.infer<typeof input>, null>({
  name: 'documents/file',
  input,
  permission: 'patients.view',
  nature: 'record',
  writes: { document: 'all' },
  rules: { none: 'TODO' },
  undo: { none: 'what was printed was printed' },
  gather: async () => null,
  decide: (given, _facts, context) => {
    const next: Document = { ...given, id: context.newId(), madeBy: context.author.id, madeAtUtc: context.nowUtc };
    return ok([{ kind: 'document', id: next.id, next }]);
  },
});
