import { vitalFields } from '../../shared/charting/rules.ts';
import type { PreviousVitals, VisitChart } from '../../shared/charting/visit-chart.ts';

/** What stands above the row: what was saved in this visit already, then the visits before, newest first. */
export function previousForRow(chart: Pick<VisitChart, 'vitals' | 'previousVitals'>): PreviousVitals {
  const saved = chart.vitals.map((one) => one.doc).toReversed();
  const result: PreviousVitals = {};
  for (const field of vitalFields) {
    const own = saved.flatMap((doc) => {
      const value = doc[field];
      return value === undefined ? [] : [{ value, atUtc: doc.atUtc }];
    });
    const all = [...own, ...(chart.previousVitals[field] ?? [])];
    if (all.length > 0) result[field] = all.slice(0, 5);
  }
  return result;
}
