import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { amountMinorSchema, currencySchema } from '../kernel/money.ts';
import { coreScope } from '../kernel/scopes.ts';

/** Something that is done and billed. A modality makes it an imaging procedure: booking it makes an order. */
export const serviceSchema = z.strictObject({
  id: idSchema,
  code: z.string().min(1).max(16),
  /** At most 64 characters: it is sent to scanners as Requested Procedure Description (LO). */
  name: z.string().min(1).max(64),
  durationMin: z.int().min(5).max(480),
  bufferBeforeMin: z.int().min(0).max(60),
  bufferAfterMin: z.int().min(0).max(60),
  modality: z.string().max(4).nullable(),
  needsRoom: z.boolean(),
  priceMinor: amountMinorSchema.nullable(),
  currency: currencySchema,
  /** Tax in hundredths of a percent (1100 = 11 %), and its name as printed. */
  taxBasisPoints: z.int().min(0).max(10_000),
  taxName: z.string().max(20),
  taxInclusive: z.boolean(),
  active: z.boolean(),
});
export type Service = z.infer<typeof serviceSchema>;

export const serviceKind = defineKind<Service>({
  kind: 'service',
  schema: serviceSchema,
  collection: 'reference',
  merge: 'units',
  units: {
    name: ['code', 'name', 'active'],
    booking: ['durationMin', 'bufferBeforeMin', 'bufferAfterMin', 'modality', 'needsRoom'],
    price: ['priceMinor', 'currency', 'taxBasisPoints', 'taxName', 'taxInclusive'],
  },
  phi: false,
  scopes: () => [coreScope],
  keys: { all: (service) => [service.name] },
});
