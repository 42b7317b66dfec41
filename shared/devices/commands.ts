import { defineCommand } from '../kernel/command.ts';
import { exactly } from '../kernel/reader.ts';
import { ok } from '../kernel/result.ts';
import { violation } from '../kernel/violation.ts';
import type { Device } from './schema.ts';
import { deviceSchema } from './schema.ts';

type Facts = { sameTitle: Device[] };

/** Adds or changes a scanner; its AE title is its own (DEV-1). */
export const saveDevice = defineCommand<Device, Facts>({
  name: 'devices/save',
  input: deviceSchema,
  permission: 'settings.write',
  nature: 'claim',
  writes: { device: 'all' },
  undo: 'patches',
  gather: async (reader, given) => ({
    sameTitle: await reader.find<Device>('device', 'byAeTitle', exactly(given.aeTitle)),
  }),
  decide: (given) => ok([{ kind: 'device', id: given.id, next: given }]),
  check: (change, { sameTitle }) => {
    const device = change.docs[0]?.after as Device | null | undefined;
    const taken = device?.active && sameTitle.some((one) => one.id !== device.id && one.active);
    return taken ? [violation('DEV-1', 'ae-title-taken', { field: 'aeTitle' })] : [];
  },
});
