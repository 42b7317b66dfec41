import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { amountMinorSchema } from '../kernel/money.ts';
import { coreScope } from '../kernel/scopes.ts';
import { instantSchema } from '../kernel/time.ts';
import { daySumSchema } from './schema.ts';

/**
 * The drawer of one station at one location, kept by the server: what its last count left in it and what went through it since
 * (BILL-10). It names receipts by the counter in their number (`K2-000123` is 123), which only grows in a series.
 */
export const drawerSchema = z.strictObject({
  id: idSchema,
  /** The station's code: it begins the number of every receipt of this drawer. */
  code: z.string().min(1).max(10),
  locationId: idSchema,
  openingCashMinor: amountMinorSchema,
  /** Receipts up to this counter have been counted. */
  countedThrough: z.int().min(0),
  closeId: idSchema.nullable(),
  closedAtUtc: instantSchema.nullable(),
  /** Receipts up to this counter have come to the server, save the newest ones that are missing. */
  seenThrough: z.int().min(0),
  missing: z.array(z.int().min(1)).max(50),
  lastTakenAtUtc: instantSchema.nullable(),
  /** What no count has counted, by day and method; the oldest days as one where there are many. */
  uncounted: z.array(daySumSchema).max(400),
});
export type Drawer = z.infer<typeof drawerSchema>;

export const drawerKind = defineKind<Drawer>({
  kind: 'drawer',
  schema: drawerSchema,
  collection: 'billing',
  merge: 'serverOnly',
  units: {
    drawer: [
      'code',
      'locationId',
      'openingCashMinor',
      'countedThrough',
      'closeId',
      'closedAtUtc',
      'seenThrough',
      'missing',
      'lastTakenAtUtc',
      'uncounted',
    ],
  },
  phi: false,
  scopes: () => [coreScope],
  keys: { byLocation: (drawer) => [`${drawer.locationId}/${drawer.code}`] },
});
