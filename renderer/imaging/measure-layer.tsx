import type { ImagePoint } from '../../shared/imaging/length.ts';
import styles from './viewport-tile.module.css';

export type DrawnLine = { id: string; from: ImagePoint; to: ImagePoint; label: string; isChosen?: boolean };
type ToCanvas = (point: ImagePoint) => { x: number; y: number };

/** Lines and the keyboard's crosshair over a picture; placed anew with every change of what is painted. */
export function MeasureLayer({
  lines,
  cursor,
  toCanvas,
}: {
  lines: readonly DrawnLine[];
  cursor: ImagePoint | null;
  toCanvas: ToCanvas;
}) {
  const at = cursor && toCanvas(cursor);
  return (
    <svg className={styles.measures} aria-hidden="true">
      {lines.map((line) => (
        <Line key={line.id} line={line} toCanvas={toCanvas} />
      ))}
      {at && (
        <g className={styles.crosshair} data-crosshair="">
          <path d={`M${at.x - 14} ${at.y}H${at.x - 3}M${at.x + 3} ${at.y}H${at.x + 14}`} />
          <path d={`M${at.x} ${at.y - 14}V${at.y - 3}M${at.x} ${at.y + 3}V${at.y + 14}`} />
        </g>
      )}
    </svg>
  );
}

const END_PX = 6;

function Line({ line, toCanvas }: { line: DrawnLine; toCanvas: ToCanvas }) {
  const [a, b] = [toCanvas(line.from), toCanvas(line.to)];
  const size = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [nx, ny] = [(-(b.y - a.y) / size) * END_PX, ((b.x - a.x) / size) * END_PX];
  const end = (p: { x: number; y: number }): string => `M${p.x - nx} ${p.y - ny}L${p.x + nx} ${p.y + ny}`;
  const d = `M${a.x} ${a.y}L${b.x} ${b.y}${end(a)}${end(b)}`;
  const labelAt = { x: Math.max(a.x, b.x) + 10, y: (a.y + b.y) / 2 };
  const width = line.label.length * 7.2 + 12;
  return (
    <g data-measurement={line.id} data-chosen={line.isChosen || undefined} className={styles.line}>
      <path d={d} className={styles.halo} />
      <path d={d} />
      <rect x={labelAt.x - 6} y={labelAt.y - 10} width={width} height={20} rx={4} />
      <text x={labelAt.x} y={labelAt.y + 4}>
        {line.label}
      </text>
    </g>
  );
}
