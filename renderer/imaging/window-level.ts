/** Window width and level (centre) as a reader says them; the picture's range is lower..upper with W = upper − lower + 1. */
export type WindowLevel = { width: number; level: number };

export type PresetId = 'auto' | 'file' | 'soft' | 'lung' | 'bone' | 'brain' | 'mediastinum';
export const presets: readonly { key: string; id: PresetId; window: WindowLevel | null }[] = [
  { key: '0', id: 'auto', window: null },
  { key: '1', id: 'file', window: null },
  { key: '2', id: 'soft', window: { width: 400, level: 40 } },
  { key: '3', id: 'lung', window: { width: 1500, level: -500 } },
  { key: '4', id: 'bone', window: { width: 2000, level: 350 } },
  { key: '5', id: 'brain', window: { width: 80, level: 38 } },
  { key: '6', id: 'mediastinum', window: { width: 400, level: 80 } },
];

/** Values are whole numbers: a window of width 1 parts them here, and the graphics card wants a range that is not empty. */
const NARROWEST = 1 / 16;

/** The range of values that a window spreads over black to white (PS3.3 C.11.2.1.2.1); never empty. */
export function rangeOf({ width, level }: WindowLevel): { lower: number; upper: number } {
  const lower = level - 0.5 - (width - 1) / 2;
  return { lower, upper: lower + Math.max(NARROWEST, width - 1) };
}

export function windowOf({ lower, upper }: { lower: number; upper: number }): WindowLevel {
  return { width: upper - lower + 1, level: (lower + upper + 1) / 2 };
}

/** A window after a drag: right is wider, down is darker; a step follows the width, so that CT and X-ray feel alike. */
export function draggedWindow({ width, level }: WindowLevel, dx: number, dy: number): WindowLevel {
  const step = Math.max(0.1, width / 400);
  return { width: Math.max(1, width + dx * step), level: level + dy * step };
}

/** The window that shows all values of a picture. */
export function fullWindow(min: number, max: number): WindowLevel {
  return windowOf({ lower: min, upper: Math.max(max, min) });
}
