import type { ShownSeries } from '../../shared/imaging/series.ts';
import { slicesOf } from '../imaging/slices.ts';
import type { ViewerLayout } from './viewer-toolbar.tsx';

/** What stands in one viewport. */
export type Placed = { studyId: string; seriesInstanceUid: string; index: number };
export type ViewerState = { layout: ViewerLayout; active: number; placed: readonly (Placed | null)[] };

export const tileCount: Record<ViewerLayout, number> = { '1x1': 1, '1x2': 2, '2x2': 4 };

export type ViewerAction =
  | { do: 'open'; studyId: string; series: readonly ShownSeries[] }
  | { do: 'layout'; layout: ViewerLayout; series: readonly ShownSeries[]; studyId: string }
  | { do: 'activate'; tile: number }
  | { do: 'place'; tile: number; placed: Placed }
  | { do: 'index'; tile: number; index: number };

/** The slice to begin with: the middle of a stack of sections, the first of what is a film or a few pictures. */
function firstIndex(series: ShownSeries): number {
  const slices = slicesOf(series);
  return slices.length > 8 && slices[0]?.frames === 1 ? Math.floor(slices.length / 2) : 0;
}

export const placeSeries = (studyId: string, series: ShownSeries | undefined): Placed | null =>
  series ? { studyId, seriesInstanceUid: series.seriesInstanceUid, index: firstIndex(series) } : null;

/** Series that have pictures come before documents. */
export const byPictures = (series: readonly ShownSeries[]): ShownSeries[] =>
  series.toSorted((a, b) => Number(hasPicture(b)) - Number(hasPicture(a)));
const hasPicture = (series: ShownSeries): boolean => series.instances.some((one) => one.verdict.drawable);

/** Modality defaults: ultrasound with several series as a grid, all else alone (reference/viewer-ui.md C3). */
function layoutFor(series: readonly ShownSeries[]): ViewerLayout {
  const drawn = series.filter(hasPicture);
  return drawn.length > 2 && drawn.every((one) => one.modality === 'US') ? '2x2' : '1x1';
}

export const noViewer: ViewerState = { layout: '1x1', active: 0, placed: [null] };

export function viewerReducer(state: ViewerState, action: ViewerAction): ViewerState {
  if (action.do === 'open') {
    const layout = layoutFor(action.series);
    const ordered = byPictures(action.series);
    const placed = Array.from({ length: tileCount[layout] }, (_, at) => placeSeries(action.studyId, ordered[at]));
    return { layout, active: 0, placed };
  }
  if (action.do === 'layout') {
    const count = tileCount[action.layout];
    const kept = state.placed.filter((one) => one !== null);
    const rest = byPictures(action.series).filter(
      (one) => !kept.some((placed) => placed.seriesInstanceUid === one.seriesInstanceUid),
    );
    const placed = Array.from(
      { length: count },
      (_, at) => kept[at] ?? placeSeries(action.studyId, rest[at - kept.length]),
    );
    return { layout: action.layout, active: Math.min(state.active, count - 1), placed };
  }
  if (action.do === 'activate') return state.active === action.tile ? state : { ...state, active: action.tile };
  const placed = state.placed.map((one, at) => {
    if (at !== action.tile) return one;
    return action.do === 'place' ? action.placed : one && { ...one, index: action.index };
  });
  return { ...state, placed };
}
