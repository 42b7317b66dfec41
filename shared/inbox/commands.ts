import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import type { Doc } from '../kernel/kind.ts';
import { fail, ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import { openItemRule, placedRule } from './solved-rules.ts';

const input = z.strictObject({ kind: z.enum(['task', 'conflict', 'refusal']), id: idSchema });

/** Closes an item that a person has dealt with (INBOX-1); what deals with it by a command of its own closes it there. */
export const solve = defineCommand<z.infer<typeof input>, { item: Doc | undefined }>({
  name: 'inbox/solve',
  input,
  permission: 'inbox.solve',
  nature: 'record',
  writes: { task: ['solved'], conflict: ['solved'], refusal: ['solved'] },
  undo: 'patches',
  gather: async (reader, given) => ({ item: await reader.get(given.kind, given.id) }),
  decide: (given, { item }, context) => {
    if (!item) return fail([violation('INBOX-1', 'no-item')]);
    const next = { ...item, status: 'solved', solvedBy: context.author.id, solvedAtUtc: context.nowUtc };
    return ok([{ kind: given.kind, id: item.id, next }]);
  },
  rules: [openItemRule, placedRule],
});
