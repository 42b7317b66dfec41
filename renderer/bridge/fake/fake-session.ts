import type { SessionState } from '../../../shared/ipc/contract.ts';
import { permissionsOf, type Role } from '../../../shared/access/permissions.ts';
import { sampleId } from './sample-people.ts';

const staff = [
  { username: 'rina', name: 'Rina Suryani', initials: 'RS', role: 'receptionist' },
  { username: 'budi', name: 'Dr Budi Santoso', initials: 'BS', role: 'doctor' },
  { username: 'agus', name: 'Agus Pratama', initials: 'AP', role: 'technician' },
  { username: 'dewi', name: 'Dewi Kusuma', initials: 'DK', role: 'cashier' },
  { username: 'made', name: 'Made Aryana', initials: 'MA', role: 'manager' },
] as const satisfies readonly { username: string; name: string; initials: string; role: Role }[];

/** Password of everybody here. */
export const fakePassword = 'correct horse';
export const fakePin = '2468';

export const userIdOf = (username: string): string =>
  sampleId(900 + staff.findIndex((one) => one.username === username));

/** The session with this person in this phase. */
export function fakeSession(phase: SessionState['phase'], username: string): SessionState {
  const one = staff.find((each) => each.username === username) ?? staff[0];
  const hasUser = phase === 'signed-in' || phase === 'locked';
  const roles: Role[] = [one.role];
  return {
    phase,
    user: hasUser
      ? {
          id: userIdOf(one.username),
          name: one.name,
          initials: one.initials,
          roles,
          permissions: [...permissionsOf(roles)],
          locale: 'en',
        }
      : null,
    location:
      phase === 'first-run'
        ? null
        : { id: sampleId(800), name: 'Kemang', zone: 'Asia/Jakarta', currency: 'IDR', locale: 'en-GB' },
    organizationName: phase === 'first-run' ? null : 'Klinik Kemang',
    station:
      phase === 'first-run'
        ? null
        : { id: sampleId(801), code: 'K2', name: 'Front desk', readOnly: false, glassBrokenUntilUtc: null },
    people: staff.map((each) => ({
      userId: userIdOf(each.username),
      username: each.username,
      name: each.name,
      initials: each.initials,
      hasPin: each.username === 'rina',
      signedIn: hasUser && each.username === one.username,
    })),
  };
}
