import { expect, it } from 'vitest';
import { frontDeskWorld, kemang, NOW_UTC, TODAY } from '../../test/world/front-desk-world.ts';
import { createMemoryReader } from '../../test/world/memory-reader.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import { schedulingDay } from '../../shared/scheduling/day-views.ts';
import { createAxis } from './day-axis.ts';
import { blockAt, gridColumns, hoursOf, inLanes, moveCursor } from './grid-model.ts';

const context = {
  nowUtc: NOW_UTC,
  userId: 'u',
  permissions: permissionsOf(['receptionist']),
  locationId: kemang,
  stationId: 's',
  searchPatients: () => [],
};
const view = await schedulingDay.read(
  createMemoryReader(frontDeskWorld(100)),
  { locationId: kemang, fromDay: TODAY, days: 1 },
  context,
);
if (!view) throw new Error('no view');
const show = { hidden: new Set<string>(), cancelled: true, noShows: true };
const axis = createAxis(view.days, view.location.zone);
const columns = gridColumns(view, axis, 'practitioner', show);
const hours = hoursOf(view, axis);

it('draws people and devices for a day, unplaced bookings nowhere, whole hours', () => {
  expect(columns.map((one) => one.name)).toEqual([
    'Dr Ayu Lestari',
    'Dr Budi Santoso',
    'Dr Sari Wulandari',
    'CT 1',
    'US 1',
  ]);
  expect(columns.flatMap((one) => one.blocks).every((one) => one.block.appointment.placement === 'placed')).toBe(true);
  expect(hours).toEqual({ fromMin: 480, toMin: 1080 });
});

it('a booking with a device stands in both columns', () => {
  const withDevice = view.blocks.find((one) => one.service.code === 'CTH');
  const standing = columns.filter((one) => one.blocks.some((placed) => placed.block === withDevice));
  expect(standing).toHaveLength(2);
});

it('overlapping blocks share the width, others have all of it', () => {
  const [first, second, third] = view.blocks;
  if (!first || !second || !third) throw new Error('three blocks');
  const placed = inLanes([
    { block: first, fromMin: 540, toMin: 600 },
    { block: second, fromMin: 570, toMin: 600 },
    { block: third, fromMin: 600, toMin: 660 },
  ]);
  expect(placed.map((one) => [one.lane, one.lanes])).toEqual([
    [0, 2],
    [1, 2],
    [0, 1],
  ]);
});

it('arrows go from block to block and through the empty quarters, and stop at the edges', () => {
  const start = { column: 2, minute: 480 };
  const onBlock = moveCursor(columns, start, 'ArrowDown', hours);
  expect(blockAt(columns, onBlock)?.fromMin).toBe(495);
  expect(moveCursor(columns, onBlock, 'ArrowDown', hours)).toEqual({ column: 2, minute: 510 });
  expect(moveCursor(columns, start, 'ArrowUp', hours)).toEqual(start);
  expect(moveCursor(columns, { column: 0, minute: 480 }, 'ArrowLeft', hours).column).toBe(0);
});
