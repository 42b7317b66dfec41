import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import type { UnitValue } from '../kernel/change-set.ts';
import { unitValueSchema } from '../kernel/change-set.ts';
import { defineKind } from '../kernel/kind.ts';
import { inboxScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';
import { violationSchema } from '../kernel/violation.ts';

const open = {
  status: z.enum(['open', 'solved']),
  solvedBy: idSchema.nullable(),
  solvedAtUtc: instantSchema.nullable(),
};

/** Two versions of one thing, or a booking that lost its slot: made by the server in the set's own transaction. */
export const conflictSchema = z.strictObject({
  id: idSchema,
  problem: z.enum(['units', 'lostClaim']),
  setId: idSchema,
  command: z.string(),
  docKind: z.string(),
  docId: idSchema,
  units: z.array(
    z.strictObject({ unit: z.string(), base: unitValueSchema, theirs: unitValueSchema, mine: unitValueSchema }),
  ),
  violations: z.array(violationSchema),
  locationId: idSchema,
  patientId: idSchema.nullable(),
  authorId: idSchema,
  stationId: idSchema,
  atUtc: instantSchema,
  ...open,
});
export type Conflict = z.infer<typeof conflictSchema>;

/** A set that the server refused, with what it wanted, so that it can be repaired on any station. */
export const refusalSchema = z.strictObject({
  id: idSchema,
  setId: idSchema,
  command: z.string(),
  input: z.record(z.string(), z.json()),
  violations: z.array(violationSchema),
  because: idSchema.nullable(),
  locationId: idSchema,
  patientId: idSchema.nullable(),
  authorId: idSchema,
  stationId: idSchema,
  atUtc: instantSchema,
  ...open,
});
export type Refusal = z.infer<typeof refusalSchema>;

/** Anything else that needs a person: a record that was taken against a rule, a file that can't be read, a number used twice. */
export const taskSchema = z.strictObject({
  id: idSchema,
  reason: z.enum([
    'flagged-record',
    'unreadable-file',
    'same-uid-other-bytes',
    'quarantined-station',
    'set-on-hold',
    'missing-price',
    'break-glass',
  ]),
  locationId: idSchema,
  patientId: idSchema.nullable(),
  aboutKind: z.string(),
  aboutId: idSchema,
  violations: z.array(violationSchema),
  atUtc: instantSchema,
  ...open,
});
export type Task = z.infer<typeof taskSchema>;

const solved = ['status', 'solvedBy', 'solvedAtUtc'];
/** Two people solved one item on stations that were apart: the first who did stays on it. */
const mergeUnit = (unit: string, _base: UnitValue, theirs: UnitValue, mine: UnitValue): UnitValue | undefined =>
  unit === 'solved' && theirs?.['status'] === 'solved' && mine?.['status'] === 'solved' ? theirs : undefined;
const scopes = (doc: { locationId: string }): string[] => [inboxScope(doc.locationId)];
const keys = {
  open: (doc: { status: string; locationId: string; atUtc: string }) =>
    doc.status === 'open' ? [`${doc.locationId}/${doc.atUtc}`] : [],
};

export const conflictKind = defineKind<Conflict>({
  kind: 'conflict',
  schema: conflictSchema,
  collection: 'inbox',
  merge: 'units',
  phi: true,
  scopes,
  units: {
    what: [
      'problem',
      'setId',
      'command',
      'docKind',
      'docId',
      'units',
      'violations',
      'locationId',
      'patientId',
      'authorId',
      'stationId',
      'atUtc',
    ],
    solved,
  },
  keys: { ...keys, byDoc: (conflict) => [conflict.docId] },
  mergeUnit,
  bringHeld: (conflict, bring) => {
    // Of an early form the server may know only what one set gave (`server/db/document-forms.ts`): who solved it, say.
    const { docKind, units } = conflict;
    if (!docKind || !units) return conflict;
    const brought = units.map(({ unit, base, theirs, mine }) => ({
      unit,
      base: bring(docKind, unit, base),
      theirs: bring(docKind, unit, theirs),
      mine: bring(docKind, unit, mine),
    }));
    return { ...conflict, units: brought };
  },
});

export const refusalKind = defineKind<Refusal>({
  kind: 'refusal',
  schema: refusalSchema,
  collection: 'inbox',
  merge: 'units',
  phi: true,
  scopes,
  keys,
  units: {
    what: [
      'setId',
      'command',
      'input',
      'violations',
      'because',
      'locationId',
      'patientId',
      'authorId',
      'stationId',
      'atUtc',
    ],
    solved,
  },
  mergeUnit,
});

export const taskKind = defineKind<Task>({
  kind: 'task',
  schema: taskSchema,
  collection: 'inbox',
  merge: 'units',
  phi: true,
  scopes,
  keys,
  units: { what: ['reason', 'locationId', 'patientId', 'aboutKind', 'aboutId', 'violations', 'atUtc'], solved },
  mergeUnit,
});
