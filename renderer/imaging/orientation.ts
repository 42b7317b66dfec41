export type EdgeLetters = { left: string; right: string; top: string; bottom: string };

const axes = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
] as const;

/** Letters of a direction in the patient's coordinates (LPS, PS3.3 C.7.6.1.1.1), the strongest first; at most two. */
function lettersOf(direction: readonly number[]): string {
  return axes
    .map(([plus, minus], axis) => ({
      letter: (direction[axis] ?? 0) > 0 ? plus : minus,
      size: Math.abs(direction[axis] ?? 0),
    }))
    .filter(({ size }) => size > 0.3)
    .toSorted((a, b) => b.size - a.size)
    .slice(0, 2)
    .map(({ letter }) => letter)
    .join('');
}

/** Which side of the patient is at which edge, from Image Orientation (Patient); undefined where the image does not say. */
export function edgeLetters(imageOrientation: readonly number[]): EdgeLetters | undefined {
  if (imageOrientation.length !== 6 || imageOrientation.some((one) => !Number.isFinite(one))) return undefined;
  const right = imageOrientation.slice(0, 3);
  const bottom = imageOrientation.slice(3, 6);
  const minus = (direction: number[]): number[] => direction.map((one) => -one);
  const letters = {
    right: lettersOf(right),
    left: lettersOf(minus(right)),
    bottom: lettersOf(bottom),
    top: lettersOf(minus(bottom)),
  };
  return letters.right && letters.bottom ? letters : undefined;
}

/** Millimetres along the normal of the slice: the "location" that scrolling changes; undefined without a position. */
export function sliceLocationMm(position: readonly number[], orientation: readonly number[]): number | undefined {
  if (position.length !== 3 || orientation.length !== 6) return undefined;
  const [rx = 0, ry = 0, rz = 0, cx = 0, cy = 0, cz = 0] = orientation;
  const normal = [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx];
  return normal.reduce((sum, one, axis) => sum + one * (position[axis] ?? 0), 0);
}
