/**
 * How a station and the server speak (`/sync/v1`), form in `change-sets.md` §3–§5.
 *
 * A station is enrolled once with a one-time code and from then on sends `Authorization: Station <stationId>.<secret>`.
 * `hello` compares versions and clocks. `push` brings change sets in the station's order; each is answered by itself, stored
 * with its answer before the answer is given, and the same id gets the same answer for ever. `pull` follows scopes: groups of
 * scopes that share a cursor (number, chain hash there); a group without a cursor is loaded first, in pages ordered by kind
 * and id, and then followed from the number that its load began at. A page never ends inside a change number, and a client
 * never lets an older number overwrite a newer one. `stream` is server-sent events that only say "there is something up to
 * number n" (event `head`, data a cursor). Files travel by the SHA-256 of their bytes, apart from the sets that name them.
 */
import { z } from 'zod';
import { answerSchema, changeSetSchema, cursorSchema } from '../kernel/change-set.ts';
import { idSchema } from '../kernel/id.ts';
import { instantSchema } from '../kernel/time.ts';
import { roleSchema } from '../access/permissions.ts';

/** The server speaks to stations from MIN to its own; a station outside is answered 426 `version`. */
export const PROTOCOL_VERSION = 1;
export const MIN_PROTOCOL_VERSION = 1;

export const stationProfileSchema = z.enum(['front-desk', 'scan', 'reading', 'all']);
export type StationProfile = z.infer<typeof stationProfileSchema>;

export const enrolRequestSchema = z.strictObject({
  code: z.string().min(6).max(64),
  stationName: z.string().min(1).max(64),
  profile: stationProfileSchema,
  protocolVersion: z.int(),
  lawVersion: z.int(),
  /** The station key sealed to the server's escrow key, so that it can always be unwrapped; base64url. */
  escrow: z.string().max(4000).nullable(),
});
export const escrowKeyAnswerSchema = z.strictObject({ escrowPublicKey: z.string().max(100) });
export const enrolAnswerSchema = z.strictObject({
  stationId: idSchema,
  /** Short code in every number that the station prints, e.g. `K2`. */
  stationCode: z.string().regex(/^[A-Z]{1,3}[0-9]{1,3}$/),
  secret: z.string().min(32),
  organizationId: idSchema,
  locationId: idSchema,
  /** X25519 public key that station keys are sealed to, base64url raw. */
  escrowPublicKey: z.string(),
});

export const helloRequestSchema = z.strictObject({
  protocolVersion: z.int(),
  lawVersion: z.int(),
  /** Sent back by the server at the last contact; another live copy of this station shows here (409 `second-copy`). */
  contactToken: z.string().max(64).nullable(),
  stationSeq: z.int().min(0),
  atUtc: instantSchema,
});
export const helloAnswerSchema = z.strictObject({
  protocolVersion: z.int(),
  minProtocolVersion: z.int(),
  lawVersion: z.int(),
  serverTimeUtc: instantSchema,
  contactToken: z.string(),
  /** Highest number of this station's sets that the server has. */
  stationSeq: z.int(),
  head: cursorSchema,
  /** Highest change number that lies in a backup, as whoever made it has noted; 0 where nobody has. */
  backedUpThrough: z.int(),
});

export const pushRequestSchema = z.strictObject({ sets: z.array(changeSetSchema).min(1).max(50) });
export const pushAnswerSchema = z.strictObject({ answers: z.array(answerSchema), head: cursorSchema });

export const scopeSchema = z
  .string()
  .regex(/^(core|schedule\/[0-9a-f-]{36}\/\d{4}-\d{2}|inbox\/[0-9a-f-]{36}|patient\/[0-9a-f-]{36})$/);

export const pullGroupSchema = z.strictObject({
  scopes: z.array(scopeSchema).min(1).max(2000),
  cursor: cursorSchema.nullable(),
  /** Where the last page of a load ended, `kind/id`; null at its beginning. */
  after: z.string().max(100).nullable(),
});
export const pullRequestSchema = z.strictObject({
  groups: z.array(pullGroupSchema).min(1).max(50),
  limit: z.int().min(1).max(2000),
});

export const pulledChangeSchema = z.strictObject({
  number: z.int(),
  kind: z.string(),
  id: idSchema,
  /** `entered` and `changed` carry the whole document; `left` purges it unless another scope holds it; `deleted` removes it. */
  op: z.enum(['entered', 'changed', 'left', 'deleted']),
  doc: z.record(z.string(), z.json()).nullable(),
});
export type PulledChange = z.infer<typeof pulledChangeSchema>;

export const pulledPageSchema = z.strictObject({
  changes: z.array(pulledChangeSchema),
  /** Cursor after this page; during a load the number that the load began at. */
  cursor: cursorSchema,
  /** More pages follow at once; `after` is then where a load goes on. */
  more: z.boolean(),
  after: z.string().nullable(),
});
export const pullAnswerSchema = z.strictObject({ pages: z.array(pulledPageSchema), head: cursorSchema });

/**
 * After a 409 `fork`: the station's own (number, hash) pairs, newest first and further and further apart; the answer is the newest
 * of them that this server has too, 0 where none is. Asked again with closer pairs, both find the last number in common.
 */
export const commonRequestSchema = z.strictObject({ cursors: z.array(cursorSchema).min(1).max(1000) });

export const commonAnswerSchema = z.strictObject({ number: z.int().min(0), head: cursorSchema });

/** Request header with the contact token of the last hello: from the first request that shows it, the token before is over. */
export const CONTACT_HEADER = 'praxis-contact';

/** The first run (`POST /sync/v1/set-up`), from the machine itself and only while the server has no organization. */
export const setUpRequestSchema = z.strictObject({
  organizationName: z.string().min(1).max(120),
  locationName: z.string().min(1).max(120),
  zone: z.string().min(1).max(60),
  currency: z.string().regex(/^[A-Z]{3}$/),
  managerName: z.string().min(1).max(120),
  username: z.string().min(1).max(64),
  password: z.string().min(10).max(200),
});
export const setUpAnswerSchema = z.strictObject({
  organizationId: idSchema,
  locationId: idSchema,
  userId: idSchema,
  enrolCode: z.string(),
});

/** What a station needs to let people sign in without the server: argon2id verifiers in PHC form. */
export const verifierSchema = z.strictObject({
  userId: idSchema,
  username: z.string(),
  roles: z.array(roleSchema),
  verifier: z.string().startsWith('$argon2id$'),
  /** The location's demo sign-ins are marked: they are refused off loopback. */
  demo: z.boolean(),
});
export const verifiersAnswerSchema = z.strictObject({ verifiers: z.array(verifierSchema) });

/** Reads of patient data, journalled at the station, in batches. */
export const readsRequestSchema = z.strictObject({
  reads: z
    .array(
      z.strictObject({
        seq: z.int(),
        atUtc: instantSchema,
        userId: idSchema,
        view: z.string(),
        patientId: idSchema.nullable(),
        hash: z.string(),
      }),
    )
    .max(1000),
});

/** Which of these files the server holds durably, for this organization only. */
export const objectsHeldRequestSchema = z.strictObject({
  sha256: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(1000),
});
export const objectsHeldAnswerSchema = z.strictObject({ held: z.array(z.string()) });

/** Every error of `/sync/v1` and `/v1`: a code, a sentence, and which field where one is wrong. */
export const errorBodySchema = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), fields: z.record(z.string(), z.string()).optional() }),
});
