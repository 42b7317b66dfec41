/** The day grid as numbers: which columns, which hours, where each block lies. Minutes are those of the axis. */
import type { Span } from '../../shared/scheduling/open-hours-rules.ts';
import type { ClosedSpan } from '../../shared/scheduling/closed-hours-rules.ts';
import type { DayBlock, DayColumn, DayView } from '../../shared/scheduling/day-views.ts';
import type { ResourceKind } from '../../shared/scheduling/schema.ts';
import type { Status } from '../ui/status.tsx';
import type { DayAxis } from './day-axis.ts';
import { STEP_MIN, wallTimeOf } from './day-axis.ts';

export type GridColumn = {
  key: string;
  day: string;
  resourceKind: ResourceKind;
  resourceId: string;
  name: string;
  detail: string;
  fromUtc: string;
  toUtc: string;
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

/** The hours drawn: from the first opening or booking to the last, whole hours; a shut day shows eight to five. */
export function hoursOf(view: DayView, axis: DayAxis): { fromMin: number; toMin: number } {
  const spans = view.days.flatMap((day) => {
    const open = view.columns.flatMap((column) => openBetween(column.closed[day] ?? [], axis.boundsOf(day)));
    return [...open, ...view.blocks.filter((block) => isOn(block, axis.boundsOf(day))).map(timeOf)].map((one) => ({
      from: axis.minuteOf(day, one.fromUtc),
      to: axis.minuteOf(day, one.toUtc),
    }));
  });
  if (spans.length === 0) return { fromMin: 480, toMin: 1020 };
  const from = Math.min(...spans.map((one) => one.from));
  const to = Math.max(...spans.map((one) => one.to));
  const full = axis.hours.map((one) => one.minute);
  return {
    fromMin: full.findLast((minute) => minute <= from) ?? axis.fromMin,
    toMin: full.find((minute) => minute > to) ?? axis.toMin,
  };
}

/** From the first to the last open moment of a day; none where it is closed throughout. */
function openBetween(closed: readonly ClosedSpan[], day: Span): Span[] {
  let { fromUtc, toUtc } = day;
  for (const span of closed) if (span.fromUtc <= fromUtc && span.toUtc > fromUtc) fromUtc = span.toUtc;
  for (const span of closed.toReversed()) if (span.toUtc >= toUtc && span.fromUtc < toUtc) toUtc = span.fromUtc;
  return fromUtc < toUtc ? [{ fromUtc, toUtc }] : [];
}

const isOn = (block: DayBlock, day: Span): boolean =>
  timeOf(block).fromUtc < day.toUtc && timeOf(block).toUtc > day.fromUtc;

const timeOf = ({ appointment }: DayBlock): Span => ({
  fromUtc: appointment.startsAtUtc,
  toUtc: appointment.endsAtUtc,
});

const isShown = (block: DayBlock, show: Show): boolean => {
  const status = statusOf(block);
  if (status === 'unplaced') return false;
  return (status !== 'cancelled' || show.cancelled) && (status !== 'no_show' || show.noShows);
};

/** Columns from left to right: the chosen resources of each day, days side by side. */
export function gridColumns(view: DayView, axis: DayAxis, kind: ResourceKind, show: Show): GridColumn[] {
  // People mode shows the devices too, as the desk books both at once.
  const kinds: ResourceKind[] = kind === 'practitioner' && view.days.length === 1 ? ['practitioner', 'device'] : [kind];
  const chosen = kinds
    .flatMap((one) => view.columns.filter((column) => column.resourceKind === one))
    .filter((column) => !show.hidden.has(column.resourceId));
  return view.days.flatMap((day) => chosen.map((column) => gridColumn(view, axis, column, day, show)));
}

function gridColumn(view: DayView, axis: DayAxis, column: DayColumn, day: string, show: Show): GridColumn {
  const { fromUtc, toUtc } = axis.boundsOf(day);
  const blocks = view.blocks.filter(
    (block) =>
      isOn(block, { fromUtc, toUtc }) &&
      isShown(block, show) &&
      block.appointment.resources.some((row) => row.resourceId === column.resourceId),
  );
  const { resourceKind, resourceId, name, detail } = column;
  const closed = column.closed[day] ?? [];
  const placed = blocks.map((block) => ({
    block,
    fromMin: axis.minuteOf(day, timeOf(block).fromUtc),
    toMin: axis.minuteOf(day, timeOf(block).toUtc),
  }));
  return {
    key: `${day}/${resourceId}`,
    day,
    resourceKind,
    resourceId,
    name,
    detail,
    fromUtc,
    toUtc,
    closed,
    blocks: inLanes(placed),
  };
}

/** Gives overlapping blocks lanes side by side; a block alone has the whole width. */
export function inLanes(blocks: ReadonlyArray<Omit<PlacedBlock, 'lane' | 'lanes'>>): PlacedBlock[] {
  const placed = blocks
    .map((one) => ({ ...one, lane: 0, lanes: 1 }))
    .toSorted((a, b) => a.fromMin - b.fromMin || b.toMin - a.toMin);
  let cluster: PlacedBlock[] = [];
  let clusterEnd = Number.NEGATIVE_INFINITY;
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

/** The next quarter hour of now, inside the hours drawn. */
export function startCursor(
  nowUtc: string,
  zone: string,
  axis: DayAxis,
  hours: { fromMin: number; toMin: number },
): Cursor {
  const now = axis.minuteAt(wallTimeOf(nowUtc, zone)) ?? hours.fromMin;
  const minute = Math.ceil(now / STEP_MIN) * STEP_MIN;
  return { column: 0, minute: Math.min(hours.toMin - STEP_MIN, Math.max(hours.fromMin, minute)) };
}
