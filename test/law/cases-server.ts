/** The server's own commands: a station that pushes one is refused, however well it is made. */
import type { MakeCall } from './cases.ts';
import type { LawClinic } from './law-clinic.ts';

const stationCode = ({ world: { dice } }: LawClinic): string =>
  `${Array.from({ length: 3 }, () => dice.pick([...'ABCDEFGHIJLMNOPQRTUVWXYZ'])).join('')}${dice.int(1, 999)}`;

export const serverCases: Record<string, MakeCall> = {
  'organizations/set-up': async ({ world, call }) =>
    call(world.serverAuthor, 'organizations/set-up', {
      organizationId: world.newId(),
      locationId: world.newId(),
      userId: world.newId(),
      organizationName: 'Another',
      locationName: 'Elsewhere',
      zone: 'Asia/Jakarta',
      currency: 'IDR',
      managerName: 'Somebody',
      username: `manager-${world.newId()}`,
    }),
  'organizations/load': async ({ world, call }) =>
    call(world.serverAuthor, 'organizations/load', {
      documents: [
        { kind: 'room', doc: { id: world.newId(), locationId: world.ids.locationId, name: 'Room', active: true } },
      ],
    }),
  'stations/save': async (clinic) => {
    const { world, call } = clinic;
    return call(world.serverAuthor, 'stations/save', {
      id: world.newId(),
      code: stationCode(clinic),
      name: 'Station',
      locationId: world.ids.locationId,
      profile: 'all',
      enrolledAtUtc: world.nowUtc(),
      revokedAtUtc: null,
    });
  },
  'stations/issue-code': async ({ world, people, call }) =>
    call(people.manager, 'stations/issue-code', { locationId: world.ids.locationId, expiresAtUtc: world.nowUtc() }),
  'stations/revoke': async (clinic) => {
    const { world, people, call } = clinic;
    const spare = await world.addStation(stationCode(clinic), world.ids.locationId);
    await world.sync(clinic.here);
    return call(people.manager, 'stations/revoke', { stationId: spare.id }, { reason: 'lost' });
  },
  'devices/save': async ({ world, people, call }) =>
    call(people.manager, 'devices/save', {
      id: world.newId(),
      locationId: world.ids.locationId,
      name: 'New scanner',
      aeTitle: `AE${world.dice.digits(8)}`,
      modality: 'CT',
      host: '127.0.0.1',
      port: 104,
      specificCharacterSet: 'ISO_IR 192',
      hours: [],
      active: true,
    }),
};
