import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { ImagePoint } from '../../shared/imaging/length.ts';
import type { StackState, StackView } from './stack-view.ts';

export type ViewerTool = 'window' | 'zoom' | 'pan' | 'scroll' | 'length';
export type DraftLine = { from: ImagePoint; to: ImagePoint };

type Parts = {
  view: StackView | null;
  state: StackState | null;
  tool: ViewerTool;
  scrollBy: (slices: number) => void;
  scrollTo: (end: 'first' | 'last') => void;
  nextSeries: (step: 1 | -1) => void;
  onMeasured: (line: DraftLine) => void;
};

/** Fewer pixels on the screen than this are a click, not a line. */
const MIN_LINE_PX = 3;
const SCROLL_PX = 12;
const arrows: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What hands do on a picture: drags by button and tool, the wheel, and keys, the crosshair of the length tool among them. */
export function useTileInput(parts: Parts) {
  const { view, state, tool } = parts;
  const drag = useRef<{ tool: ViewerTool; x: number; y: number; restPx: number } | null>(null);
  const [draft, setDraft] = useState<DraftLine | null>(null);
  const [cursor, setCursor] = useState<ImagePoint | null>(null);
  const wheelPx = useRef(0);
  const canMeasure = view !== null && state?.imageId != null;
  const cancel = (): void => {
    setDraft(null);
    setCursor(null);
  };
  const isOnImage = ({ x, y }: ImagePoint): boolean =>
    x >= 0 && y >= 0 && x <= (state?.columns ?? 0) && y <= (state?.rows ?? 0);

  const pointAt = (event: PointerEvent<HTMLElement>): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return {
      x: event.clientX - box.left - event.currentTarget.clientLeft,
      y: event.clientY - box.top - event.currentTarget.clientTop,
    };
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.currentTarget.focus();
    if ((event.target as HTMLElement).closest('a,button')) return;
    const point = pointAt(event);
    const used: ViewerTool = event.button === 2 ? 'zoom' : event.button === 1 ? 'pan' : tool;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { tool: used, ...point, restPx: 0 };
    if (used !== 'length' || !canMeasure) return;
    const from = view.toImage(point);
    setCursor(null);
    setDraft(isOnImage(from) ? { from, to: from } : null);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const from = drag.current;
    if (!from || !view) return;
    const point = pointAt(event);
    const [dx, dy] = [point.x - from.x, point.y - from.y];
    drag.current = { ...from, ...point };
    if (from.tool === 'window') view.dragWindow(dx, dy);
    else if (from.tool === 'zoom') view.zoomBy(1.01 ** -dy);
    else if (from.tool === 'pan') view.panBy(dx, dy);
    else if (from.tool === 'length') setDraft((line) => line && { ...line, to: view.toImage(point) });
    else {
      const restPx = from.restPx + dy;
      const slices = Math.trunc(restPx / SCROLL_PX);
      drag.current.restPx = restPx - slices * SCROLL_PX;
      if (slices !== 0) parts.scrollBy(slices);
    }
  };
  const finish = (line: DraftLine): void => {
    setDraft(null);
    if (!view) return;
    const [a, b] = [view.toCanvas(line.from), view.toCanvas(line.to)];
    if (Math.hypot(b.x - a.x, b.y - a.y) >= MIN_LINE_PX) parts.onMeasured(line);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const wasMeasuring = drag.current?.tool === 'length';
    drag.current = null;
    if (wasMeasuring && draft && view) finish({ from: draft.from, to: view.toImage(pointAt(event)) });
  };
  const onWheel = (event: { deltaY: number; ctrlKey: boolean }): void => {
    if (event.ctrlKey) return view?.zoomBy(event.deltaY > 0 ? 1 / 1.15 : 1.15);
    wheelPx.current += event.deltaY;
    const slices = Math.trunc(wheelPx.current / 40);
    wheelPx.current -= slices * 40;
    if (slices !== 0) parts.scrollBy(Math.sign(slices) * Math.min(5, Math.abs(slices)));
  };

  const moveCursor = ([dx, dy]: readonly [number, number], step: number): void => {
    const start = cursor ?? draft?.to ?? { x: (state?.columns ?? 0) / 2, y: (state?.rows ?? 0) / 2 };
    const next = {
      x: Math.min(state?.columns ?? 0, Math.max(0, start.x + dx * step)),
      y: Math.min(state?.rows ?? 0, Math.max(0, start.y + dy * step)),
    };
    setCursor(next);
    setDraft((line) => line && { ...line, to: next });
  };
  const setPoint = (): void => {
    if (!cursor) return moveCursor([0, 0], 0);
    if (!draft) return setDraft({ from: cursor, to: cursor });
    finish({ from: draft.from, to: cursor });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.target !== event.currentTarget) return;
    const arrow = arrows[event.key];
    const isCrosshair = tool === 'length' && canMeasure && !event.altKey;
    if (arrow && isCrosshair) moveCursor(arrow, event.shiftKey ? 10 : 1);
    else if (event.key === 'Enter' && isCrosshair) setPoint();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') parts.scrollBy(event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Home' || event.key === 'End') parts.scrollTo(event.key === 'Home' ? 'first' : 'last');
    else if (event.key === 'PageUp' || event.key === 'PageDown') parts.nextSeries(event.key === 'PageDown' ? 1 : -1);
    else if (event.key === ' ') view?.reset();
    else if (event.key === 'Escape' && (cursor || draft)) cancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    draft,
    cursor,
    cancel,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp,
      onPointerCancel: cancel,
      onWheel,
      onKeyDown,
      onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
    },
  };
}
