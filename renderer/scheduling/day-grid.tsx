import type { DragEvent, KeyboardEvent } from 'react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { localTime } from '../../shared/kernel/time.ts';
import { clockWords, zoneName } from '../../shared/kernel/clock-words.ts';
import type { DayAxis } from './day-axis.ts';
import { STEP_MIN } from './day-axis.ts';
import styles from './day-grid.module.css';
import { dayWords } from './day-words.ts';
import type { Cursor, GridColumn, PlacedBlock } from './grid-model.ts';
import { blockAt } from './grid-model.ts';
import type { Ghost } from './ghosts.ts';
import { GridColumnView } from './grid-column.tsx';
import { useWords } from './words.ts';

const GUTTER_PX = 48;

export type DayGridPart = {
  columns: readonly GridColumn[];
  days: readonly string[];
  axis: DayAxis;
  hours: { fromMin: number; toMin: number };
  zone: string;
  nowUtc: string;
  quarterPx: number;
  unknown: boolean;
  cursor: Cursor | null;
  /** Whether the keyboard's place takes the focus when it changes. */
  takesFocus: boolean;
  ghosts: readonly Ghost[];
  onKeyDown: (event: KeyboardEvent) => void;
  onCursor: (cursor: Cursor) => void;
  onNew: (cursor: Cursor) => void;
  onOpen: (placed: PlacedBlock) => void;
  onDrop: (cursor: Cursor) => void;
  onDragBlock: (placed: PlacedBlock) => void;
  onResized: (placed: PlacedBlock, toUtc: string) => void;
};

/** The day: hours down, people, rooms or devices across; one tab stop, moved by the arrows. */
export function DayGrid(part: DayGridPart) {
  const { say, locale } = useWords('scheduling');
  const { columns, axis, hours, quarterPx, cursor } = part;
  const scroll = useRef<HTMLDivElement>(null);
  const focused = useRef<HTMLButtonElement | null>(null);
  const px = (minute: number): number => ((minute - hours.fromMin) / STEP_MIN) * quarterPx;
  const today = localTime(part.nowUtc, part.zone).day;
  const nowTop = part.days.includes(today) ? px(axis.minuteOf(today, part.nowUtc)) : -1;
  const template = `${GUTTER_PX}px repeat(${columns.length}, minmax(${part.days.length > 1 ? 84 : 120}px, 1fr))`;
  const selected = blockAt(columns, cursor)?.block.appointment.id ?? null;
  const where = `${cursor?.column} ${cursor?.minute} ${selected}`;
  useEffect(() => {
    if (!part.takesFocus || !focused.current) return;
    focused.current.focus({ preventScroll: true });
    focused.current.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [where, part.takesFocus]);
  const hasColumns = columns.length > 0;
  const showNow = useEffectEvent(() => {
    // The present hour stands a little below the top on opening.
    if (scroll.current) scroll.current.scrollTop = Math.max(0, nowTop - 280);
  });
  useEffect(() => showNow(), [hasColumns]);

  const startResize = (column: GridColumn, placed: PlacedBlock, startY: number): void => {
    const up = (event: PointerEvent): void => {
      window.removeEventListener('pointerup', up);
      const steps = Math.round((event.clientY - startY) / quarterPx);
      const toMin = Math.max(placed.fromMin + STEP_MIN, placed.toMin + steps * STEP_MIN);
      const toUtc = axis.instantAt(column.day, toMin);
      if (steps !== 0 && toUtc) part.onResized(placed, toUtc);
    };
    window.addEventListener('pointerup', up);
  };

  return (
    <div
      className={styles.scroll}
      ref={scroll}
      onKeyDown={part.onKeyDown}
      role="group"
      aria-label={say('grid')}
      data-testid="day-grid"
    >
      <div className={styles.head} style={{ gridTemplateColumns: template }}>
        <div />
        {columns.map((column) => (
          <div key={column.key} className={styles.headCell}>
            <b>{column.name}</b>
            <span>
              {part.days.length > 1
                ? dayWords(column.day, locale, 'short')
                : column.detail || say(`kind.${column.resourceKind}`)}
            </span>
          </div>
        ))}
      </div>
      <div className={styles.body} style={{ gridTemplateColumns: template }}>
        <div className={styles.gutter}>
          {axis.hours
            .filter(({ minute }) => minute >= hours.fromMin && minute < hours.toMin)
            .map(({ minute, clock, atUtc }) => (
              <span key={minute} className={styles.hour} style={{ top: px(minute) }}>
                {clock}
                {atUtc && <small>{zoneName(atUtc, part.zone)}</small>}
              </span>
            ))}
        </div>
        {columns.map((column, at) => (
          <GridColumnView
            key={column.key}
            column={column}
            axis={axis}
            zone={part.zone}
            {...hours}
            quarterPx={quarterPx}
            nowUtc={part.nowUtc}
            unknown={part.unknown}
            ghosts={part.ghosts}
            cursorMinute={cursor?.column === at ? cursor.minute : null}
            selectedId={cursor?.column === at || selected ? selected : null}
            focusRef={(element) => {
              focused.current = element;
            }}
            onPick={(minute) => part.onCursor({ column: at, minute })}
            onNew={(minute) => part.onNew({ column: at, minute })}
            onOpen={part.onOpen}
            onDrop={(minute) => part.onDrop({ column: at, minute })}
            onDragBlock={(placed, event: DragEvent) => {
              event.dataTransfer.setData('text/plain', '');
              part.onDragBlock(placed);
            }}
            onResize={(placed, clientY) => startResize(column, placed, clientY)}
          />
        ))}
        {nowTop >= 0 && (
          <div className={styles.now} style={{ top: nowTop }}>
            <span className={styles.nowWord}>{clockWords(part.nowUtc, part.zone)}</span>
          </div>
        )}
      </div>
    </div>
  );
}
