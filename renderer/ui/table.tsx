import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './table.module.css';
import { rowsInSight } from './rows-in-sight.ts';

export type Column<R> = {
  key: string;
  head: string;
  /** A CSS grid track: `120px`, `1fr`. */
  width: string;
  align?: 'start' | 'end';
  cell: (row: R) => ReactNode;
};

/**
 * Rows in columns, one height for all, drawn only where they can be seen: 50,000 rows cost as much as 30. ↑ ↓ Home End and the page
 * keys move the selection, Enter opens. The scroll position stays when rows change.
 */
export function Table<R>({
  label,
  columns,
  rows,
  rowKey,
  rowHeightPx = 36,
  selectedKey,
  onSelect,
  onOpen,
  statusOf,
  empty,
}: {
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey: (row: R) => string;
  rowHeightPx?: number;
  selectedKey?: string | null;
  onSelect?: (row: R) => void;
  onOpen?: (row: R) => void;
  statusOf?: (row: R) => string | undefined;
  empty?: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ topPx: 0, heightPx: 600 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = (): void => setSight({ topPx: element.scrollTop, heightPx: element.clientHeight });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  const template = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  const { from, to } = rowsInSight({ ...sight, rowHeightPx, count: rows.length });
  const selectedAt = rows.findIndex((row) => rowKey(row) === selectedKey);

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(sight.heightPx / rowHeightPx) - 1);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const step = steps[event.key] ?? (event.key === 'Home' ? -rows.length : event.key === 'End' ? rows.length : 0);
    if (event.key === 'Enter' && rows[selectedAt]) onOpen?.(rows[selectedAt]);
    const row = rows[Math.min(rows.length - 1, Math.max(0, selectedAt + step))];
    if (step === 0 || !row) return;
    event.preventDefault();
    onSelect?.(row);
    const at = rows.indexOf(row);
    const element = box.current;
    if (!element) return;
    const topPx = at * rowHeightPx;
    if (topPx < element.scrollTop) element.scrollTop = topPx;
    const bottomPx = topPx + rowHeightPx + 27;
    if (bottomPx > element.scrollTop + element.clientHeight) element.scrollTop = bottomPx - element.clientHeight;
  };

  return (
    <div
      className={styles.box}
      ref={box}
      tabIndex={0}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={selectedAt >= from && selectedAt < to ? `row-${selectedKey}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className={styles.head} role="row" aria-rowindex={1} style={template}>
        {columns.map((column) => (
          <div key={column.key} role="columnheader" data-align={column.align}>
            {column.head}
          </div>
        ))}
      </div>
      {rows.length === 0 && empty}
      <div role="rowgroup" style={{ height: rows.length * rowHeightPx, position: 'relative' }}>
        {rows.slice(from, to).map((row, offset) => {
          const key = rowKey(row);
          return (
            <div
              key={key}
              id={`row-${key}`}
              role="row"
              aria-rowindex={from + offset + 2}
              aria-selected={key === selectedKey}
              data-status={statusOf?.(row)}
              className={classNames(styles.row, onSelect && styles.choosable)}
              style={{ ...template, height: rowHeightPx, top: (from + offset) * rowHeightPx }}
              onClick={() => onSelect?.(row)}
              onDoubleClick={() => onOpen?.(row)}
            >
              {columns.map((column) => (
                <div key={column.key} role="gridcell" className={styles.cell} data-align={column.align}>
                  {column.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
