import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
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
  rules: { none: 'TODO' },
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
  rules: { none: 'TODO' },
  undo: { none: 'a code ends by itself' },
  gather: async (reader, input) => ({ location: await reader.get<Location>('location', input.locationId) }),
  decide: (_input, { location }) => (location ? ok([]) : fail([violation('STATION-3', 'no-location')])),
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
  rules: { none: 'TODO' },
  undo: { none: 'a revoked station is enrolled anew' },
  gather: async (reader, input) => ({ station: await reader.get<Station>('station', input.stationId) }),
  decide: (_input, { station }, context) => {
    if (!station) return fail([violation('STATION-2', 'no-station')]);
    if (station.revokedAtUtc) return fail([violation('STATION-2', 'already-revoked')]);
    const next: Station = { ...station, revokedAtUtc: context.nowUtc };
    return ok([{ kind: 'station', id: station.id, next, basis: 'desk' }]);
  },
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
  rules: { none: 'TODO' },
  undo: { none: 'what happened is looked at, not undone' },
  gather: async (reader, input) => ({ station: await reader.get<Station>('station', input.stationId) }),
  decide: (input, { station }, context) => {
    const locationId = context.station.locationId ?? station?.locationId;
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
