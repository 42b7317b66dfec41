/** Which rows of a long list are drawn: those in sight and a few around them, so that a quick scroll shows no gap. */
export function rowsInSight(list: {
  topPx: number;
  heightPx: number;
  rowHeightPx: number;
  count: number;
  aroundRows?: number;
}): { from: number; to: number } {
  const around = list.aroundRows ?? 8;
  const first = Math.floor(list.topPx / list.rowHeightPx);
  const last = Math.ceil((list.topPx + list.heightPx) / list.rowHeightPx);
  return { from: Math.max(0, Math.min(first - around, list.count)), to: Math.min(list.count, last + around) };
}
