/**
 * The few channels between a screen and the workstation. Growth adds commands and views, never channels. Both ends check
 * with these schemas; a throw on the main side reaches the screen as `{ error: code }`, never with patient data.
 */
import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { violationSchema } from '../kernel/violation.ts';
import { permissionSchema, roleSchema } from '../access/permissions.ts';
import { PICTURE_BYTES_MAX } from '../documents/picture-jpeg.ts';

const docSchema = z.looseObject({ id: z.string() });

/** `command.run` */
export const commandRequestSchema = z.strictObject({
  /** Given by the screen, one for each act of the person: the station does it once and answers the same id with the same. */
  actionId: idSchema,
  name: z.string().max(80),
  input: z.record(z.string(), z.unknown()),
  /** Documents as the screen showed them, by `kind/id`. */
  seen: z.record(z.string(), docSchema),
  reason: z.string().max(2000).nullable(),
});
export type CommandRequest = z.infer<typeof commandRequestSchema>;
/** What an undo took back: the command's name, and the name of the patient it was about. */
export const undoneSchema = z.strictObject({
  command: z.string(),
  patient: z.string().nullable(),
  /** It was a redo: what the undo had taken back is there again. */
  redone: z.boolean(),
});
export type Undone = z.infer<typeof undoneSchema>;
export const commandAnswerSchema = z.union([
  z.strictObject({
    ok: z.literal(true),
    setId: idSchema,
    undoable: z.boolean(),
    written: z.array(z.strictObject({ kind: z.string(), id: z.string() })),
    /** Only of an undo or a redo. */
    undone: undoneSchema.nullable(),
  }),
  z.strictObject({ ok: z.literal(false), violations: z.array(violationSchema) }),
]);
export type CommandAnswer = z.infer<typeof commandAnswerSchema>;
/** `command.run` with this name undoes a set of the person's own: input `{ setId }`, or `{}` for their last. */
export const UNDO_COMMAND = 'desk/undo';
/** `command.run` with this name gives again what the person undid last; its input is empty. */
export const REDO_COMMAND = 'desk/redo';

/** `view.open` → first value; then `view.changed` pushes until `view.close`. */
export const viewRequestSchema = z.strictObject({
  viewId: z.string().max(64),
  name: z.string().max(80),
  params: z.record(z.string(), z.unknown()),
});
export const viewAnswerSchema = z.union([
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    code: z.enum(['unknown-view', 'not-permitted', 'locked', 'malformed', 'failed']),
  }),
]);
export type ViewAnswer = z.infer<typeof viewAnswerSchema>;
export const viewCloseSchema = z.strictObject({ viewId: z.string().max(64) });
export const viewChangedSchema = z.strictObject({ viewId: z.string(), value: z.unknown() });

/** Who is at this window. `locked`: somebody's screen waits behind the lock. */
export const sessionStateSchema = z.strictObject({
  phase: z.enum(['first-run', 'signed-out', 'locked', 'signed-in']),
  user: z
    .strictObject({
      id: idSchema,
      name: z.string(),
      initials: z.string(),
      roles: z.array(roleSchema),
      permissions: z.array(permissionSchema),
      locale: z.string(),
    })
    .nullable(),
  location: z
    .strictObject({ id: idSchema, name: z.string(), zone: z.string(), currency: z.string(), locale: z.string() })
    .nullable(),
  organizationName: z.string().nullable(),
  station: z
    .strictObject({
      id: idSchema,
      code: z.string(),
      name: z.string(),
      /** Too long without the server: what is written here needs the glass to be broken first. */
      readOnly: z.boolean(),
      /** Until when the person at this window works on regardless. */
      glassBrokenUntilUtc: z.string().nullable(),
    })
    .nullable(),
  /** People who may sign in here, for the sign-in screen and the fast switch. */
  people: z.array(
    z.strictObject({
      userId: idSchema,
      username: z.string(),
      name: z.string(),
      initials: z.string(),
      hasPin: z.boolean(),
      signedIn: z.boolean(),
    }),
  ),
});
export type SessionState = z.infer<typeof sessionStateSchema>;

/** `session` */
export const sessionRequestSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('state') }),
  z.strictObject({ do: z.literal('signIn'), username: z.string().max(200), password: z.string().max(200) }),
  z.strictObject({ do: z.literal('unlock'), userId: idSchema, secret: z.string().max(200) }),
  z.strictObject({ do: z.literal('lock') }),
  z.strictObject({ do: z.literal('signOut') }),
  z.strictObject({ do: z.literal('setPin'), pin: z.string().regex(/^\d{4,8}$/), password: z.string().max(200) }),
  z.strictObject({ do: z.literal('activity') }),
]);
export type SessionRequest = z.infer<typeof sessionRequestSchema>;
export const sessionAnswerSchema = z.strictObject({
  state: sessionStateSchema,
  failure: z.enum(['wrong', 'use-password', 'too-many', 'read-only', 'unknown-user']).nullable(),
});

/** `draft`: what is typed and not yet a command; `saved` is answered only when it is on disk. */
export const draftRequestSchema = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('save'),
    key: z.string().max(200),
    patientId: idSchema.nullable(),
    body: z.record(z.string(), z.unknown()),
    seen: z.record(z.string(), docSchema),
  }),
  z.strictObject({ do: z.literal('load'), key: z.string().max(200) }),
  z.strictObject({ do: z.literal('discard'), key: z.string().max(200) }),
  z.strictObject({ do: z.literal('list') }),
]);
export type DraftRequest = z.infer<typeof draftRequestSchema>;
export const draftSchema = z.strictObject({
  key: z.string(),
  patientId: z.string().nullable(),
  savedAtUtc: z.string(),
  body: z.record(z.string(), z.unknown()),
  seen: z.record(z.string(), docSchema),
});
export type SavedDraft = z.infer<typeof draftSchema>;

/** `station`: this machine. The answer's shape follows `do`. */
export const stationRequestSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('sync') }),
  z.strictObject({ do: z.literal('syncNow') }),
  z.strictObject({ do: z.literal('settings') }),
  z.strictObject({ do: z.literal('echo'), deviceId: idSchema }),
  z.strictObject({ do: z.literal('deviceLog'), deviceId: idSchema }),
  z.strictObject({ do: z.literal('check') }),
  /** A manager's deeds at the server, online only; the password is asked for each and goes nowhere else. */
  z.strictObject({ do: z.literal('newEnrolCode'), locationId: idSchema, password: z.string().max(200) }),
  z.strictObject({
    do: z.literal('revokeStation'),
    stationId: idSchema,
    reason: z.string().min(1).max(2000),
    password: z.string().max(200),
  }),
  z.strictObject({
    do: z.literal('setUp'),
    organizationName: z.string().min(1).max(120),
    locationName: z.string().min(1).max(120),
    zone: z.string().min(1).max(60),
    currency: z.string().length(3),
    managerName: z.string().min(1).max(120),
    username: z.string().min(1).max(64),
    password: z.string().min(10).max(200),
  }),
  z.strictObject({
    do: z.literal('enrol'),
    serverUrl: z.string().max(400),
    code: z.string().max(64),
    stationName: z.string().max(64),
    profile: z.string().max(20),
  }),
]);
export type StationRequest = z.infer<typeof stationRequestSchema>;

/** The sync pill and screen; pushed as `station.changed`. */
export const syncStateSchema = z.strictObject({
  phase: z.enum(['synced', 'working', 'offline', 'stuck', 'loading']),
  /** When the server was last reached, and since when it is not. */
  lastContactUtc: z.string().nullable(),
  sinceUtc: z.string().nullable(),
  waiting: z.array(
    z.strictObject({
      setId: z.string(),
      command: z.string(),
      atUtc: z.string(),
      authorName: z.string(),
      claim: z.boolean(),
      held: z.string().nullable(),
    }),
  ),
  waitingFiles: z.int(),
  /** What the station's clock adds to this machine's, as the last contact measured it. */
  clockOffsetMs: z.int(),
  /** Documents that are known here and not to a server that was put back from a copy. */
  aheadOfServer: z.int(),
  loadedPercent: z.int().nullable(),
  why: z.string().nullable(),
});
export type SyncState = z.infer<typeof syncStateSchema>;

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** Makes a paper as PDF, or finds the one that was made; answers where the window's own origin serves it. */
export const makePaperSchema = z.strictObject({
  do: z.literal('make'),
  template: z.enum(['report', 'invoice', 'receipt', 'day-close', 'day-list', 'downtime-pack']),
  id: z.string().max(100),
  locale: z.string().max(10),
});
export type MakePaperRequest = z.infer<typeof makePaperSchema>;
export const documentAnswerSchema = z.union([
  z.strictObject({ ok: z.literal(true), url: z.string(), sha256: sha256Schema, pages: z.int().min(1) }),
  z.strictObject({ ok: z.literal(false), code: z.string(), missing: z.array(z.string()) }),
]);

/** Keeps a picture for a report; the JPEG is checked by the store. */
export const keepPictureSchema = z.strictObject({
  do: z.literal('keepPicture'),
  instanceId: idSchema,
  jpeg: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= PICTURE_BYTES_MAX),
});
export type KeepPictureRequest = z.infer<typeof keepPictureSchema>;
export const keptPictureSchema = z.union([
  z.strictObject({ ok: z.literal(true), sha256: sha256Schema }),
  z.strictObject({ ok: z.literal(false), code: z.enum(['not-permitted', 'not-found', 'bad-image']) }),
]);
export type KeptPicture = z.infer<typeof keptPictureSchema>;

/** What leaves the workstation because a person asked: a paper printed or saved, a received object saved as it came. */
const takeOutSchemas = [
  z.strictObject({ do: z.literal('print'), sha256: sha256Schema }),
  z.strictObject({ do: z.literal('save'), sha256: sha256Schema }),
  z.strictObject({ do: z.literal('saveInstance'), instanceId: idSchema }),
] as const;
export const takenOutSchema = z.union([
  z.strictObject({ ok: z.literal(true), did: z.literal('saved'), fileName: z.string(), folder: z.string() }),
  z.strictObject({ ok: z.literal(true), did: z.literal('printed'), printer: z.string().nullable() }),
  z.strictObject({
    ok: z.literal(false),
    code: z.enum([
      'not-found',
      'cancelled',
      'no-printer',
      'print-failed',
      'disk-full',
      'folder-refused',
      'no-window',
      'failed',
    ]),
  }),
]);
export type TakenOut = z.infer<typeof takenOutSchema>;

/** `document`: papers and files. What goes to the store (`storedRequestSchema`) has answers of its own, all else `takenOutSchema`. */
export const takeOutRequestSchema = z.discriminatedUnion('do', takeOutSchemas);
export type TakeOutRequest = z.infer<typeof takeOutRequestSchema>;
export const storedRequestSchema = z.discriminatedUnion('do', [makePaperSchema, keepPictureSchema]);
