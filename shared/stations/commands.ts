import { defineCommand } from '../kernel/command.ts';
import { ok } from '../kernel/result.ts';
import type { Station } from './schema.ts';
import { stationSchema } from './schema.ts';

/** What the server writes when a station is enrolled, renamed or revoked (STATION-1). */
export const saveStation = defineCommand<Station, null>({
  name: 'stations/save',
  input: stationSchema,
  permission: 'system.load',
  nature: 'record',
  writes: { station: 'all' },
  undo: { none: 'an enrolment is revoked' },
  gather: async () => null,
  decide: (given) => ok([{ kind: 'station', id: given.id, next: given, basis: 'desk' }]),
});
