/** The second organization of the demo: one location, one manager, nobody else; it is there to be kept out of. */
import type { Location, Organization } from '../../shared/organizations/schema.ts';
import type { User } from '../../shared/users/schema.ts';
import { EMPTY_ORGANIZATION_ID, on } from './clinic-places.ts';
import type { KindDocument } from './demo-clinic.ts';

/** Not `manager`: the user names of both organizations stand at one sign-in. */
export const EMPTY_MANAGER_USERNAME = 'kosong-manager';
export const EMPTY_CLINIC_NAME = 'Klinik Kosong';

/** Its documents. */
export function emptyClinicDocuments(newId: () => string): KindDocument[] {
  const organization: Organization = {
    id: EMPTY_ORGANIZATION_ID,
    name: EMPTY_CLINIC_NAME,
    currency: 'IDR',
    rounding: 'half-up',
    cashRoundingMinor: 100,
    taxInclusive: true,
  };
  const location: Location = {
    id: newId(),
    name: 'Bandung',
    address: ['Jl. Braga 1', 'Bandung 40111'],
    phone: '+62 22 5550 0101',
    zone: 'Asia/Jakarta',
    locale: 'id',
    hours: on([1, 2, 3, 4, 5], ['08:00', '16:00']),
    closures: [],
  };
  const manager: User = {
    id: newId(),
    username: EMPTY_MANAGER_USERNAME,
    name: 'Wati Handayani',
    credentials: '',
    roles: ['manager'],
    active: true,
    locationIds: [],
    locale: 'en',
    specialty: '',
    practices: [],
    absences: [],
  };
  return [
    { kind: 'organization', doc: organization },
    { kind: 'location', doc: location },
    { kind: 'user', doc: manager },
  ];
}
