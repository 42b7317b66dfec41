import { z } from 'zod';
import { kinds } from '../collections.ts';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import type { Doc } from '../kernel/kind.ts';
import { withUnit } from '../kernel/kind.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { Conflict } from './schema.ts';

const input = z.strictObject({ conflictId: idSchema, choices: z.record(z.string(), z.enum(['theirs', 'mine'])) });
type Facts = { conflict: Conflict | undefined; doc: Doc | undefined };

/** Solves two versions unit by unit (INBOX-2): what is chosen stands on the document, and the conflict is closed with it. */
export const chooseVersion = defineCommand<z.infer<typeof input>, Facts>({
  name: 'inbox/choose-version',
  input,
  permission: 'inbox.solve',
  nature: 'record',
  writes: {
    conflict: ['solved'],
    patient: 'all',
    appointment: ['note', 'status', 'who'],
    encounter: 'all',
    imagingOrder: ['question', 'status', 'schedule'],
    study: ['link'],
  },
  rules: { none: 'TODO' },
  undo: 'patches',
  gather: async (reader, given) => {
    const conflict = await reader.get<Conflict>('conflict', given.conflictId);
    return { conflict, doc: conflict && (await reader.get(conflict.docKind, conflict.docId)) };
  },
  decide: (given, { conflict, doc }, context) => {
    const kind = conflict && kinds[conflict.docKind];
    if (!conflict || !kind || conflict.status !== 'open') return fail([violation('INBOX-1', 'already-solved')]);
    const solved = { ...conflict, status: 'solved', solvedBy: context.author.id, solvedAtUtc: context.nowUtc };
    const closing = { kind: 'conflict', id: conflict.id, next: solved };
    if (!doc) return ok([closing]);
    const next = conflict.units
      .filter((one) => given.choices[one.unit] === 'mine')
      .reduce<Doc>((before, one) => withUnit(kind, before, one.unit, one.mine), doc);
    return ok([closing, { kind: conflict.docKind, id: doc.id, next, basis: 'desk' as const }]);
  },
});
