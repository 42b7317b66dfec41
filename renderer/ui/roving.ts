/** Where an arrow, Home or End key leads in a row of `count` items; undefined for other keys. Wraps around at both ends. */
export function nextInRow(key: string, at: number, count: number, isRightToLeft: boolean): number | undefined {
  if (count === 0) return undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const forward = isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const back = isRightToLeft ? 'ArrowRight' : 'ArrowLeft';
  if (key === forward || key === 'ArrowDown') return (at + 1) % count;
  if (key === back || key === 'ArrowUp') return (Math.max(at, 0) - 1 + count) % count;
  return undefined;
}
