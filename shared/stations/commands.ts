import { z } from 'zod';
import { changesOf, defineCommand, defineRule } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { fail, ok } from '../kernel/result.ts';
import { instantSchema } from '../kernel/time.ts';
import { violation } from '../kernel/violation.ts';
import type { Task } from '../inbox/schema.ts';
import type { Location } from '../organizations/schema.ts';
import type { Station } from './schema.ts';
import { stationSchema } from './schema.ts';

/** What the server writes when a station is enrolled or renamed (STATION-1). */
export const saveStation = defineCommand<Station, null>({
  name: 'stations/save',
  serverOnly: true,
  input: stationSchema,
  permission: 'system.load',
  nature: 'record',
  writes: { station: 'all' },
  rules: { none: 'the server writes what it has enrolled or renamed itself (STATION-1)' },
  undo: { none: 'an enrolment is revoked' },
  gather: async () => null,
  decide: (given) => ok([{ kind: 'station', id: given.id, next: given, basis: 'desk' }]),
});

const issueInput = z.strictObject({ locationId: idSchema, expiresAtUtc: instantSchema });

/** That somebody asked for a one-time enrolment code (STATION-3). The code is no part of it: only its hash is kept, apart. */
export const issueCode = defineCommand<z.infer<typeof issueInput>, { location: Location | undefined }>({
  name: 'stations/issue-code',
  serverOnly: true,
  input: issueInput,
  permission: 'settings.write',
  nature: 'claim',
  writes: {},
  rules: { none: 'it writes no document; the code is the server’s own' },
  undo: { none: 'a code ends by itself' },
  gather: async (reader, input) => ({ location: await reader.get<Location>('location', input.locationId) }),
  decide: (_input, { location }) => (location ? ok([]) : fail([violation('STATION-3', 'no-location')])),
});

/** STATION-2: once. */
const revokedOnceRule = defineRule<unknown, null>({
  gather: async () => null,
  check: (change) =>
    changesOf<Station>(change, 'station')
      .filter(({ before }) => before?.revokedAtUtc)
      .map(() => violation('STATION-2', 'already-revoked')),
});

const revokeInput = z.strictObject({ stationId: idSchema });

/** Ends a station's trust (STATION-2). What it has not sent yet is kept apart for a manager. */
export const revokeStation = defineCommand<z.infer<typeof revokeInput>, { station: Station | undefined }>({
  name: 'stations/revoke',
  serverOnly: true,
  input: revokeInput,
  permission: 'settings.write',
  nature: 'claim',
  needsReason: true,
  writes: { station: 'all' },
  rules: [revokedOnceRule],
  undo: { none: 'a revoked station is enrolled anew' },
  gather: async (reader, input) => ({ station: await reader.get<Station>('station', input.stationId) }),
  decide: (_input, { station }, context) => {
    if (!station) return fail([violation('STATION-2', 'no-station')]);
    const next: Station = { ...station, revokedAtUtc: context.nowUtc };
    return ok([{ kind: 'station', id: station.id, next, basis: 'desk' }]);
  },
});

/** STATION-4: nobody breaks the glass of another station. */
const ownGlassRule = defineRule<{ stationId: string }, null>({
  gather: async () => null,
  check: (change, _facts, context) =>
    change.input.stationId === context.station.id ? [] : [violation('STATION-4', 'another-station')],
});

const breakGlassInput = z.strictObject({ stationId: idSchema });

/** Somebody went on working on a station that has been without the server for too long (STATION-4): it happened, and a manager looks. */
export const breakGlass = defineCommand<z.infer<typeof breakGlassInput>, { station: Station | undefined }>({
  name: 'stations/break-glass',
  input: breakGlassInput,
  permission: 'sync.view',
  nature: 'record',
  needsReason: true,
  writes: { task: 'all' },
  rules: [ownGlassRule],
  undo: { none: 'what happened is looked at, not undone' },
  gather: async (reader, input) => ({ station: await reader.get<Station>('station', input.stationId) }),
  decide: (input, { station }, context) => {
    const locationId = station?.locationId ?? context.station.locationId;
    if (!locationId) return fail([violation('STATION-4', 'no-location')]);
    const params = {
      name: context.author.name,
      station: station?.name ?? context.station.code,
      reason: context.reason ?? '',
    };
    const next: Task = {
      id: context.newId(),
      reason: 'break-glass',
      locationId,
      patientId: null,
      aboutKind: 'station',
      aboutId: input.stationId,
      violations: [violation('STATION-4', 'glass-broken', { params })],
      atUtc: context.nowUtc,
      status: 'open',
      solvedBy: null,
      solvedAtUtc: null,
    };
    return ok([{ kind: 'task', id: next.id, next }]);
  },
});
