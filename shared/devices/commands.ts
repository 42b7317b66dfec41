import { changesOf, defineCommand, defineRule } from '../kernel/command.ts';
import { exactly } from '../kernel/reader.ts';
import { ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { Device } from './schema.ts';
import { deviceSchema } from './schema.ts';

/** DEV-1: no two active scanners have one AE title: the door knows them by it. */
const ownTitleRule = defineRule<unknown, { taken: Set<string> }>({
  gather: async (reader, change) => {
    const taken = new Set<string>();
    for (const { id, after } of changesOf<Device>(change, 'device')) {
      const same = after?.active ? await reader.find<Device>('device', 'byAeTitle', exactly(after.aeTitle)) : [];
      if (same.some((one) => one.id !== id && one.active)) taken.add(id);
    }
    return { taken };
  },
  check: (change, { taken }) =>
    changesOf<Device>(change, 'device')
      .filter(({ id }) => taken.has(id))
      .map(() => violation('DEV-1', 'ae-title-taken', { field: 'aeTitle' })),
});

/** Adds or changes a scanner; its AE title is its own (DEV-1). */
export const saveDevice = defineCommand<Device, null>({
  name: 'devices/save',
  input: deviceSchema,
  permission: 'settings.write',
  serverOnly: true,
  nature: 'claim',
  writes: { device: 'all' },
  undo: 'patches',
  gather: async () => null,
  decide: (given) => ok([{ kind: 'device', id: given.id, next: given }]),
  rules: [ownTitleRule],
});
