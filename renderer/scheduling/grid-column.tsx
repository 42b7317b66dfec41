import type { DragEvent, MouseEvent } from 'react';
import { clockMinutes } from '../../shared/kernel/time.ts';
import { AppointmentBlock } from './appointment-block.tsx';
import styles from './day-grid.module.css';
import type { GridColumn, PlacedBlock } from './grid-model.ts';
import { clockOf, STEP_MIN } from './grid-model.ts';
import { useWords } from './words.ts';

/** A time that is only thought of: the draft of the form, a free time on offer, where a block would go. */
export type Ghost = {
  resourceIds: readonly string[];
  day: string;
  fromMin: number;
  toMin: number;
  tone: 'draft' | 'refused' | 'free' | 'moving';
  words: string;
};

export type ColumnPart = {
  column: GridColumn;
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
  const { column, fromMin, toMin, quarterPx } = part;
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
      {part.ghosts
        .filter((ghost) => ghost.day === column.day && ghost.resourceIds.includes(column.resourceId))
        .map((ghost) => (
          <div
            key={`${ghost.tone} ${ghost.fromMin}`}
            className={styles.ghost}
            data-tone={ghost.tone}
            style={{ top: px(ghost.fromMin - fromMin), height: px(ghost.toMin - ghost.fromMin) - 1 }}
          >
            <b>{ghost.words}</b>
            <span>
              {clockOf(ghost.fromMin)}–{clockOf(ghost.toMin)}
            </span>
          </div>
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

function EmptyTime({ part, minute, top }: { part: ColumnPart; minute: number; top: number }) {
  const { say } = useWords('scheduling');
  return (
    <button
      ref={part.focusRef}
      type="button"
      className={styles.cursor}
      style={{ top, height: part.quarterPx }}
      aria-label={say('emptyTime', { clock: clockOf(minute), name: part.column.name })}
      onClick={() => part.onNew(minute)}
    >
      {clockOf(minute)}
    </button>
  );
}

function ClosedSpans({ part, px }: { part: ColumnPart; px: (minutes: number) => number }) {
  const { say } = useWords('scheduling');
  return part.column.closed.map((span) => {
    const from = Math.max(part.fromMin, clockMinutes(span.from));
    const to = Math.min(part.toMin, clockMinutes(span.to));
    if (to <= from) return null;
    const words =
      span.why.code === 'elsewhere'
        ? say('closed.elsewhere', { location: span.why.locationName, until: span.why.until })
        : 'reason' in span.why
          ? span.why.reason
          : span.to === '24:00'
            ? say('closed.from', { clock: span.from })
            : span.from === '00:00'
              ? say('closed.until', { clock: span.to })
              : say(`closed.${span.why.code}`, { from: span.from, until: span.to });
    return (
      <div
        key={span.from}
        className={styles.closed}
        title={words}
        style={{ top: px(from - part.fromMin), height: px(to - from) }}
      >
        {words}
      </div>
    );
  });
}
