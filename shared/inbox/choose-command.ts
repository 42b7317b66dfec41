import { z } from 'zod';
import { kinds } from '../collections.ts';
import { reportedRule } from '../imaging/filed-rules.ts';
import { unitValueSchema } from '../kernel/change-set.ts';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import type { Doc } from '../kernel/kind.ts';
import { withUnit } from '../kernel/kind.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { Conflict } from './schema.ts';
import type { Choices } from './solved-rules.ts';
import { openItemRule, shownRule } from './solved-rules.ts';

const input = z.strictObject({
  conflictId: idSchema,
  choices: z.record(z.string(), z.enum(['theirs', 'mine'])),
  shown: z.record(z.string(), unitValueSchema).optional(),
});
type Facts = { conflict: Conflict | undefined; doc: Doc | undefined };

/** Solves two versions unit by unit (INBOX-2): what is chosen stands on the document, and the conflict is closed with it. */
export const chooseVersion = defineCommand<Choices, Facts>({
  name: 'inbox/choose-version',
  input,
  permission: 'inbox.solve',
  nature: 'record',
  // Bookings are claims: two versions of their time or status are never kept, the second is refused.
  writes: {
    conflict: ['solved'],
    patient: 'all',
    appointment: ['note', 'who'],
    encounter: 'all',
    imagingOrder: ['question', 'status', 'schedule'],
    study: ['link'],
    measurement: ['removed'],
    report: ['text'],
    service: ['price'],
  },
  undo: 'patches',
  gather: async (reader, given) => {
    const conflict = await reader.get<Conflict>('conflict', given.conflictId);
    return { conflict, doc: conflict && (await reader.get(conflict.docKind, conflict.docId)) };
  },
  decide: (given, { conflict, doc }, context) => {
    const kind = conflict && kinds[conflict.docKind];
    if (!conflict || !kind) return fail([violation('INBOX-1', 'no-item')]);
    const solved = { ...conflict, status: 'solved', solvedBy: context.author.id, solvedAtUtc: context.nowUtc };
    const closing = { kind: 'conflict', id: conflict.id, next: solved };
    if (!doc) return ok([closing]);
    const next = conflict.units
      .filter((one) => given.choices[one.unit] === 'mine')
      .reduce<Doc>((before, one) => withUnit(kind, before, one.unit, one.mine), doc);
    return ok([closing, { kind: conflict.docKind, id: doc.id, next, basis: 'desk' as const }]);
  },
  rules: [openItemRule, shownRule, reportedRule],
});
