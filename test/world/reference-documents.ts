/** What the clinic of the law's tests has before its first patient: places, people of every role, rooms, scanners, services. */
import type { Role } from '../../shared/access/permissions.ts';
import type { Doc } from '../../shared/kernel/kind.ts';

export type ReferenceIds = { organizationId: string; locationId: string; userId: string };

const allDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' }));

/** `documents` is an input of `organizations/load`; the rest names what stands in it. */
export function referenceDocuments({ locationId, userId }: ReferenceIds, newId: () => string, prefix = '') {
  const otherLocationId = newId();
  const user = (name: string, ...roles: Role[]): Doc => ({
    id: newId(),
    // One name over all organizations of a server.
    username: prefix === '' ? name : `${prefix}-${name}`,
    name,
    credentials: '',
    roles,
    active: true,
    locationIds: [],
    locale: 'en',
    specialty: '',
    practices: [locationId, otherLocationId].map((id) => ({ locationId: id, hours: allDay })),
    absences: [],
  });
  const users = {
    front: user('front', 'receptionist'),
    cashier: user('cashier', 'cashier'),
    doctor: user('doctor', 'doctor'),
    otherDoctor: user('other-doctor', 'doctor'),
    technician: user('technician', 'technician'),
    deputy: user('deputy', 'manager'),
  };
  const location = (id: string, name: string, zone: string): Doc => ({
    id,
    name,
    address: [],
    phone: '',
    zone,
    locale: 'en',
    hours: allDay,
    closures: [],
  });
  const room = (name: string): Doc => ({ id: newId(), locationId, name, active: true });
  const rooms = [room('Room 1'), room('Room 2')];
  const device = (name: string, modality: string): Doc => ({
    id: newId(),
    locationId,
    name,
    aeTitle: name,
    modality,
    host: '127.0.0.1',
    port: 104,
    specificCharacterSet: 'ISO_IR 192',
    hours: allDay,
    active: true,
  });
  const devices = { ct: device('CT1', 'CT'), otherCt: device('CT2', 'CT') };
  const service = (code: string, modality: string | null, priceMinor: number | null): Doc => ({
    id: newId(),
    code,
    name: `Service ${code}`,
    durationMin: 15,
    bufferBeforeMin: 0,
    bufferAfterMin: 5,
    modality,
    needsRoom: false,
    priceMinor,
    currency: 'IDR',
    taxBasisPoints: 1100,
    taxName: 'PPN',
    taxInclusive: true,
    active: true,
  });
  const services = { consult: service('CONS', null, 150_000), ct: service('CT', 'CT', 900_000) };
  const list = (kind: string, docs: readonly Doc[]) => docs.map((doc) => ({ kind, doc }));
  return {
    managerId: userId,
    otherLocationId,
    users,
    rooms,
    devices,
    services,
    documents: [
      ...list('location', [
        location(locationId, 'Kemang', 'Asia/Jakarta'),
        location(otherLocationId, 'Delft', 'Europe/Amsterdam'),
      ]),
      ...list('user', Object.values(users)),
      ...list('room', rooms),
      ...list('device', Object.values(devices)),
      ...list('service', Object.values(services)),
    ],
  };
}
