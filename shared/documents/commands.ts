import { z } from 'zod';
import { changesOf, defineCommand, defineRule } from '../kernel/command.ts';
import { ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { Document } from './schema.ts';
import { documentSchema } from './schema.ts';

const input = documentSchema.omit({ id: true, madeBy: true, madeAtUtc: true });

const printedKinds: Readonly<Record<Document['template'], string>> = {
  report: 'report',
  invoice: 'invoice',
  receipt: 'payment',
};
type Printed = { filed: Document; patientId: unknown };

/** REP-8: a filed document is of something that stands, and of its patient. */
const printedRule = defineRule<unknown, Printed[]>({
  gather: (reader, change) =>
    Promise.all(
      changesOf<Document>(change, 'document').flatMap(({ after }) =>
        after
          ? [
              Promise.resolve(reader.get(after.ofKind, after.ofId)).then((of) => ({
                filed: after,
                patientId: of?.['patientId'],
              })),
            ]
          : [],
      ),
    ),
  check: (_change, printed) =>
    printed
      .filter(({ filed, patientId }) => patientId !== filed.patientId || printedKinds[filed.template] !== filed.ofKind)
      .map(() => violation('REP-8', 'not-of-patient')),
});

/** Files a document that was made once; its bytes are already in the files under their hash (REP-5). */
export const file = defineCommand<z.infer<typeof input>, null>({
  name: 'documents/file',
  input,
  permission: 'patients.view',
  nature: 'record',
  writes: { document: 'all' },
  undo: { none: 'what was printed was printed' },
  gather: async () => null,
  decide: (given, _facts, context) => {
    const next: Document = { ...given, id: context.newId(), madeBy: context.author.id, madeAtUtc: context.nowUtc };
    return ok([{ kind: 'document', id: next.id, next }]);
  },
  rules: [printedRule],
});
