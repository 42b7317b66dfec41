import type { DragEvent, MouseEvent } from 'react';
import type { Span } from '../../shared/scheduling/open-hours-rules.ts';
import type { ClosedSpan } from '../../shared/scheduling/closed-hours-rules.ts';
import { clockWords } from '../../shared/kernel/clock-words.ts';
import { AppointmentBlock } from './appointment-block.tsx';
import type { DayAxis } from './day-axis.ts';
import { STEP_MIN } from './day-axis.ts';
import styles from './day-grid.module.css';
import type { Ghost } from './ghosts.ts';
import type { GridColumn, PlacedBlock } from './grid-model.ts';
import { useWords } from './words.ts';

export type ColumnPart = {
  column: GridColumn;
  axis: DayAxis;
  zone: string;
  fromMin: number;
  toMin: number;
  quarterPx: number;
  nowUtc: string;
  unknown: boolean;
  ghosts: readonly Ghost[];
  /** The empty quarter hour that the keyboard stands on. */
  cursorMinute: number | null;
  selectedId: string | null;
  focusRef: (element: HTMLButtonElement | null) => void;
  onPick: (minute: number) => void;
  onNew: (minute: number) => void;
  onOpen: (placed: PlacedBlock) => void;
  onDrop: (minute: number) => void;
  onDragBlock: (placed: PlacedBlock, event: DragEvent) => void;
  onResize: (placed: PlacedBlock, clientY: number) => void;
};

/** One column: what is closed and why, bookings, ghosts, and the keyboard's place. */
export function GridColumnView(part: ColumnPart) {
  const { column, axis, zone, fromMin, toMin, quarterPx } = part;
  const px = (minutes: number): number => (minutes / STEP_MIN) * quarterPx;
  const minuteAt = (event: MouseEvent | DragEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return fromMin + Math.max(0, Math.floor((event.clientY - box.top) / quarterPx)) * STEP_MIN;
  };
  return (
    <div
      className={styles.column}
      role="group"
      aria-label={column.name}
      style={{ height: px(toMin - fromMin) }}
      onClick={(event) => event.target === event.currentTarget && part.onNew(minuteAt(event))}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => part.onDrop(minuteAt(event))}
    >
      <ClosedSpans part={part} px={px} />
      {axis.missing(column.day).map((rows) => (
        <div
          key={rows.fromMin}
          className={styles.missing}
          style={{ top: px(rows.fromMin - fromMin), height: px(rows.toMin - rows.fromMin) }}
        />
      ))}
      {part.ghosts
        .filter((ghost) => ghost.fromUtc < column.toUtc && ghost.toUtc > column.fromUtc)
        .filter((ghost) => ghost.resourceIds.includes(column.resourceId))
        .map((ghost) => (
          <GhostView key={`${ghost.tone} ${ghost.fromUtc}`} part={part} ghost={ghost} px={px} />
        ))}
      {column.blocks.map((placed) => {
        const { id } = placed.block.appointment;
        const selected = part.selectedId === id && part.cursorMinute === placed.fromMin;
        return (
          <AppointmentBlock
            key={id}
            placed={placed}
            top={px(placed.fromMin - fromMin)}
            height={px(placed.toMin - placed.fromMin)}
            nowUtc={part.nowUtc}
            zone={zone}
            selected={part.selectedId === id}
            tabStop={selected}
            unknown={part.unknown}
            onSelect={() => part.onPick(placed.fromMin)}
            onOpen={() => part.onOpen(placed)}
            onDragStart={(event) => part.onDragBlock(placed, event)}
            onResizeStart={(clientY) => part.onResize(placed, clientY)}
            ref={selected ? part.focusRef : null}
          />
        );
      })}
      {part.cursorMinute !== null && part.selectedId === null && (
        <EmptyTime part={part} minute={part.cursorMinute} top={px(part.cursorMinute - fromMin)} />
      )}
    </div>
  );
}

function GhostView({ part, ghost, px }: { part: ColumnPart; ghost: Ghost; px: (minutes: number) => number }) {
  const { axis, zone, column } = part;
  const from = axis.minuteOf(column.day, ghost.fromUtc);
  const to = axis.minuteOf(column.day, ghost.toUtc);
  return (
    <div
      className={styles.ghost}
      data-tone={ghost.tone}
      style={{ top: px(from - part.fromMin), height: px(to - from) - 1 }}
    >
      <b>{ghost.words}</b>
      <span>
        {clockWords(ghost.fromUtc, zone)}–{clockWords(ghost.toUtc, zone)}
      </span>
    </div>
  );
}

function EmptyTime({ part, minute, top }: { part: ColumnPart; minute: number; top: number }) {
  const { say } = useWords('scheduling');
  const atUtc = part.axis.instantAt(part.column.day, minute);
  const clock = atUtc ? clockWords(atUtc, part.zone) : part.axis.wallAt(minute).clock;
  return (
    <button
      ref={part.focusRef}
      type="button"
      className={styles.cursor}
      style={{ top, height: part.quarterPx }}
      aria-label={say('emptyTime', { clock, name: part.column.name })}
      onClick={() => part.onNew(minute)}
    >
      {clock}
    </button>
  );
}

function ClosedSpans({ part, px }: { part: ColumnPart; px: (minutes: number) => number }) {
  const { say } = useWords('scheduling');
  const { column, axis, zone } = part;
  return column.closed.map((span) => {
    const from = Math.max(part.fromMin, axis.minuteOf(column.day, span.fromUtc));
    const to = Math.min(part.toMin, axis.minuteOf(column.day, span.toUtc));
    if (to <= from) return null;
    const words = closedWords(span, column, say, (atUtc) => clockWords(atUtc, zone));
    return (
      <div
        key={span.fromUtc}
        className={styles.closed}
        title={words}
        style={{ top: px(from - part.fromMin), height: px(to - from) }}
      >
        {words}
      </div>
    );
  });
}

function closedWords(
  { fromUtc, toUtc, why }: ClosedSpan,
  day: Span,
  say: (key: string, values: Record<string, string>) => string,
  clock: (atUtc: string) => string,
): string {
  if (why.code === 'elsewhere')
    return say('closed.elsewhere', { location: why.locationName, until: clock(why.untilUtc) });
  if ('reason' in why) return why.reason;
  if (toUtc >= day.toUtc) return say('closed.from', { clock: clock(fromUtc) });
  if (fromUtc <= day.fromUtc) return say('closed.until', { clock: clock(toUtc) });
  return say(`closed.${why.code}`, { from: clock(fromUtc), until: clock(toUtc) });
}
