import { z } from 'zod';
import { defineCommand } from '../kernel/command.ts';
import { idSchema } from '../kernel/id.ts';
import { currencySchema } from '../kernel/money.ts';
import { ok } from '../kernel/result.ts';
import { zoneSchema } from '../kernel/time.ts';
import type { User } from '../users/schema.ts';
import type { Location, Organization, WeeklyHours } from './schema.ts';

const input = z.strictObject({
  organizationId: idSchema,
  locationId: idSchema,
  userId: idSchema,
  organizationName: z.string().min(1).max(120),
  locationName: z.string().min(1).max(120),
  zone: zoneSchema,
  currency: currencySchema,
  managerName: z.string().min(1).max(120),
  username: z.string().min(1).max(64),
});

const officeHours: WeeklyHours = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: '08:00', to: '17:00' }));

/** The first organization, location and manager; given by the server alone, once (first run). */
export const setUp = defineCommand<z.infer<typeof input>, null>({
  name: 'organizations/set-up',
  serverOnly: true,
  input,
  permission: 'system.load',
  nature: 'record',
  writes: { organization: 'all', location: 'all', user: 'all' },
  rules: { none: 'the server gives it into a database of its own making, once (`server/first-run.ts`)' },
  undo: { none: 'the first run is not undone' },
  gather: async () => null,
  decide: (given) => {
    const organization: Organization = {
      id: given.organizationId,
      name: given.organizationName,
      currency: given.currency,
      rounding: 'half-up',
      cashRoundingMinor: 1,
      taxInclusive: true,
    };
    const location: Location = {
      id: given.locationId,
      name: given.locationName,
      address: [],
      phone: '',
      zone: given.zone,
      locale: 'en',
      hours: officeHours,
      closures: [],
    };
    const user: User = {
      id: given.userId,
      username: given.username,
      name: given.managerName,
      credentials: '',
      roles: ['manager'],
      active: true,
      locationIds: [],
      locale: 'en',
      specialty: '',
      practices: [],
      absences: [],
    };
    return ok([
      { kind: 'organization', id: organization.id, next: organization },
      { kind: 'location', id: location.id, next: location },
      { kind: 'user', id: user.id, next: user },
    ]);
  },
});
