import { z } from 'zod';

/** Everything that a person may be allowed to do. A command and a view each name one. */
export const permissionSchema = z.enum([
  'appointments.view',
  'appointments.book',
  'appointments.override',
  'encounters.view',
  'encounters.move',
  'patients.view',
  'patients.register',
  'patients.allergies',
  'orders.write',
  'imaging.view',
  'imaging.link',
  'charts.view',
  'charts.write',
  'reports.write',
  'billing.view',
  'billing.charge',
  'billing.discount',
  'billing.close',
  'inbox.view',
  'inbox.solve',
  'sync.view',
  'settings.view',
  'settings.write',
  'system.automatic',
  'system.load',
]);
export type Permission = z.infer<typeof permissionSchema>;

export const roleSchema = z.enum(['receptionist', 'technician', 'doctor', 'cashier', 'manager']);
export type Role = z.infer<typeof roleSchema>;

const everyone: readonly Permission[] = [
  'appointments.view',
  'encounters.view',
  'encounters.move',
  'patients.view',
  'inbox.view',
  'sync.view',
  'settings.view',
];

const byRole: Record<Role, readonly Permission[]> = {
  receptionist: [
    'appointments.book',
    'patients.register',
    'patients.allergies',
    'orders.write',
    'billing.view',
    'inbox.solve',
  ],
  technician: [
    'appointments.book',
    'patients.allergies',
    'orders.write',
    'imaging.view',
    'imaging.link',
    'inbox.solve',
  ],
  doctor: [
    'appointments.book',
    'patients.allergies',
    'orders.write',
    'imaging.view',
    'imaging.link',
    'charts.view',
    'charts.write',
    'reports.write',
    'inbox.solve',
  ],
  cashier: ['billing.view', 'billing.charge', 'billing.close', 'inbox.solve'],
  manager: [
    'appointments.book',
    'appointments.override',
    'patients.register',
    'patients.allergies',
    'orders.write',
    'imaging.view',
    'imaging.link',
    'billing.view',
    'billing.charge',
    'billing.discount',
    'billing.close',
    'inbox.solve',
    'settings.write',
  ],
};

/** What a person with these roles may do; nothing that is not listed (deny by default). */
export function permissionsOf(roles: readonly Role[]): Set<Permission> {
  return new Set(roles.flatMap((role) => [...everyone, ...byRole[role]]));
}

/** What a station may do by itself: file what its scanners send, infer a status, solve what is solved. */
export const automaticPermissions: ReadonlySet<Permission> = new Set<Permission>(['system.automatic']);
