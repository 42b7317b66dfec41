import { expect, it } from 'vitest';
import { frontDeskWorld, kemang, NOW_UTC, TODAY } from '../../test/world/front-desk-world.ts';
import { createMemoryReader } from '../../test/world/memory-reader.ts';
import { permissionsOf } from '../../shared/access/permissions.ts';
import { schedulingDay } from '../../shared/scheduling/day-views.ts';
import { blockAt, gridColumns, hoursOf, laneBlocks, moveCursor } from './grid-model.ts';

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
const columns = gridColumns(view, 'practitioner', show);
const hours = hoursOf(view);

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
  const at = (block: typeof first, fromClock: string, toClock: string) => ({ ...block, fromClock, toClock });
  const placed = laneBlocks([at(first, '09:00', '10:00'), at(second, '09:30', '10:00'), at(third, '10:00', '11:00')]);
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
