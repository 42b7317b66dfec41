import { expect, it } from 'vitest';
import {
  checkUp,
  ctService,
  devices,
  frontDeskWorld,
  budi,
  id,
  kemang,
  NOW_UTC,
  sari,
  TODAY,
  ZONE,
} from '../../test/world/front-desk-world.ts';
import { cpuMsOf } from '../../test/world/cpu-time.ts';
import { createMemoryReader } from '../../test/world/memory-reader.ts';
import { permissionsOf } from '../access/permissions.ts';
import type { Role } from '../access/permissions.ts';
import { reachedAt, localTime } from '../kernel/time.ts';
import { schedulingCatalogue, schedulingFreeTimes } from './booking-views.ts';

const reader = createMemoryReader(frontDeskWorld());
const contextOf = (role: Role) => ({
  nowUtc: NOW_UTC,
  userId: id(2, 9),
  permissions: permissionsOf([role]),
  locationId: kemang,
  stationId: id(8, 1),
  searchPatients: () => [],
});
const ask = (part: Record<string, unknown>, role: Role = 'receptionist') =>
  schedulingFreeTimes.read(
    reader,
    {
      serviceId: checkUp,
      practitionerId: budi,
      roomId: null,
      deviceId: null,
      patientId: null,
      locationId: kemang,
      fromUtc: reachedAt(TODAY, '16:00', ZONE),
      durationMin: 30,
      ownId: null,
      ...part,
    },
    contextOf(role),
  );
const clock = (slot: { startsAtUtc: string } | undefined) => slot && localTime(slot.startsAtUtc, ZONE).clock;

it('a free time has no violation, and is itself the first free time', async () => {
  const view = await ask({});
  expect(view.violations).toEqual([]);
  expect(clock(view.next[0])).toBe('16:00');
  expect(view.zone).toBe(ZONE);
});

it('says who is elsewhere and who has the device, and finds the next time free for both', async () => {
  const fromUtc = reachedAt(TODAY, '14:45', ZONE);
  const view = await ask({ serviceId: ctService, practitionerId: sari, deviceId: devices[0]?.id, fromUtc });
  expect(view.violations.map((one) => [one.code, one.names.resource])).toEqual([
    ['resource-taken', 'CT 1'],
    ['practitioner-away', 'Dr Sari Wulandari'],
  ]);
  expect(view.violations[0]?.names.patient).not.toBe('');
  expect(view.violations[1]?.names.location).toBe('Kuningan');
  expect(view.next.map(clock)).toEqual(['15:15', '15:30', '08:30']);
  expect(view.mayOverride).toBe(false);
  expect((await ask({ fromUtc }, 'manager')).mayOverride).toBe(true);
});

it('refuses a device that the service does not fit, with no times to offer', async () => {
  const view = await ask({ serviceId: ctService, practitionerId: sari, deviceId: devices[1]?.id });
  expect(view.violations.map((one) => one.code)).toEqual(['wrong-device']);
  expect(view.next).toEqual([]);
});

it('never offers a time that has passed', async () => {
  const view = await ask({ fromUtc: reachedAt(TODAY, '09:00', ZONE) });
  expect(view.next.every((one) => one.startsAtUtc >= NOW_UTC)).toBe(true);
});

it('answers at once, over two weeks', async () => {
  await ask({ practitionerId: sari });
  const cpuMs = await cpuMsOf(() => ask({ practitionerId: sari, fromUtc: reachedAt(TODAY, '13:00', ZONE) }));
  expect(cpuMs).toBeLessThan(200);
});

it('lists what can be booked at a location', async () => {
  const view = await schedulingCatalogue.read(reader, { locationId: kemang }, contextOf('receptionist'));
  expect(view?.services.map((one) => one.code)).toContain('CTH');
  expect(view?.practitioners).toHaveLength(3);
  expect(view?.devices.map((one) => one.modality).toSorted()).toEqual(['CT', 'US']);
});
