import { z } from 'zod';
import { roleSchema } from '../access/permissions.ts';
import { idSchema } from '../kernel/id.ts';
import { defineKind } from '../kernel/kind.ts';
import { coreScope } from '../kernel/scopes.ts';
import { closureSchema, weeklyHoursSchema } from '../organizations/schema.ts';
import { partPracticeHours } from '../organizations/upgrades.ts';

/** Where a practitioner works when: weekly hours per location, and absences. */
export const practiceSchema = z.strictObject({ locationId: idSchema, hours: weeklyHoursSchema });

/** A person who signs in. Who sees patients is a practitioner too: then `practice` says where and when. */
export const userSchema = z.strictObject({
  id: idSchema,
  username: z.string().min(1).max(64),
  name: z.string().min(1).max(120),
  /** As printed under a report, e.g. `Sp.Rad`. */
  credentials: z.string().max(120),
  roles: z.array(roleSchema).max(5),
  active: z.boolean(),
  /** Locations where the person may sign in; empty means all. */
  locationIds: z.array(idSchema),
  locale: z.string().max(20),
  specialty: z.string().max(80),
  practices: z.array(practiceSchema),
  absences: z.array(closureSchema),
});
export type User = z.infer<typeof userSchema>;

export const userKind = defineKind<User>({
  kind: 'user',
  schema: userSchema,
  collection: 'reference',
  merge: 'units',
  units: {
    name: ['name', 'credentials', 'specialty'],
    username: ['username'],
    access: ['roles', 'active', 'locationIds'],
    locale: ['locale'],
    hours: ['practices', 'absences'],
  },
  phi: false,
  upgrades: [partPracticeHours],
  scopes: () => [coreScope],
  keys: { all: (user) => [user.name], byUsername: (user) => [user.username.toLowerCase()] },
});

/** Initials for the round mark beside a name: first letters of the first and last word. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => (word ? [...word][0] : ''));
  return letters.join('').toUpperCase();
}
