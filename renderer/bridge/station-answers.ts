import { z } from 'zod';

/** `station` / `settings`: what is in force on this machine. Parts that the station can't tell are null. */
export const stationSettingsSchema = z.object({
  version: z.string().nullable().default(null),
  organizationName: z.string().nullable().default(null),
  serverUrl: z.string().nullable().default(null),
  /** Settings in force, with where each came from: the default, a file, the environment. */
  values: z.array(z.object({ name: z.string(), value: z.string(), from: z.string() })).default([]),
  devices: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        aeTitle: z.string(),
        address: z.string(),
        modality: z.string(),
        lastImageUtc: z.string().nullable().default(null),
      }),
    )
    .default([]),
  keys: z
    .object({
      backend: z.string(),
      strong: z.boolean(),
      note: z.string(),
      recoveryKeyMade: z.boolean(),
      serverEscrow: z.boolean(),
    })
    .nullable()
    .default(null),
  stations: z
    .array(
      z.object({
        id: z.string(),
        code: z.string(),
        name: z.string(),
        locationName: z.string(),
        locationId: z.string().nullable().default(null),
        lastSeenUtc: z.string().nullable(),
        revokedAtUtc: z.string().nullable().default(null),
        /** This very station. */
        isHere: z.boolean().default(false),
        waiting: z.int().nullable(),
      }),
    )
    .default([]),
  locations: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  /** Where this station stands. */
  locationId: z.string().nullable().default(null),
  disk: z
    .object({
      totalBytes: z.number(),
      freeBytes: z.number(),
      imageBytes: z.number(),
      recordBytes: z.number(),
    })
    .nullable()
    .default(null),
  safety: z
    .object({
      lastBackupUtc: z.string().nullable(),
      lastRestoreDrillUtc: z.string().nullable(),
      lastCheckUtc: z.string().nullable(),
      lastCheckFaults: z.int().nullable(),
      offlineUntilUtc: z.string().nullable(),
    })
    .nullable()
    .default(null),
});
export type StationSettings = z.infer<typeof stationSettingsSchema>;

/** `station` / `echo`. */
export const echoAnswerSchema = z.object({
  ok: z.boolean(),
  durationMs: z.number().nullable().default(null),
  code: z.string().nullable().default(null),
});
export type EchoAnswer = z.infer<typeof echoAnswerSchema>;

/** `station` / `check`: the loud checks, one line each. */
export const checkAnswerSchema = z.object({
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().default('') })),
});
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;

/** `station` / `newEnrolCode`: the code is shown once and kept nowhere. */
export const newCodeSchema = z.union([
  z.object({ ok: z.literal(true), code: z.string(), expiresAtUtc: z.string() }),
  z.object({ ok: z.literal(false), code: z.string() }),
]);
export type NewCode = z.infer<typeof newCodeSchema>;

/** `station` / `revokeStation`. */
export const revokedSchema = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: z.string() }),
]);

/** `station` / `setUp` and `enrol`. The recovery key is shown once and never asked for again. */
export const startAnswerSchema = z.union([
  z.object({ ok: z.literal(true), recoveryKey: z.string().nullable().default(null) }),
  z.object({ ok: z.literal(false), code: z.string() }),
]);
