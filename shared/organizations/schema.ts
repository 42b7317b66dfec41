import { z } from 'zod';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { currencySchema, roundingSchema } from '../kernel/money.ts';
import { coreScope } from '../kernel/scopes.ts';
import { clockSchema, daySchema, zoneSchema } from '../kernel/time.ts';
import { partLocationHours } from './upgrades.ts';

/** ORG-3. A plan that goes on over midnight is two intervals: to 24:00, and from 00:00 of the next day. */
const endsAfterItBegins = (interval: { from: string; to: string }): boolean => interval.to > interval.from;

/** Weekly hours: for each ISO weekday (1 Monday … 7 Sunday) the intervals that are open; a day that is absent is closed. */
export const weeklyHoursSchema = z.array(
  z
    .strictObject({ weekday: z.int().min(1).max(7), from: clockSchema, to: clockSchema })
    .refine(endsAfterItBegins, 'ends before it begins'),
);
export type WeeklyHours = z.infer<typeof weeklyHoursSchema>;

/** A day, or part of one, that is closed against the weekly hours; the reason is shown on hover. */
export const closureSchema = z
  .strictObject({
    day: daySchema,
    from: clockSchema,
    to: clockSchema,
    reason: z.string().max(200),
  })
  .refine(endsAfterItBegins, 'ends before it begins');
export type Closure = z.infer<typeof closureSchema>;

export const organizationSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120),
  currency: currencySchema,
  rounding: roundingSchema,
  /** Cash is rounded to multiples of this many minor units; 1 is no rounding. */
  cashRoundingMinor: z.int().min(1),
  /** Default of a new price; each line says for itself. */
  taxInclusive: z.boolean(),
  /** For how long an action may be taken back: at most a day. */
  undoWithinMin: z.int().min(1).max(1440).optional(),
  /** How old a person's last PIN or password may be when they sign, refund or override. */
  proofWithinMin: z.int().min(1).max(1440).optional(),
});
export type Organization = z.infer<typeof organizationSchema>;

export const locationSchema = z.strictObject({
  id: idSchema,
  name: z.string().min(1).max(120),
  address: z.array(z.string().max(120)).max(6),
  phone: z.string().max(40),
  zone: zoneSchema,
  locale: z.string().max(20),
  hours: weeklyHoursSchema,
  closures: z.array(closureSchema),
});
export type Location = z.infer<typeof locationSchema>;

export const roomSchema = z.strictObject({
  id: idSchema,
  locationId: idSchema,
  name: z.string().min(1).max(64),
  active: z.boolean(),
});
export type Room = z.infer<typeof roomSchema>;

export const organizationKind = defineKind<Organization>({
  kind: 'organization',
  schema: organizationSchema,
  collection: 'reference',
  merge: 'units',
  units: {
    name: ['name'],
    money: ['currency', 'rounding', 'cashRoundingMinor', 'taxInclusive'],
    safety: ['undoWithinMin', 'proofWithinMin'],
  },
  phi: false,
  scopes: () => [coreScope],
  keys: { all: () => [''] },
});

export const locationKind = defineKind<Location>({
  kind: 'location',
  schema: locationSchema,
  collection: 'reference',
  merge: 'units',
  units: { name: ['name'], contact: ['address', 'phone'], zone: ['zone', 'locale'], hours: ['hours', 'closures'] },
  phi: false,
  upgrades: [partLocationHours],
  scopes: () => [coreScope],
  keys: { all: (location) => [location.name] },
});

export const roomKind = defineKind<Room>({
  kind: 'room',
  schema: roomSchema,
  collection: 'reference',
  merge: 'units',
  units: { room: ['locationId', 'name', 'active'] },
  phi: false,
  scopes: () => [coreScope],
  keys: { byLocation: (room) => [room.locationId] },
});
