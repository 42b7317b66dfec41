/** The real law with one command that is broken, as a defect of a release would be. */
import { z } from 'zod';
import type { Law } from '../../../shared/desk/ports.ts';
import { defineCommand } from '../../../shared/kernel/command.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { law } from '../../../shared/law.ts';

export const BROKEN_COMMAND = 'test/broken';

const broken = defineCommand({
  name: BROKEN_COMMAND,
  input: z.strictObject({}),
  permission: 'patients.view',
  nature: 'record',
  writes: {},
  undo: { none: 'it never happens' },
  gather: async () => {
    throw new TypeError('a defect of the law');
  },
  decide: () => ok([]),
  rules: { none: 'it is never decided' },
});

export const lawWithDefect: Law = { ...law, commands: { ...law.commands, [BROKEN_COMMAND]: broken } };
