import type { KeyboardEvent } from 'react';
import type { BlockDeed } from './block-panel.tsx';
import type { BookingDraft } from './booking-draft.ts';
import { withResource } from './booking-draft.ts';
import { useCarried } from './carried-store.ts';
import type { DayAxis } from './day-axis.ts';
import { STEP_MIN } from './day-axis.ts';
import type { Cursor, GridColumn, PlacedBlock } from './grid-model.ts';
import { blockAt, moveCursor } from './grid-model.ts';

const deedOf: Record<string, BlockDeed> = {
  KeyA: 'arrive',
  KeyW: 'waiting',
  KeyR: 'in_room',
  KeyN: 'noShow',
  KeyC: 'cancel',
  KeyM: 'move',
};

export type GridKeysPart = {
  columns: readonly GridColumn[];
  axis: DayAxis;
  hours: { fromMin: number; toMin: number };
  cursor: Cursor | null;
  onCursor: (cursor: Cursor) => void;
  onNew: (cursor: Cursor, typed: string) => void;
  onOpen: (placed: PlacedBlock) => void;
  onDeed: (deed: BlockDeed, placed: PlacedBlock) => void;
  onUndo: () => void;
  onMoved: (draft: BookingDraft) => void;
};

/**
 * The keys of the grid. Arrows go through time and columns; on a booking a letter does its deed, on an empty time it begins a
 * name. After M the arrows carry the booking, Shift with them its length; Enter puts it down, Esc leaves it where it was.
 */
export function useGridKeys(part: GridKeysPart) {
  const { moving, carry: setMoving } = useCarried();
  const { columns, axis, cursor } = part;

  const carry = (event: KeyboardEvent, draft: BookingDraft): void => {
    const step = event.key === 'ArrowDown' ? STEP_MIN : event.key === 'ArrowUp' ? -STEP_MIN : 0;
    if (event.shiftKey && step !== 0)
      setMoving({ ...draft, durationMin: Math.max(STEP_MIN, draft.durationMin + step) });
    else if (step !== 0) {
      const from = axis.minuteAt(draft) ?? cursor?.minute ?? axis.fromMin;
      const minute = Math.min(axis.toMin - STEP_MIN, Math.max(axis.fromMin, from + step));
      setMoving({ ...draft, ...axis.wallAt(minute) });
      if (cursor) part.onCursor({ ...cursor, minute });
    } else if (cursor) {
      const column = Math.min(columns.length - 1, Math.max(0, cursor.column + (event.key === 'ArrowRight' ? 1 : -1)));
      const to = columns[column];
      if (!to) return;
      setMoving({ ...withResource(draft, to.resourceKind, to.resourceId), day: to.day });
      part.onCursor({ ...cursor, column });
    }
  };

  const onMoving = (event: KeyboardEvent, draft: BookingDraft): boolean => {
    if (event.key === 'Escape') setMoving(null);
    else if (event.key === 'Enter') {
      setMoving(null);
      part.onMoved(draft);
    } else if (event.key.startsWith('Arrow') && !event.altKey) carry(event, draft);
    else return false;
    return true;
  };

  const onIdle = (event: KeyboardEvent, at: Cursor): boolean => {
    const placed = blockAt(columns, at);
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    const deed = placed && plain && !event.shiftKey ? deedOf[event.code] : undefined;
    if (event.key.startsWith('Arrow') && plain) part.onCursor(moveCursor(columns, at, event.key, part.hours));
    else if (event.key === 'Home' && plain) part.onCursor({ ...at, minute: part.hours.fromMin });
    else if (event.key === 'Backspace' && plain) part.onUndo();
    else if (event.key === 'Enter' && plain) {
      if (placed) part.onOpen(placed);
      else part.onNew(at, '');
    } else if (deed && placed) part.onDeed(deed, placed);
    else if (!placed && plain && /^[\p{L}\p{N}]$/u.test(event.key)) part.onNew(at, event.key);
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!cursor || event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (moving ? onMoving(event, moving) : onIdle(event, cursor)) event.preventDefault();
  };
  return { onKeyDown, moving, startMoving: setMoving };
}
