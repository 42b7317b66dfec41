/** The views of this area, by name (see `shared/kernel/view.ts`). */
import { lastTimeView } from './last-time-view.ts';
import { visitView } from './visit-view.ts';

export const chartingViews = { 'charting/visit': visitView, 'charting/last-time': lastTimeView } as const;
