/**
 * The change set: one immutable record of what a command did (design §2, `change-sets.md` §1). It is the unit of writing on
 * disk, of sync, of the audit log and of undo. A patch names, per merge unit, the value that the person saw (`before`) and
 * the value they gave (`after`); a unit is an object of the fields that belong together, absent being `null`.
 */
import { z } from 'zod';
import { idSchema } from './id.ts';
import { instantSchema } from './time.ts';

export const unitValueSchema = z.record(z.string(), z.json()).nullable();
export type UnitValue = z.infer<typeof unitValueSchema>;

export const patchSchema = z.strictObject({
  kind: z.string().max(40),
  id: idSchema,
  op: z.enum(['create', 'update', 'remove']),
  units: z.record(z.string().max(40), z.strictObject({ before: unitValueSchema, after: unitValueSchema })),
});
export type Patch = z.infer<typeof patchSchema>;

/** Cursor of a scope: the organization's change number, and the chain's hash there (`change-sets.md` §3, §5). */
export const cursorSchema = z.strictObject({ number: z.int().min(0), hash: z.string().max(64) });
export type Cursor = z.infer<typeof cursorSchema>;

/** Ids and printed numbers that a station gave out for one set. */
export const mintedSchema = z.strictObject({
  ids: z.array(idSchema).max(400),
  numbers: z.array(z.string().max(20)).max(50),
});
export type Minted = z.infer<typeof mintedSchema>;

export const changeSetSchema = z.strictObject({
  id: idSchema,
  command: z.string().max(80),
  input: z.record(z.string(), z.json()),
  lawVersion: z.int().min(1),
  /** The person (or, for what a scanner sends, the device) that gave the command. */
  authorId: idSchema,
  stationId: idSchema,
  /** The station's own gap-free counter. */
  stationSeq: z.int().min(1),
  atUtc: instantSchema,
  /** Measured offset of the station's clock to the server's, ms; null when it was never measured. */
  clockOffsetMs: z.int().nullable(),
  /** Highest change number of the core scope that the person's screen was built on: rights are judged there. */
  seenThrough: z.int().min(0),
  reason: z.string().max(2000).nullable(),
  undoes: idSchema.nullable(),
  buildsOn: z.array(idSchema).max(200),
  /** What the station gave out while it decided, in order: the same decision over the same facts uses the same again. Sets of law 1 lack it. */
  minted: mintedSchema.optional(),
  /** Scopes that a fact asked for and the station did not hold: there the facts were unknown. */
  lacked: z.array(z.string().max(120)).max(60).optional(),
  patches: z.array(patchSchema).max(200),
});
export type ChangeSet = z.infer<typeof changeSetSchema>;

export const MAX_CHANGE_SET_BYTES = 1_000_000;

/** The version of the law that this program carries; it grows when a rule or a schema changes. */
export const LAW_VERSION = 2;

/** The server's word on a set (`change-sets.md` §4); every answer but `held` has a change number. */
export const answerSchema = z.strictObject({
  setId: idSchema,
  result: z.enum(['accepted', 'merged', 'refused', 'held']),
  changeNumber: z.int().min(1).nullable(),
  violations: z.array(z.record(z.string(), z.json())),
  because: idSchema.nullable(),
});
export type SetAnswer = z.infer<typeof answerSchema>;
