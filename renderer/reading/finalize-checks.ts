import type { StudyView } from '../../shared/imaging/views.ts';
import { msOf } from '../../shared/kernel/time.ts';
import { type ReportText, saysNothing } from './report-text.ts';

/** One line above the finalize button: `missing` stops it, `look` is said and does not. */
export type CheckLine = {
  id:
    | 'identity'
    | 'identityByHand'
    | 'identityReleased'
    | 'noOrder'
    | 'images'
    | 'imagesMissing'
    | 'imagesArriving'
    | 'notDrawn'
    | 'notHeld'
    | 'nothingSaid';
  tone: 'ok' | 'look' | 'missing';
  params: Record<string, number>;
};

const ARRIVING_MS = 3 * 60_000;
const line = (id: CheckLine['id'], tone: CheckLine['tone'], params: Record<string, number> = {}): CheckLine => ({
  id,
  tone,
  params,
});

/** What stands between this report and its signature, as far as the station can know by itself. */
export function finalizeChecks(view: StudyView, text: ReportText, nowUtc: string): CheckLine[] {
  const { study, order } = view;
  if (!study) return [];
  const identity = !order
    ? line('noOrder', 'look')
    : study.marks.includes('released-by-hand') || study.differs.length > 0
      ? line('identityReleased', 'look')
      : study.marks.includes('linked-by-hand')
        ? line('identityByHand', 'look')
        : line('identity', 'ok');
  const missing = view.series.reduce((sum, one) => sum + (one.missingNumbers?.length ?? 0), 0);
  const isArriving = view.lastReceivedAtUtc !== null && msOf(nowUtc) - msOf(view.lastReceivedAtUtc) < ARRIVING_MS;
  const count = view.objectCount;
  const images =
    missing > 0
      ? line('imagesMissing', 'look', { here: count, expected: count + missing, count: missing })
      : isArriving
        ? line('imagesArriving', 'look', { count })
        : line('images', 'ok', { count });
  const notDrawn = view.series.flatMap((one) => one.instances).filter((one) => !one.verdict.drawable).length;
  return [
    identity,
    images,
    ...(notDrawn > 0 ? [line('notDrawn', 'look', { count: notDrawn })] : []),
    ...(view.held === 'held' ? [] : [line('notHeld', 'look')]),
    ...(saysNothing(text) ? [line('nothingSaid', 'missing')] : []),
  ];
}
