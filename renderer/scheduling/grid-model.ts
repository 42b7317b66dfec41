/** The day grid as numbers: which columns, which hours, where each block lies. Minutes count from the local midnight. */
import { clockMinutes } from '../../shared/kernel/time.ts';
import type { ClosedSpan } from '../../shared/scheduling/opening-rules.ts';
import type { DayBlock, DayColumn, DayView } from '../../shared/scheduling/day-views.ts';
import type { ResourceKind } from '../../shared/scheduling/schema.ts';
import type { Status } from '../ui/status.tsx';

export const STEP_MIN = 15;

export type GridColumn = {
  key: string;
  day: string;
  resourceKind: ResourceKind;
  resourceId: string;
  name: string;
  detail: string;
  closed: ClosedSpan[];
  blocks: PlacedBlock[];
};
/** Blocks that overlap share their column's width: `lane` of `lanes`. */
export type PlacedBlock = { block: DayBlock; fromMin: number; toMin: number; lane: number; lanes: number };
export type Cursor = { column: number; minute: number };
export type Show = { hidden: ReadonlySet<string>; cancelled: boolean; noShows: boolean };

/** What a block shows: the visit's stage once there is one, else the booking's own status. */
export function statusOf(block: DayBlock): Status {
  if (block.step) return block.step.stage;
  if (block.appointment.placement === 'unplaced') return 'unplaced';
  return block.appointment.status;
}

export const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** The hours drawn: from the first opening or booking to the last, whole hours; a shut day shows eight to five. */
export function hoursOf(view: DayView): { fromMin: number; toMin: number } {
  const open = view.columns.flatMap((column) =>
    Object.values(column.closed).flatMap((spans) => {
      const first = spans[0]?.from === '00:00' ? clockMinutes(spans[0].to) : 0;
      const last = spans.at(-1)?.to === '24:00' ? clockMinutes(spans.at(-1)?.from ?? '24:00') : 1440;
      return first >= 1440 ? [] : [{ from: first, to: last }];
    }),
  );
  const spans = [
    ...open,
    ...view.blocks.map((one) => ({ from: clockMinutes(one.fromClock), to: clockMinutes(one.toClock) })),
  ];
  if (spans.length === 0) return { fromMin: 480, toMin: 1020 };
  const from = Math.min(...spans.map((one) => one.from));
  const to = Math.max(...spans.map((one) => one.to));
  return { fromMin: Math.floor(from / 60) * 60, toMin: Math.min(1440, Math.ceil((to + 1) / 60) * 60) };
}

const isShown = (block: DayBlock, show: Show): boolean => {
  const status = statusOf(block);
  if (status === 'unplaced') return false;
  return (status !== 'cancelled' || show.cancelled) && (status !== 'no_show' || show.noShows);
};

/** Columns from left to right: the chosen resources of each day, days side by side. */
export function gridColumns(view: DayView, kind: ResourceKind, show: Show): GridColumn[] {
  // People mode shows the devices too, as the desk books both at once.
  const kinds: ResourceKind[] = kind === 'practitioner' && view.days.length === 1 ? ['practitioner', 'device'] : [kind];
  const chosen = kinds
    .flatMap((one) => view.columns.filter((column) => column.resourceKind === one))
    .filter((column) => !show.hidden.has(column.resourceId));
  return view.days.flatMap((day) => chosen.map((column) => gridColumn(view, column, day, show)));
}

function gridColumn(view: DayView, column: DayColumn, day: string, show: Show): GridColumn {
  const blocks = view.blocks.filter(
    (block) =>
      block.day === day &&
      isShown(block, show) &&
      block.appointment.resources.some((row) => row.resourceId === column.resourceId),
  );
  const { resourceKind, resourceId, name, detail } = column;
  const closed = column.closed[day] ?? [];
  return {
    key: `${day}/${resourceId}`,
    day,
    resourceKind,
    resourceId,
    name,
    detail,
    closed,
    blocks: laneBlocks(blocks),
  };
}

/** Gives overlapping blocks lanes side by side; a block alone has the whole width. */
export function laneBlocks(blocks: readonly DayBlock[]): PlacedBlock[] {
  const placed = blocks
    .map((block) => ({
      block,
      fromMin: clockMinutes(block.fromClock),
      toMin: clockMinutes(block.toClock),
      lane: 0,
      lanes: 1,
    }))
    .toSorted((a, b) => a.fromMin - b.fromMin || b.toMin - a.toMin);
  let cluster: PlacedBlock[] = [];
  let clusterEnd = -1;
  for (const one of placed) {
    if (one.fromMin >= clusterEnd) cluster = [];
    const taken = new Set(cluster.filter((other) => other.toMin > one.fromMin).map((other) => other.lane));
    while (taken.has(one.lane)) one.lane += 1;
    cluster.push(one);
    clusterEnd = Math.max(...cluster.map((other) => other.toMin));
    const lanes = Math.max(...cluster.map((other) => other.lane)) + 1;
    for (const other of cluster) other.lanes = lanes;
  }
  return placed;
}

/** The block under the cursor. */
export function blockAt(columns: readonly GridColumn[], cursor: Cursor | null): PlacedBlock | undefined {
  if (!cursor) return undefined;
  const blocks = columns[cursor.column]?.blocks ?? [];
  return (
    blocks.find((one) => one.fromMin === cursor.minute) ??
    blocks.findLast((one) => one.fromMin <= cursor.minute && one.toMin > cursor.minute)
  );
}

/** Where an arrow leads: through empty quarter hours and from block to block; stays inside the hours drawn. */
export function moveCursor(
  columns: readonly GridColumn[],
  cursor: Cursor,
  key: string,
  hours: { fromMin: number; toMin: number },
): Cursor {
  const here = blockAt(columns, cursor);
  if (key === 'ArrowLeft') return { ...cursor, column: Math.max(0, cursor.column - 1) };
  if (key === 'ArrowRight') return { ...cursor, column: Math.min(columns.length - 1, cursor.column + 1) };
  const raw =
    key === 'ArrowDown' ? (here?.toMin ?? cursor.minute + STEP_MIN) : (here?.fromMin ?? cursor.minute) - STEP_MIN;
  const minute = Math.min(hours.toMin - STEP_MIN, Math.max(hours.fromMin, raw));
  const next = blockAt(columns, { ...cursor, minute });
  return { ...cursor, minute: next ? next.fromMin : Math.floor(minute / STEP_MIN) * STEP_MIN };
}
