/** The six people of the demo clinic who sign in; their user names are their roles. */
import type { User } from '../../shared/users/schema.ts';
import { everyDay, on, type Places } from './clinic-places.ts';

export type Staff = Record<'receptionist' | 'technician' | 'doctor' | 'doctor2' | 'cashier' | 'manager', User>;

/** The user names in the order in which the sign-ins are shown. */
export const demoUsernames = ['receptionist', 'technician', 'doctor', 'doctor2', 'cashier', 'manager'] as const;

const weekdays = [1, 2, 3, 4, 5] as const;

/**
 * Makes the users. The radiologist (`doctor`) reads in Kemang on some mornings and in Amsterdam on other days and hours; the general
 * practitioner (`doctor2`) and the radiographer (`technician`, who takes X-ray and CT) are in Kemang every day.
 */
export function makeStaff(newId: () => string, { kemang, amsterdam }: Places): Staff {
  const user = (
    username: keyof Staff,
    role: User['roles'][number],
    name: string,
    more: Partial<Pick<User, 'credentials' | 'specialty' | 'practices'>> = {},
  ): User => ({
    id: newId(),
    username,
    name,
    credentials: '',
    roles: [role],
    active: true,
    locationIds: [],
    locale: 'en',
    specialty: '',
    practices: [],
    absences: [],
    ...more,
  });
  return {
    receptionist: user('receptionist', 'receptionist', 'Rini Susanti'),
    technician: user('technician', 'technician', 'Agus Setiawan', {
      credentials: 'Amd.Rad',
      specialty: 'Radiography',
      practices: [{ locationId: kemang.id, hours: on(everyDay, ['07:00', '13:00'], ['13:30', '21:00']) }],
    }),
    doctor: user('doctor', 'doctor', 'dr. Sari Wulandari', {
      credentials: 'Sp.Rad',
      specialty: 'Radiology',
      practices: [
        { locationId: kemang.id, hours: [...on([1, 3, 5], ['07:00', '13:00']), ...on([6, 7], ['07:00', '12:30'])] },
        {
          locationId: amsterdam.id,
          hours: [
            ...on([1, 3, 5], ['09:00', '15:00']),
            ...on([2, 4], ['08:30', '17:30']),
            ...on([6], ['09:00', '13:00']),
          ],
        },
      ],
    }),
    doctor2: user('doctor2', 'doctor', 'dr. Bambang Hartono', {
      credentials: 'M.Kes',
      specialty: 'General practice',
      practices: [
        {
          locationId: kemang.id,
          hours: [
            ...on(weekdays, ['07:00', '12:00'], ['13:00', '17:00'], ['18:00', '21:00']),
            ...on([6, 7], ['08:00', '12:00'], ['13:00', '17:00']),
          ],
        },
      ],
    }),
    cashier: user('cashier', 'cashier', 'Yanti Marpaung'),
    manager: user('manager', 'manager', 'Hendra Gunawan'),
  };
}
