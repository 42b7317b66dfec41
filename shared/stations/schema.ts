import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { coreScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';

/** A workstation (or the server) that carries change sets. Written by the server alone, at enrolment and revocation. */
export const stationSchema = z.strictObject({
  id: idSchema,
  code: z.string().regex(/^[A-Z]{1,3}[0-9]{1,3}$/),
  name: z.string().min(1).max(64),
  locationId: idSchema.nullable(),
  profile: z.string().max(20),
  enrolledAtUtc: instantSchema,
  revokedAtUtc: instantSchema.nullable(),
});
export type Station = z.infer<typeof stationSchema>;

export const stationKind = defineKind<Station>({
  kind: 'station',
  schema: stationSchema,
  collection: 'reference',
  merge: 'serverOnly',
  units: { station: ['code', 'name', 'locationId', 'profile', 'enrolledAtUtc', 'revokedAtUtc'] },
  phi: false,
  scopes: () => [coreScope],
  keys: { all: (station) => [station.code] },
});
