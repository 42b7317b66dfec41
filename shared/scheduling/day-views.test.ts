import { expect, it } from 'vitest';
import { frontDeskWorld, budi, id, kemang, NOW_UTC, sari, TODAY, ZONE } from '../../test/world/front-desk-world.ts';
import { cpuMsOf } from '../../test/world/cpu-time.ts';
import { createMemoryReader } from '../../test/world/memory-reader.ts';
import { permissionsOf } from '../access/permissions.ts';
import type { Doc } from '../kernel/kind.ts';
import { patientScope, scheduleScope } from '../kernel/scopes.ts';
import { addDays, addMinutes, reachedAt } from '../kernel/time.ts';
import { schedulingDay, schedulingMonth } from './day-views.ts';
import { spanOf } from './open-hours-rules.ts';
import type { Appointment } from './schema.ts';

const context = {
  nowUtc: NOW_UTC,
  userId: id(2, 9),
  permissions: permissionsOf(['receptionist']),
  locationId: kemang,
  stationId: id(8, 1),
  searchPatients: () => [],
};
const reader = createMemoryReader(frontDeskWorld());
const dayOf = async (fromDay: string, days: 1 | 3 | 7 = 1) => {
  const view = await schedulingDay.read(reader, { locationId: kemang, fromDay, days }, context);
  if (!view) throw new Error('no view');
  return view;
};

const between = (day: string, from: string, to: string) => spanOf({ day, from, to }, ZONE);

it('gives the columns with their closed hours, and says where a practitioner is elsewhere', async () => {
  const view = await dayOf(TODAY);
  expect(view.held).toBe('held');
  expect(view.columns.map((one) => one.name)).toContain('CT 1');
  const closed = view.columns.find((one) => one.resourceId === sari)?.closed[TODAY];
  expect(closed).toContainEqual({
    ...between(TODAY, '13:00', '15:00'),
    why: { code: 'elsewhere', locationName: 'Kuningan', untilUtc: reachedAt(TODAY, '15:00', ZONE) },
  });
  expect(closed?.[0]).toEqual({ ...between(TODAY, '00:00', '08:00'), why: { code: 'location-hours' } });
});

it('names a closure by its reason in every column', async () => {
  const day = addDays(TODAY, 3);
  const view = await dayOf(day);
  for (const column of view.columns)
    expect(column.closed[day]).toContainEqual({
      ...between(day, '12:00', '17:00'),
      why: { code: 'closure', reason: 'Staff meeting' },
    });
});

it('shows every booking of the day whatever its status, with the visit that came of it', async () => {
  const { blocks } = await dayOf(TODAY);
  expect(blocks).toHaveLength(26);
  expect(blocks.some((one) => one.appointment.placement === 'unplaced')).toBe(true);
  expect(blocks.some((one) => one.appointment.status === 'no_show')).toBe(true);
  const yamada = blocks.find((one) => one.patient.written === '山田 太郎');
  expect(yamada?.appointment).toMatchObject({
    startsAtUtc: reachedAt(TODAY, '09:00', ZONE),
    endsAtUtc: reachedAt(TODAY, '09:30', ZONE),
  });
  expect(yamada?.step?.stage).toBe('completed');
  expect(yamada?.patient).toMatchObject({ latin: 'Tarō Yamada', substances: ['Contrast media'] });
  expect(blocks.find((one) => one.appointment.resources[0]?.resourceId === budi)?.practitionerName).toBe(
    'Dr Budi Santoso',
  );
});

it('shows a booking that goes on over midnight on both days', async () => {
  const world = frontDeskWorld();
  const midnightUtc = reachedAt(TODAY, '24:00', ZONE);
  const late = world['appointment']?.[0] as unknown as Appointment;
  const slot = { startsAtUtc: addMinutes(midnightUtc, -30), endsAtUtc: addMinutes(midnightUtc, 30) };
  const appointment = { ...late, ...slot, resources: late.resources.map((row) => ({ ...row, ...slot })) };
  const night = createMemoryReader({ ...world, encounter: [], appointment: [appointment as unknown as Doc] });
  for (const [fromDay, count] of [
    [TODAY, 1],
    [addDays(TODAY, 1), 1],
    [addDays(TODAY, 2), 0],
  ] as const) {
    const view = await schedulingDay.read(night, { locationId: kemang, fromDay, days: 1 }, context);
    expect(view?.blocks).toHaveLength(count);
  }
});

it('says unknown where a scope is not held, and never "new" of a patient whose past it does not hold', async () => {
  const apart = createMemoryReader(frontDeskWorld(200));
  apart.setHolding(scheduleScope(kemang, NOW_UTC), 'loading');
  apart.setHolding(patientScope(id(6, 4)), 'no');
  const view = await schedulingDay.read(apart, { locationId: kemang, fromDay: TODAY, days: 1 }, context);
  expect(view?.held).toBe('loading');
  const unknown = view?.blocks.filter((one) => one.appointment.patientId === id(6, 4));
  expect(unknown?.every((one) => one.flags.isNew !== true)).toBe(true);
});

it('counts the load of six weeks', async () => {
  const view = await schedulingMonth.read(reader, { locationId: kemang, fromDay: '2026-10-26' }, context);
  expect(view?.today).toBe(TODAY);
  expect(view?.load.find((one) => one.day === TODAY)?.count).toBe(26);
  expect(view?.load.find((one) => one.day === '2026-11-22')?.count).toBe(0);
});

it('reads a week of a busy location quickly', async () => {
  await dayOf(TODAY, 7);
  expect(await cpuMsOf(() => dayOf(TODAY, 7))).toBeLessThan(300);
});
